/** @file MessagePortMain over a port of Node's worker threads: the same events, by the same names. */
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

import type { MessagePortMain } from 'electron'

/** Two connected ports of the main process. */
export function fakeChannel(): readonly [MessagePortMain, MessagePortMain] {
  const { port1, port2 } = new MessageChannel()
  return [fakePort(port1), fakePort(port2)]
}

function fakePort(port: MessagePort): MessagePortMain {
  const events = new EventEmitter()
  let isStarted = false
  port.on('close', () => events.emit('close'))
  const own: Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> = {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin, only windows do
    postMessage: (message) => port.postMessage(message),
    start: () => {
      if (!isStarted) port.on('message', (data) => events.emit('message', { data, ports: [] }))
      isStarted = true
    },
    close: () => port.close(),
  }
  return Object.assign(events, own)
}
