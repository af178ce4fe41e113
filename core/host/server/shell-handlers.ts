/** @file What the browser answers as a shell: it has no dialogs and no menu, but the system's file manager. */
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

import type { ApiHandlers } from '../../api/contract.ts'
import type { ShellCommand } from '../../api/contract/shell.ts'
import { createFeed } from '../../api/feed.ts'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { startsWell, type ProgramCall } from './open-browser.ts'

/** The answers of the browser shell. */
export function browserShell(): ApiHandlers['shell'] {
  return {
    about: () => ({ kind: 'browser', dialogs: false }),
    chooseFolder: refuseDialog,
    chooseFile: refuseDialog,
    chooseNewFile: refuseDialog,
    // Whole, so that no program takes a name for an option.
    reveal: async ({ path }) => reveal(resolve(path)),
    // There is no menu that could request anything.
    commands: (_, { signal }) => createFeed<ShellCommand>('unread').follow(signal),
  }
}

function refuseDialog(): never {
  throw new AppError(
    'unsupported',
    say`A browser cannot show a dialog for folders on this machine. Choose the folder in the window.`,
  )
}

async function reveal(path: string): Promise<void> {
  const info = await stat(path).catch((error: unknown) => {
    throw AppError.from(error)
  })
  const call = fileManagerFor(process.platform, process.env, path, info.isDirectory())
  if (call !== null && (await startsWell(call))) return
  throw new AppError('unsupported', say`There is no file manager to show it in. It is at ${path}.`, { path })
}

/** The program that shows a path; only folders are ever opened, because opening a file could run it. Null without a screen. */
export function fileManagerFor(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  path: string,
  isFolder: boolean,
): ProgramCall | null {
  const folder = isFolder ? path : dirname(path)
  if (platform === 'darwin') return ['open', '-R', path]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', folder]
  const hasScreen = env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined
  return hasScreen ? ['xdg-open', folder] : null
}
