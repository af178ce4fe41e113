/**
 * @file The two shells behind one interface, so that one test file covers both: the studio served to a real browser,
 * and the desktop program if there is an Electron.
 */
import { readFileSync } from 'node:fs'

import type { Page } from 'playwright'

import { launchChromium } from './chromium.ts'
import { startDesktop, withoutElectron } from './electron.ts'
import {
  button,
  chooseInPicker,
  openWindow,
  startStudio,
  watchProblems,
  type StudioWindow,
} from './studio-window.ts'

/** A studio that runs in one of the shells. */
export interface ShellStudio {
  /** Where a test may put photos. */
  readonly home: string
  /** A window on the first screen; in a browser a new one, on the desktop the only one, reloaded. */
  readonly window: (viewport?: { width: number; height: number }) => Promise<Omit<StudioWindow, 'context'>>
  /** Chooses a folder after a click on `opener`, as a person does in this shell. */
  readonly chooseFolder: (page: Page, opener: string | RegExp, folder: string) => Promise<void>
  /** Kills the engine as the system does when memory runs out. */
  readonly killEngine: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A shell, for the title of its tests. */
export interface Shell {
  readonly title: string
  readonly isMissing: boolean
  /** Whether the system's own dialogs are used, which no test can inspect. */
  readonly isDesktop: boolean
  readonly start: () => Promise<ShellStudio>
}

/** Both shells; those that are missing here say why in their title. */
export async function shells(): Promise<Shell[]> {
  const browser = await launchChromium()
  const missing = withoutElectron()
  return [
    {
      title: browser === null ? 'in a browser (skipped: no Chromium)' : 'in a browser',
      isMissing: browser === null,
      isDesktop: false,
      start: async () => {
        const { home, address, process: server, close } = await startStudio()
        return {
          home,
          window: async (viewport) => {
            const opened = await openWindow(browser!, viewport)
            await opened.page.goto(await address())
            return opened
          },
          chooseFolder: chooseInPicker,
          killEngine: async () => childrenOf(server.pid).forEach((pid) => process.kill(pid, 'SIGKILL')),
          close: async () => {
            await browser?.close()
            await close()
          },
        }
      },
    },
    {
      title: missing === null ? 'on the desktop' : `on the desktop (${missing})`,
      isMissing: missing !== null,
      isDesktop: true,
      start: startOnDesktop,
    },
  ]
}

async function startOnDesktop(): Promise<ShellStudio> {
  const { app, page, home, choose, close } = await startDesktop()
  return {
    home,
    window: async (viewport = { width: 1280, height: 800 }) => {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.evaluate(() => sessionStorage.clear())
      await page.reload()
      return { page, problems: watchProblems(page) }
    },
    chooseFolder: async (_, opener, folder) => {
      await choose(folder)
      await button(page, opener).click()
    },
    killEngine: async () => {
      const engines = await app.evaluate(({ app: program }) =>
        program.getAppMetrics().flatMap(({ name, pid }) => (name === 'ViT Studio engine' ? [pid] : [])),
      )
      engines.forEach((pid) => process.kill(pid, 'SIGKILL'))
    },
    close,
  }
}

/** The processes that a process has started; on Linux only. */
function childrenOf(pid: number | undefined): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return listed.trim().split(' ').map(Number)
}
