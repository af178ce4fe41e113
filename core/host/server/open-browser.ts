/** @file Opens the studio in the person's browser: as a window of its own in Chrome or a relative of it, else in a tab. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'

import { AppError } from '../../errors.ts'
import { log } from '../../studio/log.ts'
import { writeOpeningPage } from './opening-page.ts'

/** A program and what it is called with. */
export type ProgramCall = readonly [program: string, ...args: string[]]

/** Whether a browser could be started. None can be started on a machine without a screen. */
export async function openBrowser(url: string): Promise<boolean> {
  const path = await tryToWritePage(url)
  const calls = path === null ? [] : commandsFor(process.platform, process.env, pathToFileURL(path).href)
  for (const call of calls) {
    if (await startsWell(call)) return true
  }
  return false
}

/** A disk that takes no page is no reason not to serve. */
async function tryToWritePage(url: string): Promise<string | null> {
  try {
    return await writeOpeningPage(url)
  } catch (thrown) {
    log(`No page for the browser could be written: ${AppError.from(thrown).message}`)
    return null
  }
}

/** What to try, best first. Anyone on this machine may read these arguments: they must contain no secret. */
export function commandsFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, page: string): ProgramCall[] {
  if (platform === 'darwin') {
    return [
      ['open', '-n', '-a', 'Google Chrome', '--args', `--app=${page}`],
      ['open', page],
    ]
  }
  if (platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler', page]]
  if (env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) return []
  const chromes = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
  return [...chromes.map((program): ProgramCall => [program, `--app=${page}`]), ['xdg-open', page]]
}

// A browser keeps running; a program that is missing or refuses says so at once.
const settledMs = 1500

/** Whether a program runs, or has ended successfully. It continues without this process. */
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
