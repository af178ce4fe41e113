/** @file What the page may ask of the desktop shell: dialogs of the system, the file manager, the menu's commands. */
import { stat } from 'node:fs/promises'

import { dialog, shell, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron'

import type { ApiHandlers } from '../core/api/contract.ts'
import type { ShellCommand } from '../core/api/contract/shell.ts'
import { AppError } from '../core/errors.ts'
import type { Feed } from '../core/api/feed.ts'

/** The window that dialogs belong to, if there is one. */
export type CurrentWindow = () => BrowserWindow | null

/** The answers of the desktop shell. */
export function desktopShell(window: CurrentWindow, commands: Feed<ShellCommand>): ApiHandlers['shell'] {
  return {
    about: () => ({ kind: 'electron', dialogs: true }),
    chooseFolder: async ({ title }) =>
      open(window(), { title, properties: ['openDirectory', 'createDirectory'] }),
    chooseFile: async ({ title, kinds }) =>
      open(window(), { title, filters: filters(kinds), properties: ['openFile'] }),
    chooseNewFile: async ({ title, name, kinds }) => {
      const options = { title, defaultPath: name, filters: filters(kinds) }
      const parent = window()
      const asked = parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options)
      const { canceled, filePath } = await asked
      return canceled || filePath === '' ? null : filePath
    },
    reveal: async ({ path }) => {
      await stat(path).catch((error: unknown) => {
        throw AppError.from(error)
      })
      shell.showItemInFolder(path)
    },
    commands: (_, { signal }) => commands.follow(signal),
  }
}

/** Lets the person choose one path; null if none was chosen. */
export async function open(parent: BrowserWindow | null, options: OpenDialogOptions): Promise<string | null> {
  const asked = parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options)
  const { canceled, filePaths } = await asked
  return canceled ? null : (filePaths[0] ?? null)
}

function filters(
  kinds: readonly { readonly name: string; readonly extensions: readonly string[] }[],
): FileFilter[] {
  return kinds.map(({ name, extensions }) => ({ name, extensions: [...extensions] }))
}
