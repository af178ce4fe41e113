/** @file Calls and streams over ports in one process, between threads, and over a WebSocket. */
import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'

import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'

import { connect } from '../../../core/api/client.ts'
import { messagePort, webSocketPort } from '../../../core/api/port.ts'
import { portPair } from '../../support/port-pair.ts'
import type { Client } from '../../../core/api/rpc.ts'
import { serve } from '../../../core/api/server.ts'
import { contract, describeTransport, type Link } from '../../support/transport-suite.ts'

const transports: Readonly<Record<string, () => Promise<Link>>> = {
  'in process': async () => portPair(),
  'a MessagePort': async () => {
    const { port1, port2 } = new MessageChannel()
    return [messagePort(port1), messagePort(port2)]
  },
  'a WebSocket': async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    onTestFinished(() => server.close())
    await once(server, 'listening')
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
    // The client's port is used while its socket is still opening, as a window does.
    const clientPort = webSocketPort(client)
    const [socket] = (await once(server, 'connection')) as [WebSocket]
    return [webSocketPort(socket), clientPort]
  },
}

for (const [name, transport] of Object.entries(transports)) describeTransport(name, transport)

describe('a port with little room', () => {
  it('makes a stream wait for its reader', async () => {
    const [server, client] = portPair()
    const gate = new EventEmitter()
    const slow = { ...server, drained: async () => void (await once(gate, 'room')) }
    let made = 0
    const numbers = {
      count: async function* () {
        for (;;) yield made++
      },
    }
    serve(slow, { numbers: { count: contract.numbers.count } }, { numbers }, () => undefined)
    const items = connect(client, { numbers: { count: contract.numbers.count } }).numbers.count({ to: 0 })
    const reader = items[Symbol.asyncIterator]()
    await reader.next()
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(made).toBe(1)
    gate.emit('room')
    expect(await reader.next()).toEqual({ done: false, value: 1 })
    client.close()
  })
})

it('gives the client the types of the contract', () => {
  type Api = Client<typeof contract>
  expectTypeOf<Api['text']['upper']>().returns.toEqualTypeOf<Promise<string>>()
  expectTypeOf<Api['numbers']['count']>().returns.toEqualTypeOf<AsyncIterable<number>>()
  expectTypeOf<Parameters<Api['numbers']['count']>[0]>().toEqualTypeOf<{ to: number }>()
})
