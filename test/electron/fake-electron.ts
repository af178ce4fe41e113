/**
 * @file The part of Electron that the main process uses, as Electron's own types have it, without a screen. A test
 * mocks the package with it, inspects what was asked of it, and triggers its events.
 */
import { EventEmitter } from 'node:events'

import type {
  App,
  BrowserWindow as RealWindow,
  BrowserWindowConstructorOptions,
  IpcMainEvent,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessagePortMain,
  NotificationConstructorOptions,
  Session,
  WebContents,
} from 'electron'

/** What happened, in order. */
export const record: string[] = []

/** What the person answers to dialogs, first to last: the index of a button, or chosen paths. */
export const answers: { readonly buttons: number[]; readonly paths: string[] } = { buttons: [], paths: [] }

/** Every dialog that was shown. */
export const asked: MessageBoxOptions[] = []

/** Forgets everything. */
export function reset(): void {
  for (const emitter of [app, ipcMain, powerMonitor]) emitter.removeAllListeners()
  for (const list of [record, answers.buttons, answers.paths, asked, windows, notifications, trays])
    list.length = 0
  app.isLocked = true
}

/** An event that can be prevented. */
export function preventable(): {
  isPrevented: boolean
  preventDefault: () => void
  defaultPrevented: boolean
} {
  const event = {
    isPrevented: false,
    defaultPrevented: false,
    preventDefault: () => void (event.isPrevented = true),
  }
  return event
}

class FakeApp extends EventEmitter {
  isPackaged = false
  isLocked = true
  /** Languages of the system. */
  languages = ['en-GB']
  readonly getPreferredSystemLanguages: App['getPreferredSystemLanguages'] = () => this.languages
  readonly whenReady: App['whenReady'] = async () => undefined
  readonly isReady: App['isReady'] = () => true
  readonly requestSingleInstanceLock: App['requestSingleInstanceLock'] = () => this.isLocked
  readonly setName: App['setName'] = () => undefined
  readonly setAppUserModelId: App['setAppUserModelId'] = () => undefined
  readonly setAboutPanelOptions: App['setAboutPanelOptions'] = () => undefined
  readonly enableSandbox: App['enableSandbox'] = () => void record.push('sandbox')
  readonly setPath: App['setPath'] = (name, path) => void record.push(`${name} ${path}`)
  readonly exit: App['exit'] = (code) => void record.push(`exit ${code}`)
  /** As Electron does: asks, closes the windows, quits. */
  readonly quit: App['quit'] = () => {
    const event = preventable()
    this.emit('before-quit', event)
    if (event.isPrevented) return
    for (const window of windows.slice()) window.close()
    if (windows.length === 0) record.push('quit')
  }
}

export const app = new FakeApp()
export const ipcMain = new EventEmitter()
export const powerMonitor = new EventEmitter()

/** Windows that are open. */
export const windows: BrowserWindow[] = []

class FakeContents extends EventEmitter {
  openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null
  readonly setWindowOpenHandler: WebContents['setWindowOpenHandler'] = (handler) =>
    void (this.openHandler = handler)
  readonly reload: WebContents['reload'] = () => void record.push('reload')
  readonly forcefullyCrashRenderer: WebContents['forcefullyCrashRenderer'] = () => void record.push('crash')
}

type WindowParts = Pick<
  RealWindow,
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setProgressBar'
  | 'show'
>

/** A window without a screen. */
export class BrowserWindow extends EventEmitter implements WindowParts {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents = new FakeContents()
  isGone = false
  focused = true

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    windows.push(this)
    app.emit('web-contents-created', preventable(), this.webContents)
  }

  readonly loadURL: WindowParts['loadURL'] = async (url) => void record.push(`load ${url}`)
  readonly show: WindowParts['show'] = () => void record.push('show')
  readonly focus: WindowParts['focus'] = () => void record.push('focus')
  readonly restore: WindowParts['restore'] = () => void record.push('restore')
  readonly maximize: WindowParts['maximize'] = () => void record.push('maximize')
  readonly isMinimized: WindowParts['isMinimized'] = () => true
  readonly isMaximized: WindowParts['isMaximized'] = () => true
  readonly isFocused: WindowParts['isFocused'] = () => this.focused
  readonly isDestroyed: WindowParts['isDestroyed'] = () => this.isGone
  readonly getNormalBounds: WindowParts['getNormalBounds'] = () => ({
    x: 10,
    y: 20,
    width: 1000,
    height: 700,
  })
  readonly setProgressBar: WindowParts['setProgressBar'] = (progress) =>
    void record.push(`progress ${progress}`)
  readonly close: WindowParts['close'] = () => {
    const event = preventable()
    this.emit('close', event)
    if (!event.isPrevented) this.destroy()
  }
  readonly destroy: WindowParts['destroy'] = () => {
    this.isGone = true
    windows.splice(windows.indexOf(this), 1)
    this.emit('closed')
    if (windows.length === 0) app.emit('window-all-closed')
  }
}

export const dialog = {
  showMessageBox: async (...given: readonly unknown[]) => {
    asked.push(given.at(-1) as MessageBoxOptions)
    return { response: answers.buttons.shift() ?? 0, checkboxChecked: false }
  },
  showOpenDialog: async () => {
    const filePaths = answers.paths.splice(0, 1)
    return { canceled: filePaths.length === 0, filePaths }
  },
  showSaveDialog: async () => {
    const filePath = answers.paths.shift()
    return { canceled: filePath === undefined, filePath: filePath ?? '' }
  },
  showErrorBox: (_: string, content: string) => void record.push(`error box ${content}`),
}

export const shell = {
  openExternal: async (url: string) => void record.push(`open ${url}`),
  openPath: async (path: string) => {
    record.push(`open ${path}`)
    return ''
  },
  showItemInFolder: (path: string) => void record.push(`reveal ${path}`),
}

/** The menu that was set last. */
export const menu: { template: readonly MenuItemConstructorOptions[] } = { template: [] }

export const Menu = {
  buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => ({
    template,
    popup: () => undefined,
  }),
  setApplicationMenu: ({ template }: { readonly template: readonly MenuItemConstructorOptions[] }) =>
    void (menu.template = template),
}

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] }
export const nativeTheme = { shouldUseDarkColors: false }
export const nativeImage = { createFromPath: () => ({ resize: () => ({}) }) }

export const powerSaveBlocker = {
  start: (type: string) => {
    record.push(`awake ${type}`)
    return 5
  },
  stop: (id: number) => void record.push(`asleep ${id}`),
}

/** Tray icons. */
export const trays: Tray[] = []

export class Tray extends EventEmitter {
  menu: readonly MenuItemConstructorOptions[] = []
  tip = ''

  constructor() {
    super()
    trays.push(this)
  }

  readonly setToolTip = (tip: string): void => void (this.tip = tip)
  readonly setContextMenu = ({
    template,
  }: {
    readonly template: readonly MenuItemConstructorOptions[]
  }): void => void (this.menu = template)
  readonly destroy = (): void => void trays.splice(trays.indexOf(this), 1)
}

/** What the person was told. */
export const notifications: Notification[] = []

export class Notification extends EventEmitter {
  static readonly isSupported = (): boolean => true
  readonly options: NotificationConstructorOptions

  constructor(options: NotificationConstructorOptions) {
    super()
    this.options = options
  }

  readonly show = (): void => void notifications.push(this)
}

type Answerer = (request: Request) => Response | Promise<Response>

/** What the session was told. */
export const granted: {
  request: Parameters<Session['setPermissionRequestHandler']>[0]
  check: Parameters<Session['setPermissionCheckHandler']>[0]
  files: Answerer | null
} = { request: null, check: null, files: null }

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Parameters<Session['setPermissionRequestHandler']>[0]) =>
      void (granted.request = handler),
    setPermissionCheckHandler: (handler: Parameters<Session['setPermissionCheckHandler']>[0]) =>
      void (granted.check = handler),
    setDevicePermissionHandler: () => undefined,
    protocol: { handle: (_: string, handler: Answerer) => void (granted.files = handler) },
  },
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly { readonly scheme: string }[]) =>
    void record.push(`schemes ${schemes.map(({ scheme }) => scheme).join(' ')}`),
}

/** How the engine is started; set by a test. */
export const utilityProcess: { fork: (entry: string, args: readonly string[], options: object) => unknown } =
  {
    fork: () => {
      throw new Error('no engine in this test')
    },
  }

/** A page that connects, with the main process's end of its port. */
export function connectPage(
  channel: string,
  ports: readonly MessagePortMain[],
  url: string,
  parent: object | null,
): void {
  const event: Pick<IpcMainEvent, 'ports'> & { readonly senderFrame: object } = {
    ports: [...ports],
    senderFrame: { url, parent },
  }
  ipcMain.emit(channel, event)
}
