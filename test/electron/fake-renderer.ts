/**
 * @file The part of Electron that the preload uses, as Electron's own types have it, in a plain browser. The main
 * process's end of the port is left for the test to take.
 */
import type { ContextBridge, IpcRenderer, WebUtils } from 'electron'

export const ipcRenderer: Pick<IpcRenderer, 'postMessage'> = {
  postMessage: (channel, message: unknown, ports = []) => {
    dispatchEvent(new CustomEvent('to-main', { detail: { channel, message, ports } }))
  },
}

export const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
  exposeInMainWorld: (name, api: Readonly<Record<string, unknown>>) => {
    Object.defineProperty(globalThis, name, { value: Object.freeze({ ...api }) })
  },
}

export const webUtils: Pick<WebUtils, 'getPathForFile'> = {
  getPathForFile: ({ name }) => `/dropped/${name}`,
}
