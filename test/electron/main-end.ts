/** @file In the page: takes the main process's end of the preload's port and carries its messages to the test and back. */
import { decodeMessage, encodeMessage } from '../../core/api/codec.ts'
import { connectChannel } from '../../core/api/desktop.ts'
import { messagePort } from '../../core/api/port.ts'
import type { Message, Port } from '../../core/api/rpc.ts'

/** What the test puts into the page, and what it calls there. Messages travel as text. */
export interface Relay {
  readonly told: (end: 'main' | 'page', message: string | null) => void
  /** Posts what the test says at an end of the port. */
  post: (end: 'main' | 'page', message: string) => void
  close: (end: 'main' | 'page') => void
  /** Tells the test everything that arrives at an end of a port; null when it closes. */
  relayEnd: (end: 'main' | 'page', port: RelayablePort) => void
}

type RelayablePort = Port & { readonly close?: () => void }

const relay = globalThis as unknown as Relay
const ends = new Map<string, RelayablePort>()

relay.post = (end, message) => ends.get(end)?.post(fromText(message) as Message)
relay.close = (end) => ends.get(end)?.close?.()

relay.relayEnd = (end, port) => {
  ends.set(end, port)
  port.onMessage((message) => relay.told(end, toText(message)))
  port.onClose(() => relay.told(end, null))
}

addEventListener('to-main', (event) => {
  const { channel, ports } = (event as CustomEvent<{ channel: string; ports: MessagePort[] }>).detail
  const [port] = ports
  if (channel === connectChannel && port !== undefined) relay.relayEnd('main', messagePort(port))
})

function toText(message: unknown): string {
  return Array.from(encodeMessage(message), (byte) => String.fromCodePoint(byte)).join('')
}

function fromText(text: string): unknown {
  return decodeMessage(Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0))
}
