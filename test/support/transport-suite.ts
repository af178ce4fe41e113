/** @file What every transport of the contract does with a call, a stream, a failure and a closed port: one suite. */
import { EventEmitter, once } from 'node:events'

import { describe, expect, it, onTestFinished } from 'vitest'
import * as z from 'zod'

import { connect } from '../../core/api/client.ts'
import type { ClosablePort } from '../../core/api/port.ts'
import { call, stream, type Client } from '../../core/api/rpc.ts'
import { serve } from '../../core/api/server.ts'
import { AppError } from '../../core/errors.ts'

/** Methods of every kind, to test a transport with. */
export const contract = {
  text: {
    upper: call(z.object({ text: z.string() }), z.string()),
    nothing: call(z.void(), z.void()),
  },
  bytes: { reverse: call(z.instanceof(Uint8Array), z.instanceof(Uint8Array)) },
  numbers: {
    count: stream(z.object({ to: z.number() }), z.number()),
    special: stream(z.void(), z.number()),
    forever: stream(z.void(), z.number()),
  },
  failing: {
    known: call(z.void(), z.void()),
    bug: call(z.void(), z.void()),
    midway: stream(z.void(), z.number()),
    never: call(z.void(), z.void()),
  },
} as const

/** Two connected ends. */
export type Link = readonly [server: ClosablePort, client: ClosablePort]

interface Setting {
  readonly api: Client<typeof contract>
  readonly server: ClosablePort
  readonly bugs: string[]
  /** Resolves `aborted` when a handler's signal is. */
  readonly events: EventEmitter
  /** Items that `forever` has made. */
  readonly made: () => number
}

async function open(transport: () => Promise<Link>): Promise<Setting> {
  const [server, client] = await transport()
  onTestFinished(() => client.close())
  const bugs: string[] = []
  const events = new EventEmitter()
  let made = 0
  serve(
    server,
    contract,
    {
      text: { upper: ({ text }) => text.toUpperCase(), nothing: () => undefined },
      bytes: { reverse: (bytes) => bytes.toReversed() },
      numbers: {
        count: async function* ({ to }) {
          for (let number = 1; number <= to; number++) yield number
        },
        special: async function* () {
          yield* [NaN, Infinity, -Infinity, 0.1]
        },
        forever: async function* (_, { signal }) {
          try {
            for (;;) {
              yield made++
              await new Promise((resolve) => setTimeout(resolve, 1))
            }
          } finally {
            events.emit('ended', signal.aborted)
          }
        },
      },
      failing: {
        known: () => {
          throw new AppError('not_found', 'There is no such thing.', { path: '/a', sizes: [1, 2] })
        },
        bug: () => Promise.reject(new TypeError('x is not a function')),
        midway: async function* () {
          yield 1
          throw new AppError('io', 'The disk is full.')
        },
        never: async (_, { signal }) => {
          await once(signal, 'abort')
          events.emit('aborted')
        },
      },
    },
    (method, error) => bugs.push(`${method}: ${error.message}`),
  )
  return { api: connect(client, contract), server, bugs, events, made: () => made }
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw new Error(`no AppError but ${String(error)}`)
  return error
}

async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Checks that a transport behaves like every other. `transport` makes two connected ends, inside a test. */
export function describeTransport(name: string, transport: () => Promise<Link>): void {
  describe(`over ${name}`, () => {
    it('answers calls, bytes among them, whatever their order', async () => {
      const { api } = await open(transport)
      const answers = await Promise.all([
        api.text.upper({ text: 'grüße' }),
        api.bytes.reverse(Uint8Array.of(1, 2, 255)),
        api.text.nothing(),
      ])
      expect(answers).toEqual(['GRÜSSE', Uint8Array.of(255, 2, 1), undefined])
    })

    it('streams items in order, and several streams at once', async () => {
      const { api } = await open(transport)
      const [ten, three] = await Promise.all([
        readAll(api.numbers.count({ to: 1000 })),
        readAll(api.numbers.count({ to: 3 })),
      ])
      expect(ten).toEqual(Array.from({ length: 1000 }, (__, index) => index + 1))
      expect(three).toEqual([1, 2, 3])
      expect(await readAll(api.numbers.special())).toEqual([NaN, Infinity, -Infinity, 0.1])
    })

    it('carries failures as data', async () => {
      const { api, bugs } = await open(transport)
      const known = await failureOf(api.failing.known())
      expect(known).toMatchObject({ code: 'not_found', message: 'There is no such thing.' })
      expect(known.details).toEqual({ path: '/a', sizes: [1, 2] })
      const items: number[] = []
      const midway = (async () => {
        for await (const item of api.failing.midway()) items.push(item)
      })()
      expect(await failureOf(midway)).toMatchObject({ code: 'io', message: 'The disk is full.' })
      expect(items).toEqual([1])
      expect(bugs).toEqual([])
    })

    it('calls an unknown failure internal and logs it', async () => {
      const { api, bugs } = await open(transport)
      expect(await failureOf(api.failing.bug())).toMatchObject({ code: 'internal' })
      expect(bugs).toEqual(['failing.bug: x is not a function'])
    })

    it('checks inputs, and knows its methods', async () => {
      const { api } = await open(transport)
      const wrong = await failureOf(api.text.upper({ text: 5 as unknown as string }))
      expect(wrong).toMatchObject({ code: 'invalid_input' })
      expect(wrong.message).toMatch(/text\.upper .*expected string/s)
      const other = { text: { ...contract.text, lower: contract.text.upper } }
      const [server, client] = await transport()
      onTestFinished(() => client.close())
      serve(server, contract.text as never, {} as never, () => undefined)
      expect(await failureOf(connect(client, other).text.lower({ text: '' }))).toMatchObject({
        code: 'unsupported',
      })
    })

    it('ignores what is not a message', async () => {
      const { api, server } = await open(transport)
      server.post({ kind: 'item', id: 'no number' } as never)
      server.post('noise' as never)
      expect(await api.text.upper({ text: 'a' })).toBe('A')
    })

    it('takes a call back', async () => {
      const { api, events } = await open(transport)
      const controller = new AbortController()
      const aborted = once(events, 'aborted')
      const pending = failureOf(api.failing.never(undefined, { signal: controller.signal }))
      setTimeout(() => controller.abort(), 5)
      expect(await pending).toMatchObject({ code: 'cancelled' })
      await aborted
      expect(await failureOf(api.failing.never(undefined, { signal: AbortSignal.abort() }))).toMatchObject({
        code: 'cancelled',
      })
    })

    it('ends a stream whose reader leaves, or whose signal says so', async () => {
      const { api, events } = await open(transport)
      const left = once(events, 'ended')
      for await (const item of api.numbers.forever()) if (item >= 3) break
      expect(await left).toEqual([true])

      const stopped = once(events, 'ended')
      const controller = new AbortController()
      const reading = (async () => {
        for await (const _item of api.numbers.forever(undefined, { signal: controller.signal }))
          controller.abort()
      })()
      expect(await failureOf(reading)).toMatchObject({ code: 'cancelled' })
      await stopped
    })

    it('fails what is under way when the port closes, and aborts its handlers', async () => {
      const { api, server, events } = await open(transport)
      const aborted = once(events, 'aborted')
      const pending = failureOf(api.failing.never())
      await api.text.nothing()
      server.close()
      expect(await pending).toMatchObject({ code: 'io' })
      await aborted
      expect(await failureOf(api.text.nothing())).toMatchObject({ code: 'io' })
    })
  })
}
