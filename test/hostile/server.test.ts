/**
 * @file Strangers at the studio's port, and a malicious window: whatever they send, the server keeps running, answers
 * its own page, shows no stack, writes nothing into its log and keeps its memory.
 */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'

import { connect } from '../../core/api/client.ts'
import { encodeMessage, decodeMessage } from '../../core/api/codec.ts'
import { contract } from '../../core/api/contract.ts'
import { webSocketPort } from '../../core/api/port.ts'
import { Message } from '../../core/api/rpc.ts'
import { inEnglish } from '../../core/sentence.ts'
import { seeds } from './amount.ts'
import { startAttacked, type Attacked } from './server/attacked.ts'
import { callOf, methods } from './server/calls.ts'
import { probeOf } from './server/http-probes.ts'
import { messageOf } from './server/messages.ts'

// What a stack or a system file would show.
const revealing = /\n\s+at |node:internal|root:x:0/
const answerMs = 10_000

describe.skipIf(process.platform !== 'linux')('the server (Linux)', () => {
  let studio: Attacked

  beforeAll(async () => {
    studio = await startAttacked()
  })

  afterAll(async () => studio.close())

  /** It is still the same studio, and nothing happened that it logged as a bug. */
  async function expectUnharmed(): Promise<void> {
    expect(studio.isAlive()).toBe(true)
    const socket = await studio.enter()
    const api = connect(webSocketPort(socket), contract)
    expect((await api.studio.version()).version).toMatch(/^\d/)
    socket.terminate()
    expect(studio.log()).toBe('')
    expect(studio.megabytes()).toBeLessThan(1000)
  }

  it('outlives whatever arrives at its port', async () => {
    for (const seed of seeds(600, 150)) {
      const probe = probeOf(seed, studio.host)
      const answer = await send(probe.bytes, probe.breaksOff)
      expect(answer, `probe ${seed}`).not.toMatch(revealing)
      expect(answer.slice('HTTP/1.1 '.length), `probe ${seed}`).not.toMatch(probe.wrongStatus)
    }
    await expectUnharmed()
  })

  it('outlives many who connect and say nothing', async () => {
    const idle = Array.from({ length: 150 }, () =>
      connectTcp(studio.port, '127.0.0.1').on('error', () => undefined),
    )
    const waiting = Array.from({ length: 50 }, () => {
      const socket = new WebSocket(`ws://${studio.host}/port`, { origin: `http://${studio.host}` })
      return socket.on('error', () => undefined)
    })
    await Promise.all(waiting.map(async (socket) => once(socket, 'open')))
    await expectUnharmed()
    for (const socket of idle) socket.destroy()
    for (const socket of waiting) socket.terminate()
  })

  it('outlives messages that are none', async () => {
    const socket = await studio.enter()
    const answers = listen(socket)
    for (const seed of seeds(500, 120)) socket.send(messageOf(seed))
    await callOver(socket, answers, 1, { method: 'studio.version', input: undefined })
    expect(socket.readyState).toBe(WebSocket.OPEN)
    for (const message of answers.all) expectPlain(message, 'a message that is none')
    socket.terminate()
    await expectUnharmed()
  })

  it('answers every hostile call with a sentence, in time', async () => {
    const socket = await studio.enter()
    const answers = listen(socket)
    let id = 0
    for (const seed of seeds(400, 3 * methods.length)) {
      const call = callOf(seed, studio.traps)
      const answer = await callOver(socket, answers, ++id, call)
      expectPlain(answer, `call ${seed} of ${call.method}`)
    }
    socket.terminate()
    expect(existsSync(`${studio.traps}/out`)).toBe(false)
    await expectUnharmed()
  })

  async function send(bytes: Buffer, breaksOff: boolean): Promise<string> {
    const socket = connectTcp(studio.port, '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    if (breaksOff) {
      socket.write(bytes)
      socket.resetAndDestroy()
      return ''
    }
    socket.end(bytes)
    const patience = setTimeout(() => socket.destroy(), answerMs)
    if (!socket.destroyed) await once(socket, 'close')
    clearTimeout(patience)
    return Buffer.concat(chunks).toString('latin1')
  }
})

interface Answers {
  readonly all: readonly Message[]
  /** Resolves when the request of this id has ended. */
  readonly endOf: (id: number) => Promise<Message>
}

function listen(socket: WebSocket): Answers {
  const all: Message[] = []
  const waiting = new Map<number, (message: Message) => void>()
  socket.binaryType = 'arraybuffer'
  socket.on('message', (data: ArrayBuffer) => {
    const message = Message.parse(decodeMessage(new Uint8Array(data)))
    if (message.kind === 'item') return
    all.push(message)
    waiting.get(message.id)?.(message)
  })
  return { all, endOf: async (id) => new Promise((resolve) => waiting.set(id, resolve)) }
}

async function callOver(
  socket: WebSocket,
  answers: Answers,
  id: number,
  { method, input }: { readonly method: string; readonly input: unknown },
): Promise<Message> {
  const end = answers.endOf(id)
  socket.send(encodeMessage({ kind: 'request', id, method, input }))
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`${method} has no answer after ${answerMs} ms`)), answerMs).unref()
  })
  return Promise.race([end, late])
}

function expectPlain(message: Message, what: string): void {
  if (message.kind !== 'error') return
  expect(message.error, what).not.toMatchObject({ code: 'internal' })
  expect(inEnglish(message.error.sentence), what).not.toMatch(revealing)
}
