/** @file Opens an address in the person's browser: as a window of its own in Chrome or its kin, else in a tab. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

type Command = readonly [program: string, ...args: string[]]

/** Whether a browser could be started. There is none to start on a machine without a screen. */
export async function openBrowser(url: string): Promise<boolean> {
  for (const [program, ...args] of commandsFor(process.platform, process.env, url)) {
    if (await starts(program, args)) return true
  }
  return false
}

/** What to try, best first. */
export function commandsFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, url: string): Command[] {
  if (platform === 'darwin') {
    return [
      ['open', '-n', '-a', 'Google Chrome', '--args', `--app=${url}`],
      ['open', url],
    ]
  }
  if (platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler', url]]
  if (env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) return []
  const chromes = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
  return [...chromes.map((program): Command => [program, `--app=${url}`]), ['xdg-open', url]]
}

// A browser goes on running; a program that is missing or refuses says so at once.
const settledMs = 1500

async function starts(program: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(program, args, { detached: true, stdio: 'ignore' })
  child.unref()
  const failed = once(child, 'exit').then(
    ([code]) => code === 0,
    () => false,
  )
  const stillRuns = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), settledMs))
  return Promise.race([failed, stillRuns])
}
