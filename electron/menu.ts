/** @file The native menu: what every desktop program has, and the few studio commands that are not part of the page. */
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

/** The menu of a platform. Items for developers appear only if the program is not packaged. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  return [
    ...(isMac ? [appMenu()] : []),
    fileMenu(isMac, actions),
    editMenu(),
    viewMenu(isPackaged),
    windowMenu(isMac),
    helpMenu(isMac, isPackaged, actions),
  ]
}

type Item = MenuItemConstructorOptions

const words = text.menu
const separator: Item = { type: 'separator' }

/** What Electron does by itself; its own labels are only in English. */
export function standard(role: keyof typeof text.roles): Item {
  return { role, label: text.roles[role] }
}

function appMenu(): Item {
  return {
    label: text.app,
    submenu: [
      { role: 'about', label: words.about },
      separator,
      standard('services'),
      separator,
      standard('hide'),
      standard('hideOthers'),
      standard('unhide'),
      separator,
      standard('quit'),
    ],
  }
}

function fileMenu(isMac: boolean, actions: MenuActions): Item {
  return {
    label: words.file,
    submenu: [
      { label: words.newProject, accelerator: 'CmdOrCtrl+N', click: actions.newProject },
      { label: words.openProject, accelerator: 'CmdOrCtrl+O', click: actions.openProject },
      separator,
      { label: words.showData, click: actions.showData },
      separator,
      standard(isMac ? 'close' : 'quit'),
    ],
  }
}

function editMenu(): Item {
  return {
    label: words.edit,
    submenu: [
      standard('undo'),
      standard('redo'),
      separator,
      standard('cut'),
      standard('copy'),
      standard('paste'),
      standard('delete'),
      separator,
      standard('selectAll'),
    ],
  }
}

function viewMenu(isPackaged: boolean): Item {
  return {
    label: words.view,
    submenu: [
      standard('resetZoom'),
      standard('zoomIn'),
      standard('zoomOut'),
      separator,
      standard('togglefullscreen'),
      ...(isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const)),
    ],
  }
}

function windowMenu(isMac: boolean): Item {
  return {
    label: words.window,
    role: 'window',
    submenu: [
      standard('minimize'),
      ...(isMac ? [standard('zoom'), separator, standard('front')] : [standard('close')]),
    ],
  }
}

function helpMenu(isMac: boolean, isPackaged: boolean, actions: MenuActions): Item {
  return {
    label: words.help,
    role: 'help',
    submenu: [
      { label: words.showLog, click: actions.showLog },
      // Written when the program is packaged.
      ...(isPackaged ? [{ label: words.licences, click: actions.showLicences }] : []),
      ...(isMac ? [] : [{ label: words.about, role: 'about' } as const]),
    ],
  }
}
