/** @file The desktop shell with a fake Electron: what the page may do, how training shows, and how it quits. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { MenuItemConstructorOptions } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { connect } from '../../core/api/client.ts'
import { contract } from '../../core/api/contract.ts'
import type { TrainEvent } from '../../core/api/contract/metrics.ts'
import { createFeed } from '../../core/api/feed.ts'
import type { ShellCommand } from '../../core/api/contract/shell.ts'
import { connectChannel } from '../../core/api/desktop.ts'
import { AppError } from '../../core/errors.ts'
import type { OpenedStudio } from '../../core/host/server/open-studio.ts'
import { createTrainings, type Trainings } from '../../core/studio/runs/trainings.ts'
import { runDesktop } from '../../electron/desktop.ts'
import { mainPort } from '../../electron/message-port.ts'
import { text } from '../../electron/text.ts'
import { fakeHandlers } from '../support/fake-studio.ts'
import { temporaryFolder } from '../support/temporary.ts'
import * as electron from './fake-electron.ts'
import { fakeChannel } from './fake-port.ts'

vi.mock('electron', async () => import('./fake-electron.ts'))

const { app, answers, asked, granted, menu, notifications, preventable, record, trays, windows } = electron

interface Setting {
  readonly commands: ShellCommand[]
  /** Starts a training; returns how to make it step, pause and end. */
  readonly train: () => ReturnType<typeof beginTraining>
}

function openDesktop(): Setting {
  const home = temporaryFolder()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  const bundles = join(home, 'bundles')
  mkdirSync(join(bundles, 'renderer'), { recursive: true })
  writeFileSync(join(bundles, 'renderer', 'index.html'), '<!doctype html><title>The window</title>')
  writeFileSync(join(home, 'secret.html'), 'not for the page')
  const trainings = createTrainings()
  const commands: ShellCommand[] = []
  const studio = fakeStudio(trainings)
  runDesktop(studio, {
    bundles,
    profile: home,
    sendCommand: (command) => commands.push(command),
    onWindow: () => undefined,
  })
  return { commands, train: async () => beginTraining(trainings) }
}

async function beginTraining(trainings: Trainings) {
  const feed = createFeed<TrainEvent>('unread')
  trainings.adopt('fruit', feed.follow())
  const device = { kind: 'cpu', name: 'Processor' }
  feed.push({ type: 'start', step: 0, steps: 40, training: 9, validation: 3, device, notes: [], remarks: [] })
  await settle()
  return {
    step: async (step: number) => {
      feed.push({
        type: 'step',
        step,
        loss: 1,
        accuracy: 0.5,
        gradNorm: 1,
        learningRate: 0.1,
        imagesPerSecond: 9,
        secondsLeft: 5,
        memoryMB: 100,
      })
      await settle()
    },
    report: async (type: 'paused' | 'continued') => {
      feed.push({ type, step: 1 })
      await settle()
    },
    end: async (error?: AppError) => {
      feed.end(error)
      await settle()
    },
  }
}

/** Lets everything that is pending happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
}

beforeEach(() => {
  electron.reset()
  vi.unstubAllEnvs()
})

describe('the window', () => {
  it('shows our page with nothing of Node in it', () => {
    openDesktop()
    const [window] = windows
    expect(window?.options).toMatchObject({
      minWidth: 900,
      minHeight: 600,
      show: false,
      webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true },
    })
    expect(record).toContain('load app://studio/')
    window?.emit('ready-to-show')
    expect(record).toContain('show')
  })

  it('gets its files and no others, under a policy without exceptions', async () => {
    openDesktop()
    const get = async (url: string, method = 'GET'): Promise<Response> =>
      granted.files!(new Request(url, { method }))
    const page = await get('app://studio/')
    expect(await page.text()).toContain('The window')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toContain('ws:')
    expect((await get('app://studio/', 'HEAD')).status).toBe(200)
    expect((await get('app://studio/', 'POST')).status).toBe(405)
    expect((await get('app://other/')).status).toBe(403)
    expect((await get('app://studio/%2e%2e/%2e%2e/secret.html')).status).toBe(404)
    expect((await get('app://studio/..%2f..%2fsecret.html')).status).toBe(404)
    expect((await get('app://studio/none.html')).status).toBe(404)
  })

  it('is answered over its port', async () => {
    openDesktop()
    const [main, own] = fakeChannel()
    electron.connectPage(connectChannel, [main], 'app://studio/', null)
    const api = connect(mainPort(own), contract)
    expect(await api.devices.list()).toMatchObject([{ kind: 'cpu' }])
    own.close()
  })

  it('remembers where it was', () => {
    const home = temporaryFolder()
    const open = (): void =>
      void runDesktop(fakeStudio(createTrainings()), {
        bundles: home,
        profile: home,
        sendCommand: () => undefined,
        onWindow: () => undefined,
      })
    open()
    windows[0]?.close()
    electron.reset()
    open()
    expect(windows[0]?.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 })
    expect(record).toContain('maximize')
  })

  it('is opened again after a crash of its page', async () => {
    openDesktop()
    answers.buttons.push(0)
    windows[0]?.webContents.emit('render-process-gone', preventable(), { reason: 'oom' })
    await settle()
    expect(asked[0]?.detail).toContain('(oom)')
    expect(record).toContain('reload')
  })

  it('can be opened again where its page hangs', async () => {
    openDesktop()
    answers.buttons.push(1)
    windows[0]?.emit('unresponsive')
    await settle()
    expect(record.slice(-2)).toEqual(['crash', 'reload'])
  })
})

describe('the page', () => {
  it('may use the camera without sound and copy to the clipboard, nothing else, and nobody else may', () => {
    openDesktop()
    const ask = (permission: string, details: object, url = 'app://studio/'): boolean => {
      let answer = false
      const contents = { getURL: () => url }
      granted.request?.(contents as never, permission as never, (isGranted) => (answer = isGranted), {
        isMainFrame: true,
        requestingUrl: url,
        ...details,
      })
      return answer
    }
    expect(ask('media', { mediaTypes: ['video'] })).toBe(true)
    expect(ask('clipboard-sanitized-write', {})).toBe(true)
    expect(ask('media', { mediaTypes: ['video', 'audio'] })).toBe(false)
    expect(ask('media', { mediaTypes: [] })).toBe(false)
    expect(ask('media', {})).toBe(false)
    expect(ask('media', { mediaTypes: ['video'], isMainFrame: false })).toBe(false)
    expect(ask('media', { mediaTypes: ['video'] }, 'https://studio/')).toBe(false)
    for (const other of ['geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb'])
      expect(ask(other, {})).toBe(false)
    const check = (origin: string, mediaType: string): boolean | undefined =>
      granted.check?.(null, 'media', origin, { mediaType } as never)
    expect(check('app://studio', 'video')).toBe(true)
    expect(check('app://studio', 'audio')).toBe(false)
    expect(check('https://elsewhere', 'video')).toBe(false)
  })

  it('stays where it is; pages of the web open in the browser, and nothing else opens at all', () => {
    openDesktop()
    const { webContents } = windows[0]!
    const leaves = (url: string): boolean => {
      const event = { ...preventable(), url }
      let isPrevented = false
      webContents.emit('will-navigate', { ...event, preventDefault: () => (isPrevented = true) })
      return !isPrevented
    }
    expect(leaves('app://studio/')).toBe(true)
    expect(leaves('https://elsewhere/')).toBe(false)
    expect(leaves('file:///etc/passwd')).toBe(false)
    const open = (url: string): unknown => webContents.openHandler?.({ url } as never)
    record.length = 0
    for (const url of [
      'https://example.org/docs',
      'http://plain/',
      'file:///etc',
      'smb://host',
      'https://me@host/',
    ])
      expect(open(url)).toEqual({ action: 'deny' })
    expect(record).toEqual(['open https://example.org/docs'])
  })
})

describe('a training', () => {
  it('keeps the machine awake, shows its progress, and reports its end to people looking elsewhere', async () => {
    const { train } = openDesktop()
    const training = await train()
    await training.step(10)
    expect(record).toContain('awake prevent-app-suspension')
    expect(record.slice(-1)).toEqual(['progress 0.25'])
    windows[0]!.focused = false
    await training.end()
    expect(record.slice(-2)).toEqual(['asleep 5', 'progress -1'])
    expect(notifications.map(({ options }) => options.title)).toEqual([text.trained.title])
    notifications[0]?.emit('click')
    expect(record.slice(-3)).toEqual(['restore', 'show', 'focus'])
  })

  it('lets the machine sleep while it is paused', async () => {
    const { train } = openDesktop()
    const training = await train()
    record.length = 0
    await training.report('paused')
    await training.report('continued')
    expect(record.filter((what) => /^(asleep|awake)/.test(what))).toEqual([
      'asleep 5',
      'awake prevent-app-suspension',
    ])
  })

  it('reports why it failed, and nothing where the person stopped it', async () => {
    const { train } = openDesktop()
    windows[0]!.focused = false
    await (await train()).end(new AppError('cancelled', 'Stopped on request.'))
    expect(notifications).toEqual([])
    await (await train()).end(new AppError('io', 'The disk is full.'))
    expect(notifications[0]?.options.body).toBe('The disk is full. What was learned so far is saved.')
  })
})

describe('the end', () => {
  it('comes with the last window, and everything is saved', async () => {
    openDesktop()
    windows[0]?.close()
    await settle()
    expect(asked).toEqual([])
    expect(record.slice(-3)).toEqual(['save', 'release', 'quit'])
  })

  it('does not come where the person thinks again', async () => {
    const { train } = openDesktop()
    await train()
    for (const close of [() => windows[0]?.close(), () => app.quit()]) {
      answers.buttons.push(2)
      close()
      await settle()
    }
    expect(asked.map(({ message }) => message)).toEqual([text.closing.message, text.closing.message])
    expect(windows).toHaveLength(1)
    expect(record).not.toContain('save')
  })

  it('saves first where the person stops the training', async () => {
    const { train } = openDesktop()
    await train()
    answers.buttons.push(1)
    windows[0]?.close()
    await settle()
    expect(record.slice(-3)).toEqual(['save', 'release', 'quit'])
  })

  it.skipIf(process.platform === 'darwin')('leaves a training to itself, and ends when it does', async () => {
    const { train } = openDesktop()
    const training = await train()
    answers.buttons.push(0)
    windows[0]?.close()
    await settle()
    expect(windows).toEqual([])
    await training.step(20)
    expect(trays[0]?.tip).toBe(text.tray.training(20, 40))
    // The tray leads back to a window that shows its progress.
    click(trays[0]?.menu ?? [], text.tray.open)
    expect(windows).toHaveLength(1)
    expect(trays).toEqual([])
    expect(record.slice(-1)).toEqual(['progress 0.5'])
    answers.buttons.push(0)
    app.quit()
    await settle()
    expect(windows).toEqual([])
    expect(record).not.toContain('save')
    await training.end()
    expect(notifications).toHaveLength(1)
    expect(record.slice(-3)).toEqual(['save', 'release', 'quit'])
  })

  it('comes without a question where the system shuts down', async () => {
    const { train } = openDesktop()
    await train()
    const event = preventable()
    electron.powerMonitor.emit('shutdown', event)
    await settle()
    expect(event.isPrevented).toBe(true)
    expect(asked).toEqual([])
    expect(record.slice(-3)).toEqual(['save', 'release', 'quit'])
  })
})

describe('the menu', () => {
  it('asks the window for what concerns projects', async () => {
    const { commands } = openDesktop()
    const file = menu.template.find(({ label }) => label === text.menu.file)
      ?.submenu as MenuItemConstructorOptions[]
    click(file, text.menu.newProject)
    answers.paths.push('/photos/fruit.vitstudio')
    click(file, text.menu.openProject)
    await settle()
    click(file, text.menu.openProject)
    await settle()
    expect(commands).toEqual([
      { type: 'new-project' },
      { type: 'open-project', path: '/photos/fruit.vitstudio' },
    ])
  })

  it('has what every program has', () => {
    openDesktop()
    expect(menu.template.map(({ label, role }) => label ?? role)).toEqual(
      expect.arrayContaining(['File', 'Edit', 'View', 'Window', 'Help']),
    )
  })
})

function click(items: readonly MenuItemConstructorOptions[], label: string): void {
  items.find((item) => item.label === label)?.click?.({} as never, undefined, {})
}

function fakeStudio(trainings: Trainings): OpenedStudio {
  return {
    handlers: fakeHandlers(),
    engine: { api: () => expect.unreachable(), pid: () => undefined, close: async () => undefined },
    trainings,
    announce: async () => undefined,
    save: async () => void record.push('save'),
    release: async () => void record.push('release'),
  }
}
