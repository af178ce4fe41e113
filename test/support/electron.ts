/**
 * @file The studio as a desktop program, for tests: Electron, if its program is found as `npm start` finds it, started
 * by Playwright on the bundles of this project.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { _electron, type ElectronApplication, type Page } from 'playwright'

import { electronProgram, withoutScreen } from '../../build/electron.mjs'
import { separateGlib } from '../../build/separate-glib.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Why no desktop program can be tested here, for the title of what is skipped; null if one can. */
export function withoutElectron(): string | null {
  if (electronProgram() === null) return 'skipped: no Electron binary'
  const blind = withoutScreen()
  return blind === null ? null : `skipped: ${blind}`
}

/** A desktop program with its own data folder. */
export interface DesktopStudio {
  readonly app: ElectronApplication
  /** Its window. */
  readonly page: Page
  /** Where the studio keeps its files, and a test may put photos. */
  readonly home: string
  /** Answers the next dialogs of the system with these paths, first to last. */
  readonly choose: (...paths: readonly string[]) => Promise<void>
  /** Quits it without a question, and removes its folder. */
  readonly close: () => Promise<void>
}

/** Starts the built studio in Electron. Ask `withoutElectron` first. */
export async function startDesktop(...args: readonly string[]): Promise<DesktopStudio> {
  separateGlib(join(root, 'node_modules', '@img'))
  const home = mkdtempSync(join(tmpdir(), 'vit-studio-desktop-'))
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  // Chromium's sandbox refuses to work for the superuser, who runs the tests in many containers.
  const isRoot = process.getuid?.() === 0
  const app = await _electron.launch({
    executablePath: electronProgram() ?? '',
    args: [...(isRoot ? ['--no-sandbox'] : []), root, ...args],
    env: { ...definedIn(env), VIT_STUDIO_HOME: join(home, 'studio') },
  })
  const page = await app.firstWindow()
  return {
    app,
    page,
    home,
    choose: async (...paths) =>
      app.evaluate(({ dialog }, chosen) => {
        const rest = [...chosen]
        dialog.showOpenDialog = async () => {
          const filePaths = rest.splice(0, 1)
          return { canceled: filePaths.length === 0, filePaths }
        }
      }, paths),
    close: async () => {
      const ended = once(app.process(), 'exit')
      // As from a terminal: training is saved, and nothing is asked.
      app.process().kill('SIGTERM')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function definedIn(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
