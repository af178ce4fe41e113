/** @file Ports in the main process: a MessagePortMain as the contract's port, and who may have one. */
import { ipcMain, type IpcMainEvent, type MessagePortMain } from 'electron'

import { connectChannel } from '../core/api/desktop.ts'
import { messagePort, type ClosablePort, type MessageEventLike } from '../core/api/port.ts'
import type { Port } from '../core/api/rpc.ts'
import { isOurs } from './origin.ts'

/** What a port needs of a MessagePortMain. */
export type MainChannel = Pick<MessagePortMain, 'postMessage' | 'on' | 'start' | 'close'>

/** A port over a MessagePortMain. */
export function mainPort(channel: MainChannel): ClosablePort {
  return messagePort({
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin, only windows do
    postMessage: (message) => channel.postMessage(message),
    addEventListener: (type: string, listener: (event: MessageEventLike) => void) => {
      if (type === 'message') channel.on('message', ({ data }) => listener({ type, data }))
      else channel.on('close', () => listener({ type }))
    },
    start: () => channel.start(),
    close: () => channel.close(),
  })
}

/** Hands `onPort` a port for every page of ours that connects. Everything else is ignored. */
export function acceptPorts(onPort: (port: Port) => void): void {
  ipcMain.on(connectChannel, (event) => {
    const [channel, ...more] = event.ports
    if (channel === undefined) return
    if (more.length === 0 && isOurPage(event)) onPort(mainPort(channel))
    else event.ports.forEach((port) => port.close())
  })
}

/** Whether a message comes from our page itself, not from a frame in it. */
function isOurPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url)
}
