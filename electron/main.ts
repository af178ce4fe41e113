/**
 * @file The desktop shell: one window over the studio's own loopback server, which is the same as in the browser. It
 * keeps the window inside that server and grants it nothing.
 */
import { join } from 'node:path'

import { app, BrowserWindow, session, shell } from 'electron'

import { AppError } from '../core/errors.ts'
import { serveStudio, type ServedStudio } from '../core/host/studio/serve-studio.ts'

const folder = import.meta.dirname

if (app.requestSingleInstanceLock()) void open()
else app.quit()

async function open(): Promise<void> {
  await app.whenReady()
  try {
    const studio = await serveStudio({
      window: join(folder, 'renderer'),
      engine: join(folder, 'engine.mjs'),
      port: 0,
    })
    closeWith(studio)
    showWindow(studio.url)
  } catch (thrown) {
    process.stderr.write(`${AppError.from(thrown).message}\n`)
    app.exit(2)
  }
}

function showWindow(url: string): void {
  session.defaultSession.setPermissionRequestHandler((_, __, answer) => answer(false))
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false },
  })
  keepInside(window, new URL(url).origin)
  app.on('second-instance', () => window.focus())
  void window.loadURL(url)
}

/** Links to elsewhere open in the person's browser, where they belong. */
function keepInside({ webContents }: BrowserWindow, origin: string): void {
  webContents.on('will-navigate', (event) => {
    if (new URL(event.url).origin !== origin) event.preventDefault()
  })
  webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

/** Training in progress is saved before the program ends. */
function closeWith(studio: ServedStudio): void {
  let isClosed = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void studio.close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
}
