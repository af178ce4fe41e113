/** @file Floating-point element types of files, to float32 and back. Files and all supported machines are little-endian. */
import { invariant } from '../errors.ts'
import { at } from '../tensor/shape.ts'

/** Element types whose values the readers understand. */
export type FloatType = 'float16' | 'bfloat16' | 'float32' | 'float64'

/** Bytes of one element. */
export const bytesPerElement: Readonly<Record<FloatType, number>> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
}

/** The values of `bytes` as float32; only float64 loses precision. `bytes` may be reused as the result's memory. */
export function decodeFloats(type: FloatType, bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  invariant(bytes.byteLength % bytesPerElement[type] === 0, () => `${bytes.byteLength} bytes of ${type}`)
  const aligned = bytes.byteOffset % bytesPerElement[type] === 0 ? bytes : bytes.slice()
  const count = aligned.byteLength / bytesPerElement[type]
  switch (type) {
    case 'float32':
      return new Float32Array(aligned.buffer, aligned.byteOffset, count)
    case 'float64':
      return Float32Array.from(new Float64Array(aligned.buffer, aligned.byteOffset, count))
    case 'float16':
      return widenHalf(new Uint16Array(aligned.buffer, aligned.byteOffset, count))
    case 'bfloat16':
      return widenBrain(new Uint16Array(aligned.buffer, aligned.byteOffset, count))
  }
}

/** IEEE half precision, rounded to nearest, ties to even; infinite beyond ±65504. */
export function encodeHalf(values: Float32Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  for (let index = 0; index < halves.length; index++) halves[index] = narrow(bits[index] ?? 0)
  return halves
}

let halfTable: Float32Array | undefined

// All 65,536 values fit a quarter of a megabyte, and a look-up is faster than the arithmetic.
function widenHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  halfTable ??= Float32Array.from({ length: 2 ** 16 }, (_, half) => halfValue(half))
  const values = new Float32Array(halves.length)
  for (let index = 0; index < values.length; index++) values[index] = at(halfTable, halves[index] ?? 0)
  return values
}

function halfValue(half: number): number {
  const sign = half >>> 15 === 1 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

// bfloat16 is the upper half of a float32.
function widenBrain(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(halves.length)
  for (let index = 0; index < bits.length; index++) bits[index] = (halves[index] ?? 0) << 16
  return new Float32Array(bits.buffer)
}

function narrow(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  // 65520 and above rounds to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude < 0x38800000) return sign | subnormalHalf(magnitude)
  // The exponent's bias changes from 127 to 15, and 13 bits of the fraction are dropped; a carry runs into the
  // exponent.
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1)
  return sign | ((rounded - 0x38000000) >>> 13)
}

const magnitudeFloat = new Float32Array(1)
const magnitudeBits = new Uint32Array(magnitudeFloat.buffer)

// Multiples of 2^-24: scaling by 2^24 is exact, so one rounding to the nearest integer, ties to even, is left.
function subnormalHalf(magnitude: number): number {
  magnitudeBits[0] = magnitude
  const scaled = (magnitudeFloat[0] ?? 0) * 2 ** 24
  const floor = Math.floor(scaled)
  const rest = scaled - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}
