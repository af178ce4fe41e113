/** @file The desktop program's start with a fake Electron: once for each data folder, with what it is asked to open. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { connect } from '../../core/api/client.ts'
import { contract, type Api } from '../../core/api/contract.ts'
import { connectChannel } from '../../core/api/desktop.ts'
import { lockHome } from '../../core/studio/lock.ts'
import { mainPort } from '../../electron/message-port.ts'
import { projectFileIn } from '../../electron/project-files.ts'
import { temporaryFolder } from '../support/temporary.ts'
import * as electron from './fake-electron.ts'
import { fakeChannel } from './fake-port.ts'

vi.mock('electron', async () => import('./fake-electron.ts'))

const place = vi.hoisted(() => ({ window: '' }))

vi.mock('../../core/studio/assets.ts', async (original) => ({
  ...(await original<typeof import('../../core/studio/assets.ts')>()),
  windowFolder: () => place.window,
}))

const { app, answers, asked, record, windows } = electron
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'unhandledRejection'] as const
const before = new Map(signals.map((signal) => [signal, process.listeners(signal as NodeJS.Signals)]))

let home = ''

beforeEach(() => {
  electron.reset()
  home = join(temporaryFolder(), 'home')
  place.window = join(temporaryFolder(), 'window')
  mkdirSync(place.window)
  writeFileSync(join(place.window, 'index.html'), '<!doctype html>')
  vi.stubEnv('VIT_STUDIO_HOME', home)
  vi.resetModules()
})

afterEach(async () => {
  if (windows.length > 0) {
    app.quit()
    await vi.waitFor(() => expect(record).toContain('quit'))
  }
  for (const signal of signals) {
    for (const listener of process.listeners(signal as NodeJS.Signals)) {
      if (before.get(signal)?.includes(listener) === false) process.off(signal, listener)
    }
  }
  vi.unstubAllEnvs()
})

async function startMain(...args: string[]): Promise<void> {
  const argv = vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', '.', ...args])
  await import('../../electron/main.ts')
  argv.mockRestore()
}

async function openedWindow(): Promise<void> {
  await vi.waitFor(() => expect(windows).toHaveLength(1))
}

/** The page's side of a fresh connection. */
function connectPage(): Api {
  const [main, own] = fakeChannel()
  electron.connectPage(connectChannel, [main], 'app://studio/', null)
  return connect(mainPort(own), contract)
}

describe('the desktop program', () => {
  it('opens its window on the data folder, which it has to itself', async () => {
    await startMain()
    await openedWindow()
    expect(record.slice(0, 3)).toEqual(['schemes app', 'sandbox', `userData ${join(home, 'electron')}`])
    await expect(lockHome(home)).rejects.toMatchObject({ code: 'busy' })
    const api = connectPage()
    expect(await api.studio.version()).toMatchObject({ home })
    expect(await api.shell.about()).toEqual({ kind: 'electron', dialogs: true })
  })

  it('leaves everything to the one that runs already', async () => {
    app.isLocked = false
    await startMain()
    await vi.waitFor(() => expect(record).toContain('quit'))
    expect(windows).toEqual([])
  })

  it('opens project files: of its start, of a second start, and of macOS', async () => {
    await startMain('photos/first.vitstudio')
    await openedWindow()
    app.emit('second-instance', electron.preventable(), ['electron', '.', 'second.vitstudio'], '/elsewhere')
    app.emit('open-file', electron.preventable(), '/third.vitstudio')
    expect(record.filter((what) => what === 'focus')).toHaveLength(2)
    const paths: string[] = []
    for await (const command of connectPage().shell.commands()) {
      if (command.type === 'open-project') paths.push(command.path)
      if (paths.length === 3) break
    }
    expect(paths).toEqual([
      join(process.cwd(), 'photos', 'first.vitstudio'),
      '/elsewhere/second.vitstudio',
      '/third.vitstudio',
    ])
  })

  it('shows the studio that has the data folder in a browser', async () => {
    const lock = await lockHome(home)
    await lock.announce('http://127.0.0.1:1/#key=k')
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    answers.buttons.push(0)
    await startMain()
    await vi.waitFor(() => expect(record).toContain('exit 2'))
    told.mockRestore()
    expect(asked[0]?.detail).toContain('ViT Studio is already open at http://127.0.0.1:1/#key=k')
    // The key is in a private file and not on the browser's command line.
    const page = join(home, 'vit-studio-1.html')
    expect(record).toContain(`open ${page}`)
    expect(readFileSync(page, 'utf8')).toContain('url=http://127.0.0.1:1/#key=k')
    await lock.release()
  })

  it('asks with dialogs of the system', async () => {
    await startMain()
    await openedWindow()
    const { shell } = connectPage()
    answers.paths.push('/photos', '/model.onnx', '/table.csv')
    expect(await shell.chooseFolder({ title: 'Photos' })).toBe('/photos')
    expect(await shell.chooseFile({ title: 'A model' })).toBe('/model.onnx')
    expect(await shell.chooseNewFile({ title: 'The table', name: 'table.csv' })).toBe('/table.csv')
    expect(await shell.chooseFolder({ title: 'Photos' })).toBeNull()
    await shell.reveal({ path: home })
    expect(record).toContain(`reveal ${home}`)
    await expect(shell.reveal({ path: join(home, 'none') })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('exits cleanly on a signal, and outlives a bug of its own', async () => {
    await startMain()
    await openedWindow()
    process.emit('uncaughtException', new TypeError('x is not a function'))
    process.emit('uncaughtException', new TypeError('y is not a function'))
    expect(record.filter((what) => what.startsWith('error box'))).toHaveLength(1)
    expect(record).not.toContain('quit')
    process.emit('SIGTERM')
    await vi.waitFor(() => expect(record).toContain('quit'))
    await (await lockHome(home)).release()
  })
})

describe('projectFileIn', () => {
  it('takes the last project file of the arguments, from the folder they were given in', () => {
    expect(projectFileIn(['.', '--flag.vitstudio', 'a.vitstudio', 'b.vitstudio'], '/at')).toBe(
      '/at/b.vitstudio',
    )
    expect(projectFileIn(['.', '--flag', 'photo.jpg'], '/at')).toBeNull()
  })
})
