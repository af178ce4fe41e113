/** @file The window's way to the studio: the desktop shell's port where there is one, else a WebSocket to the server. */
import { bridgeName, portMessage, type DesktopBridge } from '../core/api/desktop.ts'
import { messagePort, socketPath, webSocketPort } from '../core/api/port.ts'
import type { Port } from '../core/api/rpc.ts'

/** The port to the studio around this window. It may still be opening; what is posted is kept until then. */
export async function openConnection(): Promise<Port> {
  const bridge = desktop()
  return bridge === null ? webSocketPort(new WebSocket(socketAddress())) : desktopPort(bridge)
}

/** Absolute path of a file or folder that was dropped; null where the shell is a browser, which gives none. */
export function pathOfDropped(file: File): string | null {
  const path = desktop()?.pathOf(file) ?? ''
  return path === '' ? null : path
}

function desktop(): DesktopBridge | null {
  return (globalThis as { readonly [bridgeName]?: DesktopBridge })[bridgeName] ?? null
}

async function desktopPort(bridge: DesktopBridge): Promise<Port> {
  return new Promise((resolve) => {
    const receive = ({ source, origin, data, ports: [channel] }: MessageEvent<unknown>): void => {
      if (source !== window || origin !== location.origin || data !== portMessage) return
      removeEventListener('message', receive)
      if (channel !== undefined) resolve(messagePort(channel))
    }
    addEventListener('message', receive)
    bridge.connect()
  })
}

function socketAddress(): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return `${scheme}//${location.host}${socketPath}`
}
