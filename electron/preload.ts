/** @file All that the page gets from Electron: a way to connect, and the paths of files dropped on it. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'

import { bridgeName, connectChannel, portMessage, type DesktopBridge } from '../core/api/desktop.ts'

const bridge: DesktopBridge = {
  connect: () => {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage(connectChannel, null, [port1])
    window.postMessage(portMessage, location.origin, [port2])
  },
  pathOf: (file) => webUtils.getPathForFile(file),
}

contextBridge.exposeInMainWorld(bridgeName, bridge)
