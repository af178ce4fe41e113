/** @file The window's way to the studio: the desktop shell's port if there is one, else a WebSocket to the server. */
import { askAdmission, keyName } from '../core/api/admission.ts'
import { bridgeName, portMessage, type DesktopBridge } from '../core/api/desktop.ts'
import { messagePort, socketPath, webSocketPort } from '../core/api/port.ts'
import type { Port } from '../core/api/rpc.ts'

/** The port to the studio around this window; null if the server does not let this window in. */
export async function openConnection(): Promise<Port | null> {
  const bridge = desktop()
  return bridge === null ? serverPort() : desktopPort(bridge)
}

/** Absolute path of a file or folder that was dropped; null if the shell is a browser, which gives none. */
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

// Of this origin alone: no other page can read it, and it is never sent automatically.
const secretName = 'vit-studio-secret'

async function serverPort(): Promise<Port | null> {
  const socket = new WebSocket(socketAddress())
  const key = takeKey()
  const stored = localStorage.getItem(secretName)
  const secret = await askAdmission(socket, {
    ...(key !== null && { key }),
    ...(stored !== null && { secret: stored }),
  })
  if (secret === null) return null
  localStorage.setItem(secretName, secret)
  return webSocketPort(socket)
}

/** Removes the key from the address, so that it stays neither visible nor in the history. */
function takeKey(): string | null {
  const key = new URLSearchParams(location.hash.slice(1)).get(keyName)
  if (key !== null) history.replaceState(history.state, '', location.pathname)
  return key
}

function socketAddress(): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return `${scheme}//${location.host}${socketPath}`
}
