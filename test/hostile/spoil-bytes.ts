/** @file Ways to spoil the bytes of any file, as disks and strangers do. */
import { integer, type Random } from '../../core/tensor/random.ts'
import { at } from '../../core/tensor/shape.ts'

type Spoil = (bytes: Buffer, random: Random, other: Buffer) => Buffer

const extremes = [0, 1, 0x7f, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]

function bytesChanged(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes)
  const count = 1 + integer(random, 30)
  for (let index = 0; index < count; index++) changed[integer(random, bytes.length)] = integer(random, 256)
  return changed
}

/** Where sizes, counts and offsets are. */
function headerChanged(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes)
  for (let index = 0; index < 3; index++) {
    const place = integer(random, Math.max(1, Math.min(200, bytes.length - 4)))
    const value = at(extremes, integer(random, extremes.length))
    if (integer(random, 2) === 0) changed.writeUInt32LE(value, place)
    else changed.writeUInt32BE(value, place)
  }
  return changed
}

/** Of what follows a header of 2000 bytes at most: directories of TIFF often are at the end. */
function endChanged(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes)
  const place = Math.max(0, bytes.length - 4 - integer(random, Math.min(400, bytes.length - 3)))
  changed.writeUInt32LE(at(extremes, integer(random, extremes.length)), place)
  return changed
}

const spoils: readonly Spoil[] = [
  bytesChanged,
  headerChanged,
  endChanged,
  (bytes, random) => bytes.subarray(0, integer(random, bytes.length)),
  (bytes, random) => {
    const [from, length] = [integer(random, bytes.length), integer(random, 200)]
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)])
  },
  (bytes, random) => {
    const [from, length] = [integer(random, bytes.length), 1 + integer(random, 500)]
    const piece = bytes.subarray(from, from + length)
    return Buffer.concat([
      bytes.subarray(0, from),
      ...Array.from({ length: 50 }, () => piece),
      bytes.subarray(from),
    ])
  },
  (bytes, random, other) => Buffer.concat([bytes.subarray(0, 4 + integer(random, 40)), other]),
  (bytes, random) => Buffer.from(bytes).fill(integer(random, 2) * 255, integer(random, bytes.length)),
]

/** The bytes spoilt in one of many ways; `other` is another sound file. */
export function spoilBytes(bytes: Buffer, random: Random, other: Buffer): Buffer {
  return at(spoils, integer(random, spoils.length))(bytes, random, other)
}
