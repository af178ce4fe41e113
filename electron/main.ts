/**
 * @file The desktop program from its start: one for each data folder, opened once Electron is ready. It shows the same
 * page, answered by the same studio, as in the browser; only the connections between them differ.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { app, dialog, shell, type BrowserWindow } from 'electron'

import type { ShellCommand } from '../core/api/contract/shell.ts'
import { createFeed } from '../core/api/feed.ts'
import { AppError } from '../core/errors.ts'
import { engineEntry, studioVersion, windowFolder } from '../core/studio/assets.ts'
import { studioHome } from '../core/studio/home.ts'
import { logPath } from '../core/studio/log.ts'
import { keepFoldersPrivate } from '../core/studio/private-folders.ts'
import { keepRunningOnBugs } from '../core/studio/uncaught-errors.ts'
import { openStudio } from '../core/host/server/open-studio.ts'
import { writeOpeningPage } from '../core/host/server/opening-page.ts'
import { runDesktop, type Desktop } from './desktop.ts'
import { desktopShell } from './dialogs.ts'
import { projectFileIn } from './project-files.ts'
import { text } from './text.ts'
import { startUtilityEngine } from './utility-engine.ts'
import { registerScheme } from './window-files.ts'

const commands = createFeed<ShellCommand>('unread')

void main()

async function main(): Promise<void> {
  try {
    registerScheme()
    const profile = prepare()
    if (!app.requestSingleInstanceLock()) return app.quit()
    await open(profile)
  } catch (thrown) {
    await explain(AppError.from(thrown))
    app.exit(2)
  }
}

/** What Electron must know before it is ready. Returns the folder for its own files. */
function prepare(): string {
  const profile = join(studioHome(), 'electron')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.enableSandbox()
  app.setName(text.app)
  // Windows shows notifications only of programs it knows by the name their installer gives them.
  app.setAppUserModelId('org.vit-studio.desktop')
  app.setAboutPanelOptions({ applicationName: text.app, applicationVersion: studioVersion() })
  // This folder also decides the single instance: one for each data folder, as in the browser.
  app.setPath('userData', profile)
  return profile
}

async function open(profile: string): Promise<void> {
  let window: BrowserWindow | null = null
  let desktop: Desktop | null = null
  openProject(projectFileIn(process.argv.slice(1), process.cwd()))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openProject(path)
    desktop?.showWindow()
  })
  app.on('second-instance', (_, args, folder) => {
    openProject(projectFileIn(args.slice(1), folder))
    desktop?.showWindow()
  })
  await app.whenReady()
  for (const problem of await keepFoldersPrivate()) process.stderr.write(`${problem}\n`)
  const studio = await openStudio({
    window: windowFolder(),
    spawn: () => startUtilityEngine(engineEntry()),
    shell: desktopShell(() => window, commands),
  })
  const running = runDesktop(studio, {
    bundles: import.meta.dirname,
    profile,
    sendCommand: commands.push,
    onWindow: (opened) => (window = opened),
  })
  desktop = running
  keepRunningOnBugs('main', () => dialog.showErrorBox(text.app, text.unexpected(logPath())))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void running.end())
}

function openProject(path: string | null): void {
  if (path !== null) commands.push({ type: 'open-project', path })
}

/** Says why there is no studio; one that is open in a browser can be shown there. */
async function explain({ message, details }: AppError): Promise<void> {
  process.stderr.write(`${message}\n`)
  await app.whenReady()
  const { url } = details
  const buttons = typeof url === 'string' ? [text.busy.open, text.busy.quit] : [text.busy.quit]
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: text.cannotStart,
    message: text.cannotStart,
    detail: message,
    buttons,
    cancelId: buttons.length - 1,
  })
  if (typeof url === 'string' && response === 0) await shell.openPath(await writeOpeningPage(url))
}
