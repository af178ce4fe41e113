/** @file What a window that was let in may send instead of messages: bytes, drawn from a seed. */
import { encodeMessage } from '../../../core/api/codec.ts'
import { createRandom, integer, type Random } from '../../../core/tensor/random.ts'

/** The bytes of a seed. A `request` among them has an id of at least a million. */
export function messageOf(seed: number): Buffer {
  const random = createRandom(seed)
  switch (seed % 4) {
    case 0:
      return Buffer.from(Array.from({ length: integer(random, 300) }, () => integer(random, 256)))
    case 1:
      return withHeader(JSON.stringify(header(random, 4)), integer(random, 40))
    case 2:
      return damaged(random, Buffer.from(encodeMessage(envelope(random))))
    default:
      return Buffer.from(encodeMessage(envelope(random)))
  }
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[integer(random, items.length)] as T
}

/** A header as written, followed by this many bytes. */
function withHeader(text: string, more: number): Buffer {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes, Buffer.alloc(more, 7)])
}

const marks = [
  'object',
  'bytes',
  'NaN',
  'Infinity',
  '-Infinity',
  'else',
  '',
  '__proto__',
  5,
  null,
  {},
  [],
  true,
]

/** JSON in which the codec's own marks are used wrongly. */
function header(random: Random, depth: number): unknown {
  const kind = depth === 0 ? 3 : integer(random, 6)
  if (kind < 2) {
    const inner = (): unknown => (integer(random, 2) === 0 ? scalar(random) : header(random, depth - 1))
    return {
      $: pick(random, marks),
      value: inner(),
      length: inner(),
      kind: 'request',
      id: 1e6 + integer(random, 100),
    }
  }
  if (kind === 2) return Array.from({ length: integer(random, 4) }, () => header(random, depth - 1))
  if (kind === 3) return scalar(random)
  return Object.fromEntries(
    ['kind', 'id', 'method', 'input', '$', '__proto__']
      .slice(integer(random, 5))
      .map((name) => [name, header(random, depth - 1)]),
  )
}

function scalar(random: Random): unknown {
  return pick(random, [
    5,
    -1,
    0,
    1.5,
    1e308,
    2 ** 53,
    '',
    'request',
    'x'.repeat(3000),
    null,
    true,
    [],
    {},
    '\u0000',
    '\uD800',
  ])
}

function damaged(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let times = 0; times <= integer(random, 4); times++)
    copy[integer(random, copy.length)] = integer(random, 256)
  return copy.subarray(0, integer(random, 3) === 0 ? integer(random, copy.length) : copy.length)
}

const kinds = ['request', 'abort', 'item', 'end', 'error', 'else', '', 5, null, '__proto__']
const methods = [
  'runs.list',
  'runs',
  '.',
  'runs.',
  '.list',
  '',
  '__proto__.x',
  'constructor.prototype',
  'runs.__proto__',
  'runs.constructor',
  'toString',
  'runs.list.more',
  'shell.reveal',
  '../runs.list',
  'RUNS.LIST',
  'x'.repeat(100_000),
  5,
  null,
  {},
]

/** Something like one of the protocol's own messages. */
function envelope(random: Random): unknown {
  const id = pick<unknown>(random, [
    1e6 + integer(random, 50),
    -1,
    0,
    1.5,
    2 ** 53,
    '1',
    null,
    Number.NaN,
    {},
    [],
  ])
  const whole: Record<string, unknown> = {
    kind: pick<unknown>(random, kinds),
    id,
    method: pick<unknown>(random, methods),
    input: scalar(random),
    value: scalar(random),
    error: pick<unknown>(random, [null, {}, { code: 'internal', message: 5, details: null }, 'x']),
  }
  for (const name of Object.keys(whole)) if (integer(random, 5) === 0) delete whole[name]
  return integer(random, 8) === 0 ? [whole] : whole
}
