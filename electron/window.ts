/** @file The one window: where it opens, what surrounds its page, and what happens when the page breaks. */
import { join } from 'node:path'

import { BrowserWindow, dialog, Menu, nativeTheme, screen, type WebContents } from 'electron'

import { pageUrl } from './origin.ts'
import { standard } from './menu.ts'
import { text } from './text.ts'
import { placeWindow, readState, saveState, smallest } from './window-state.ts'

/** What a window is made with. */
export interface WindowOptions {
  /** Folder of the bundles. */
  readonly bundles: string
  /** File that remembers where the window was. */
  readonly stateFile: string
}

// The page's own backgrounds, so that nothing flashes before it is drawn.
const backgrounds = { light: '#f6f6f3', dark: '#16181a' } as const

/** Opens the window; it is shown once its page is drawn. */
export function openWindow({ bundles, stateFile }: WindowOptions): BrowserWindow {
  const state = readState(stateFile)
  const window = new BrowserWindow({
    ...placeWindow(
      state,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: text.app,
    icon: join(bundles, 'icon.png'),
    show: false,
    backgroundColor: backgrounds[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    webPreferences: {
      preload: join(bundles, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (state?.isMaximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => saveState(stateFile, window))
  offerEditing(window.webContents)
  watchPage(window)
  void window.loadURL(pageUrl)
  return window
}

/** The usual menu of a text field, which Electron leaves to its programs. */
function offerEditing(contents: WebContents): void {
  contents.on('context-menu', (_, { isEditable, selectionText }) => {
    if (isEditable) Menu.buildFromTemplate([standard('cut'), standard('copy'), standard('paste')]).popup()
    else if (selectionText !== '') Menu.buildFromTemplate([standard('copy')]).popup()
  })
}

/** A page that has crashed or hangs is reported, and reopened if wanted; training runs elsewhere. */
function watchPage(window: BrowserWindow): void {
  const { webContents } = window
  webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') void askAfterCrash(window, reason)
  })
  // A system dialog asks whether to close; the page's own question would block the window silently.
  webContents.on('will-prevent-unload', (event) => event.preventDefault())
  let hanging: AbortController | null = null
  window.on('unresponsive', () => {
    if (hanging !== null) return
    hanging = new AbortController()
    void askWhileHanging(window, hanging.signal)
  })
  window.on('responsive', () => {
    hanging?.abort()
    hanging = null
  })
}

async function askAfterCrash(window: BrowserWindow, reason: string): Promise<void> {
  const words = text.windowGone
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: words.message,
    detail: words.detail(reason),
    buttons: [words.reload, words.quit],
    defaultId: 0,
    cancelId: 0,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}

async function askWhileHanging(window: BrowserWindow, signal: AbortSignal): Promise<void> {
  const words = text.unresponsive
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: words.message,
    detail: words.detail,
    buttons: [words.wait, words.reload],
    defaultId: 0,
    cancelId: 0,
    signal,
  })
  if (response === 1 && !signal.aborted && !window.isDestroyed()) {
    window.webContents.forcefullyCrashRenderer()
    window.webContents.reload()
  }
}
