/** @file The native menu: what every desktop program has, and the few things of the studio that are no part of the page. */
import type { MenuItemConstructorOptions } from 'electron'

import { text } from './text.ts'

/** What the menu's own items do. */
export interface MenuActions {
  readonly newProject: () => void
  readonly openProject: () => void
  readonly showData: () => void
  readonly showLog: () => void
  readonly showLicences: () => void
}

/** The menu of a platform. Items for developers are there only where the program is not packaged. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const words = text.menu
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: words.file,
      submenu: [
        { label: words.newProject, accelerator: 'CmdOrCtrl+N', click: actions.newProject },
        { label: words.openProject, accelerator: 'CmdOrCtrl+O', click: actions.openProject },
        { type: 'separator' },
        { label: words.showData, click: actions.showData },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { label: words.edit, role: 'editMenu' },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const)),
      ],
    },
    { label: words.window, role: 'windowMenu' },
    {
      label: words.help,
      role: 'help',
      submenu: [
        { label: words.showLog, click: actions.showLog },
        // Written when the program is packaged.
        ...(isPackaged ? [{ label: words.licences, click: actions.showLicences }] : []),
        ...(isMac ? [] : [{ label: words.about, role: 'about' } as const]),
      ],
    },
  ]
}
