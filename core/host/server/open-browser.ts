/** @file Opens an address in the person's browser: as a window of its own in Chrome or its kin, else in a tab. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A program and what it is called with. */
export type ProgramCall = readonly [program: string, ...args: string[]]

/** Whether a browser could be started. There is none to start on a machine without a screen. */
export async function openBrowser(url: string): Promise<boolean> {
  for (const call of commandsFor(process.platform, process.env, url)) {
    if (await startsWell(call)) return true
  }
  return false
}

/** What to try, best first. */
export function commandsFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, url: string): ProgramCall[] {
  if (platform === 'darwin') {
    return [
      ['open', '-n', '-a', 'Google Chrome', '--args', `--app=${url}`],
      ['open', url],
    ]
  }
  if (platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler', url]]
  if (env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) return []
  const chromes = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
  return [...chromes.map((program): ProgramCall => [program, `--app=${url}`]), ['xdg-open', url]]
}

// A browser goes on running; a program that is missing or refuses says so at once.
const settledMs = 1500

/** Whether a program runs, or has ended well. It goes on without this process. */
export async function startsWell([program, ...args]: ProgramCall): Promise<boolean> {
  const child = spawn(program, args, { detached: true, stdio: 'ignore' })
  child.unref()
  const failed = once(child, 'exit').then(
    ([code]) => code === 0,
    () => false,
  )
  const stillRuns = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), settledMs))
  return Promise.race([failed, stillRuns])
}
