/**
 * @file Messages as bytes: the length of a header, the header in JSON, then every byte array as it is. Numbers that
 * JSON lacks (NaN, infinities) and byte arrays are written as objects with the one key `$`.
 */

/** Replaces in the header what JSON cannot express; in a message from outside its parts may be anything. */
interface Special {
  readonly $: unknown
  /** Of `bytes`. */
  readonly length?: unknown
  /** Of `object`: pairs of name and value. */
  readonly value?: unknown
}

const lengthBytes = 4

/** The bytes of plain data: objects, arrays, strings, numbers, booleans, null, Uint8Array. Undefined members are dropped. */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const header = new TextEncoder().encode(JSON.stringify(toHeader(message, parts)))
  const total = parts.reduce((sum, part) => sum + part.length, lengthBytes + header.length)
  const encoded = new Uint8Array(total)
  new DataView(encoded.buffer).setUint32(0, header.length, true)
  encoded.set(header, lengthBytes)
  let offset = lengthBytes + header.length
  for (const part of parts) {
    encoded.set(part, offset)
    offset += part.length
  }
  return encoded
}

/** What `encodeMessage` was given; null for bytes that are not a message, whatever they contain. Byte arrays are copies. */
export function decodeMessage(encoded: Uint8Array<ArrayBuffer>): unknown {
  if (encoded.length < lengthBytes) return null
  const start = lengthBytes + new DataView(encoded.buffer, encoded.byteOffset).getUint32(0, true)
  if (start > encoded.length) return null
  const cursor = { offset: start }
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(encoded.subarray(lengthBytes, start)))
    const message = fromHeader(header, encoded, cursor)
    return cursor.offset === encoded.length ? message : null
  } catch (error) {
    // A SyntaxError if it is not JSON; a RangeError if it is nested too deeply or breaks the rules above.
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

function toHeader(value: unknown, parts: Uint8Array[]): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: String(value) }
  if (value instanceof Uint8Array) {
    parts.push(value)
    return { $: 'bytes', length: value.length }
  }
  if (Array.isArray(value)) return value.map((item) => toHeader(item, parts))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, member]) => [name, toHeader(member, parts)] as const)
  return Object.hasOwn(value, '$') ? { $: 'object', value: entries } : Object.fromEntries(entries)
}

function fromHeader(value: unknown, encoded: Uint8Array<ArrayBuffer>, cursor: { offset: number }): unknown {
  if (Array.isArray(value)) return value.map((item) => fromHeader(item, encoded, cursor))
  if (typeof value !== 'object' || value === null) return value
  if ('$' in value) return fromSpecial(value, encoded, cursor)
  const entries = Object.entries(value).map(([name, member]) => [name, fromHeader(member, encoded, cursor)])
  return Object.fromEntries(entries)
}

function fromSpecial(
  special: Special,
  encoded: Uint8Array<ArrayBuffer>,
  cursor: { offset: number },
): unknown {
  switch (special.$) {
    case 'NaN':
    case 'Infinity':
    case '-Infinity':
      return Number(special.$)
    case 'bytes': {
      const start = cursor.offset
      const end = start + countOf(special.length)
      if (end > encoded.length) throw new RangeError('bytes beyond the end')
      cursor.offset = end
      return encoded.slice(start, end)
    }
    case 'object':
      return Object.fromEntries(pairsOf(fromHeader(special.value, encoded, cursor)))
    default:
      throw new RangeError('unknown mark')
  }
}

function countOf(length: unknown): number {
  if (typeof length === 'number' && Number.isSafeInteger(length) && length >= 0) return length
  throw new RangeError('a length that is none')
}

function pairsOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value) && value.every(isPair)) return value
  throw new RangeError('no pairs of name and value')
}

function isPair(pair: unknown): pair is [string, unknown] {
  return Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string'
}
