/** @file Half precision and its relatives, against exhaustive tables and their definitions. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decodeFloats, encodeHalf } from '../../../core/files/element-types.ts'

const allHalves = Uint16Array.from({ length: 2 ** 16 }, (_, half) => half)
const allValues = decodeFloats('float16', new Uint8Array(allHalves.buffer))
const finite = [...allValues].filter((value) => Number.isFinite(value) && value >= 0)
const ascending = Float32Array.from(new Set(finite)).sort()

describe('float16', () => {
  it('decodes the landmarks of the format', () => {
    const bits = Uint16Array.of(
      0x0000,
      0x8000,
      0x0001,
      0x03ff,
      0x0400,
      0x3c00,
      0xc000,
      0x7bff,
      0x7c00,
      0xfc00,
    )
    const values = [0, -0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1, -2, 65504, Infinity, -Infinity]
    expect([...decodeFloats('float16', new Uint8Array(bits.buffer))]).toEqual(values)
  })

  it('encodes every value it decodes to the same bits', () => {
    const numbers = allHalves.filter((half) => (half & 0x7fff) <= 0x7c00)
    expect(encodeHalf(decodeFloats('float16', new Uint8Array(numbers.buffer)))).toEqual(numbers)
    expect(decodeFloats('float16', new Uint8Array(encodeHalf(Float32Array.of(NaN)).buffer))).toEqual(
      Float32Array.of(NaN),
    )
  })

  it('rounds to the nearest value', () => {
    const nearest = (value: number): number =>
      ascending.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best))
    const magnitude = fc.oneof(
      fc.float({ min: 0, max: 65503, noNaN: true }),
      fc.float({ min: 0, max: Math.fround(2e-4), noNaN: true }),
    )
    fc.assert(
      fc.property(magnitude, fc.boolean(), (value, negative) => {
        const signed = negative ? -value : value
        const [back = NaN] = decodeFloats(
          'float16',
          new Uint8Array(encodeHalf(Float32Array.of(signed)).buffer),
        )
        expect(Math.abs(back - signed)).toBe(Math.abs(nearest(value) - value))
      }),
      { numRuns: 60 },
    )
  })

  it('rounds ties to even, in the normal and the subnormal range', () => {
    const ties = Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 3 * 2 ** -25, 65519.996, 65520)
    const bits = [0x3c00, 0x3c02, 0x0000, 0x0002, 0x7bff, 0x7c00]
    expect([...encodeHalf(ties)]).toEqual(bits)
  })
})

describe('the other types', () => {
  it('bfloat16 is the upper half of a float32', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (upper) => {
        const expected = new Float32Array(Uint32Array.of(upper << 16).buffer)
        expect(decodeFloats('bfloat16', new Uint8Array(Uint16Array.of(upper).buffer))).toEqual(expected)
      }),
    )
  })

  it('float64 is rounded to float32', () => {
    const bytes = new Uint8Array(Float64Array.of(0.1, 1e300, -2).buffer)
    expect([...decodeFloats('float64', bytes)]).toEqual([Math.fround(0.1), Infinity, -2])
  })

  it('values that are not aligned to a multiple of their size are read all the same', () => {
    const bytes = new Uint8Array(9)
    bytes.set(new Uint8Array(Float32Array.of(1.5, -3).buffer), 1)
    expect([...decodeFloats('float32', bytes.subarray(1))]).toEqual([1.5, -3])
  })
})
