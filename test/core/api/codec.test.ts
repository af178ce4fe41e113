/** @file Messages come back from bytes as they went in, and bytes that are not a message are refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decodeMessage, encodeMessage } from '../../../core/api/codec.ts'

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => new Uint8Array(array))
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.double().map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    bytes,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor')), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value

describe('the codec', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(decodeMessage(encodeMessage(value))).toEqual(value)
      }),
    )
  })

  it('keeps what JSON loses', () => {
    const value = {
      loss: NaN,
      high: Infinity,
      low: -Infinity,
      pixels: Uint8Array.of(1, 2, 3),
      none: undefined,
    }
    const { none: _, ...kept } = value
    expect(decodeMessage(encodeMessage(value))).toEqual(kept)
  })

  it('takes bytes as they are, without a copy in text', () => {
    const pixels = new Uint8Array(1 << 20)
    expect(encodeMessage({ pixels }).length).toBeLessThan(pixels.length + 100)
  })

  it('refuses bytes that are no message', () => {
    fc.assert(
      fc.property(bytes, (noise) => {
        expect(() => decodeMessage(noise)).not.toThrow()
      }),
    )
    const whole = encodeMessage({ pixels: Uint8Array.of(1, 2, 3) })
    for (let length = 0; length < whole.length; length++) {
      expect(decodeMessage(whole.slice(0, length))).toBeNull()
    }
    expect(decodeMessage(Uint8Array.of(...whole, 0))).toBeNull()
  })

  it.each([
    { $: 'object', value: 5 },
    { $: 'object', value: null },
    { $: 'object', value: { $: 'NaN' } },
    { $: 'object', value: [5] },
    { $: 'object', value: [['a']] },
    { $: 'object', value: [[{}, 1]] },
    { $: 'object' },
    { $: 'bytes', length: -1 },
    { $: 'bytes', length: 0.5 },
    { $: 'bytes', length: '0' },
    { $: 'bytes', length: [0] },
    { $: 'bytes' },
    { $: {} },
    { $: '__proto__' },
  ])('refuses %j, which it never writes', (header) => {
    expect(decodeMessage(withHeader(JSON.stringify(header)))).toBeNull()
    expect(decodeMessage(withHeader(JSON.stringify([{ a: header }])))).toBeNull()
  })

  it('refuses what is nested more deeply than the stack allows', () => {
    const depth = 100_000
    expect(decodeMessage(withHeader('['.repeat(depth) + ']'.repeat(depth)))).toBeNull()
  })
})

/** The bytes of a message with a header as written, and no byte arrays. */
function withHeader(text: string): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(text)
  const encoded = new Uint8Array(4 + header.length)
  new DataView(encoded.buffer).setUint32(0, header.length, true)
  encoded.set(header, 4)
  return encoded
}
