/** @file Ports: a MessagePort of any kind, a WebSocket of a browser or of Node. */
import { decodeMessage, encodeMessage } from './codec.ts'
import type { Message, Port } from './rpc.ts'

/** Where the window finds its WebSocket on the loopback server. */
export const socketPath = '/port'

/** A port that can be closed from this side. */
export interface ClosablePort extends Port {
  readonly close: () => void
}

/** What a message arrives in; Node's types do not say that it has `data`. */
export interface MessageEventLike {
  readonly type: string
  readonly data?: unknown
}

/** What a browser's MessagePort and that of Node's worker threads have in common. */
export interface MessagePortLike {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEventLike) => void): void
  addEventListener(type: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** A port over a MessagePort. A browser's port tells only the other end that it was closed; here both ends are told. */
export function messagePort(channel: MessagePortLike): ClosablePort {
  const closed: (() => void)[] = []
  const notify = (): void => closed.splice(0).forEach((listener) => listener())
  channel.addEventListener('close', notify)
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin, only windows do
    post: (message) => channel.postMessage(message),
    onMessage: (listener) => {
      channel.addEventListener('message', (event) => listener(event.data))
      channel.start()
    },
    onClose: (listener) => void closed.push(listener),
    close: () => {
      channel.close()
      notify()
    },
  }
}

/** What a browser's WebSocket and that of the package ws have in common. */
export interface WebSocketLike {
  binaryType: string
  readonly readyState: number
  readonly bufferedAmount: number
  send(data: Uint8Array<ArrayBuffer>): void
  addEventListener(type: 'open' | 'close', listener: () => void, options?: { once: boolean }): void
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: unknown }) => void,
    options?: { once: boolean },
  ): void
  close(): void
}

const isOpening = 0
const isOpen = 1

// Enough to keep a fast reader busy, little enough that a slow one does not fill memory.
const roomyBytes = 1 << 20
const pollMs = 5

/** A port over a WebSocket, which may still be opening: what is posted before is sent when it opens. */
export function webSocketPort(socket: WebSocketLike): ClosablePort {
  socket.binaryType = 'arraybuffer'
  const early: Message[] = []
  socket.addEventListener('open', () =>
    early.splice(0).forEach((message) => socket.send(encodeMessage(message))),
  )
  return {
    post: (message) => {
      if (socket.readyState === isOpen) socket.send(encodeMessage(message))
      else if (socket.readyState === isOpening) early.push(message)
    },
    onMessage: (listener) =>
      socket.addEventListener('message', ({ data }) => {
        const message = data instanceof ArrayBuffer ? decodeMessage(new Uint8Array(data)) : null
        if (message !== null) listener(message)
      }),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    drained: async () => {
      while (socket.readyState === isOpen && socket.bufferedAmount > roomyBytes) {
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    },
    close: () => socket.close(),
  }
}
