/** @file The desktop shell around an opened studio: its window, menu, signs of training, and how it quits. */
import { join } from 'node:path'

import { app, Menu, powerMonitor, session, shell, type BrowserWindow } from 'electron'

import { contract } from '../core/api/contract.ts'
import type { ShellCommand } from '../core/api/contract/shell.ts'
import { serve } from '../core/api/server.ts'
import { studioHome } from '../core/studio/home.ts'
import { logBug, logPath } from '../core/studio/log.ts'
import type { OpenedStudio } from '../core/host/server/open-studio.ts'
import { showInTray, type TraySign } from './background.ts'
import { createClosing } from './closing.ts'
import { keepInside, restrictPermissions } from './confinement.ts'
import { open } from './dialogs.ts'
import { menuTemplate } from './menu.ts'
import { acceptPorts } from './message-port.ts'
import { projectEnding } from './project-files.ts'
import { text } from './text.ts'
import { showProgress, showTrainings } from './training-signs.ts'
import { serveWindow } from './window-files.ts'
import { openWindow } from './window.ts'

/** Where things are, and what the menu acts on. */
export interface DesktopOptions {
  /** Folder of the bundles, the built window among them. */
  readonly bundles: string
  /** Folder for Electron's and the window's own files. */
  readonly profile: string
  readonly sendCommand: (command: ShellCommand) => void
  /** Keeps the window that dialogs belong to. */
  readonly onWindow: (window: BrowserWindow | null) => void
}

/** A running desktop shell. */
export interface Desktop {
  /** Brings the window to the front, and opens it if there is none. */
  readonly showWindow: () => void
  /** Saves and quits. */
  readonly end: () => Promise<void>
}

/** Opens the window on a studio and lives with it to its end. The program must be ready. */
export function runDesktop(studio: OpenedStudio, options: DesktopOptions): Desktop {
  const { bundles, profile, sendCommand, onWindow } = options
  let window: BrowserWindow | null = null
  let tray: TraySign | null = null

  const showWindow = (): void => {
    tray?.remove()
    tray = null
    if (window !== null) return bringToFront(window)
    window = openWindow({ bundles, stateFile: join(profile, 'window.json') })
    window.on('close', closing.onWindowClose)
    window.on('closed', () => {
      window = null
      onWindow(null)
    })
    onWindow(window)
    const training = currentTraining()
    if (training !== null) showProgress(window, training)
  }
  const currentTraining = showTrainings(studio.trainings, {
    window: () => window,
    showWindow,
    onStep: (state) => tray?.update(state),
    onEnd: () => {
      // Nobody would notice a program without a window.
      if (window === null && process.platform !== 'darwin') void closing.end()
    },
  })
  const closing = createClosing({
    isTraining: () => currentTraining() !== null,
    window: () => window,
    goOnInBackground: () => {
      // macOS keeps the program in its dock.
      if (process.platform !== 'darwin') {
        const actions = { open: showWindow, stop: () => void closing.end() }
        tray = showInTray(join(bundles, 'icon.png'), actions)
      }
      window?.destroy()
    },
    save: async () => {
      await studio.save()
      await studio.release()
    },
  })

  letPageIn(studio, bundles)
  app.on('activate', showWindow)
  app.on('before-quit', closing.onBeforeQuit)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && currentTraining() === null) app.quit()
  })
  powerMonitor.on('shutdown', (event?: Pick<Event, 'preventDefault'>) => {
    // The system waits a little for programs that ask it to.
    event?.preventDefault()
    void closing.end()
  })
  const send = (command: ShellCommand): void => {
    sendCommand(command)
    showWindow()
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuOf(() => window, send)))
  showWindow()
  return { showWindow, end: closing.end }
}

/** Gives our page its files, a connection to the studio, and nothing else; all others get nothing. */
function letPageIn({ handlers }: OpenedStudio, bundles: string): void {
  restrictPermissions(session.defaultSession)
  serveWindow(session.defaultSession, join(bundles, 'renderer'))
  acceptPorts((port) => serve(port, contract, handlers, logBug))
  app.on('web-contents-created', (_, contents) => keepInside(contents))
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function menuOf(
  window: () => BrowserWindow | null,
  sendCommand: DesktopOptions['sendCommand'],
): ReturnType<typeof menuTemplate> {
  const openProject = async (): Promise<void> => {
    const kinds = [{ name: text.openProject.kind, extensions: [projectEnding] }]
    const { title } = text.openProject
    const path = await open(window(), { title, filters: kinds, properties: ['openFile'] })
    if (path !== null) sendCommand({ type: 'open-project', path })
  }
  return menuTemplate(process.platform, app.isPackaged, {
    newProject: () => sendCommand({ type: 'new-project' }),
    openProject: () => void openProject(),
    showData: () => void shell.openPath(studioHome()),
    showLog: () => shell.showItemInFolder(logPath()),
    showLicences: () => void shell.openPath(join(process.resourcesPath, 'licences.txt')),
  })
}
