/**
 * @file Portable anymaps (PBM, PGM, PPM), which sharp cannot read: bits, grey and RGB, as text or as bytes, up to 16 bits.
 * @see https://netpbm.sourceforge.net/doc/pnm.html
 */
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import type { RawPixels } from './raw-pixels.ts'

interface PnmHeader {
  readonly width: number
  readonly height: number
  /** 1 bit, 2 grey, 3 RGB. */
  readonly kind: 1 | 2 | 3
  /** Numbers written out, instead of bytes. */
  readonly isText: boolean
  /** The value that is white. */
  readonly most: number
  /** Where the pixels begin. */
  readonly offset: number
}

/**
 * Width and height as the header gives them.
 *
 * @throws AppError `unsupported` with a sentence as its message
 */
export function readPnmSize(bytes: Uint8Array): { width: number; height: number } {
  const { width, height } = readHeader(bytes)
  return { width, height }
}

/**
 * Decodes the first image of a file; values are spread over 0 to 255 as Pillow does.
 *
 * @throws AppError `unsupported` with a sentence as its message
 */
export function readPnm(bytes: Uint8Array): RawPixels {
  const header = readHeader(bytes)
  const { width, height, kind, isText, most } = header
  const values = width * height * (kind === 3 ? 3 : 1)
  // Checked before memory is allocated: the least that this many values can take.
  const least = isText ? values : kind === 1 ? Math.ceil(width / 8) * height : values * (most > 255 ? 2 : 1)
  if (bytes.length - header.offset < least)
    throw bad(say`The image is cut off: ${bytes.length - header.offset} bytes of ${least} are there.`)
  if (kind === 3 && !isText && most === 255)
    return {
      width,
      height,
      channels: 3,
      data: Uint8Array.from(bytes.subarray(header.offset, header.offset + values)),
    }
  const read = isText ? textReader(bytes, header) : byteReader(bytes, header)
  const data = new Uint8Array(width * height * 3)
  const levels = levelsOf(kind === 1 ? 1 : most)
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const isNew = channel === 0 || kind === 3
      data[3 * pixel + channel] = isNew ? at(levels, Math.min(most, read(pixel))) : at(data, 3 * pixel)
    }
  }
  return { width, height, channels: 3, data }
}

function bad(reason: Sentence): AppError {
  return new AppError('unsupported', reason)
}

/** What each value is among 256 levels. */
function levelsOf(most: number): Uint8Array {
  return Uint8Array.from({ length: most + 1 }, (_, value) => Math.round((value * 255) / most))
}

function readHeader(bytes: Uint8Array): PnmHeader {
  const variant = at(bytes, 1) - 0x30
  const kind = (((variant - 1) % 3) + 1) as PnmHeader['kind']
  const cursor = { offset: 2 }
  const width = nextNumber(bytes, cursor)
  const height = nextNumber(bytes, cursor)
  const most = kind === 1 ? 1 : nextNumber(bytes, cursor)
  if (width === 0 || height === 0) throw bad(say`The image has no pixels: its size is ${width} × ${height}.`)
  if (most < 1 || most > 65_535) throw bad(say`The image is damaged: its largest value is given as ${most}.`)
  // A single white space character follows the last number.
  return { width, height, kind, isText: variant <= 3, most, offset: cursor.offset + 1 }
}

interface Cursor {
  offset: number
}

const hash = 0x23
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** The next number of the header; comments reach from # to the end of their line. */
function nextNumber(bytes: Uint8Array, cursor: Cursor): number {
  for (;;) {
    const byte = bytes[cursor.offset]
    if (byte === undefined) throw bad(say`The image is cut off: its header is incomplete.`)
    if (byte === hash) {
      while (cursor.offset < bytes.length && !isLineEnd(bytes[cursor.offset])) cursor.offset++
    } else if (isSpace(byte)) cursor.offset++
    else return digits(bytes, cursor)
  }
}

function digits(bytes: Uint8Array, cursor: Cursor): number {
  let value = 0
  const start = cursor.offset
  for (let byte = bytes[start]; isDigit(byte); byte = bytes[++cursor.offset])
    value = 10 * value + (byte - 0x30)
  if (cursor.offset === start || cursor.offset - start > 10)
    throw bad(say`The image is damaged: there is no number where one is expected.`)
  return value
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === lineFeed || byte === carriageReturn
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

/** Returns one value after the other; for bits, 1 is black, which counts as 0 here. */
type ReadValue = (pixel: number) => number

function textReader(bytes: Uint8Array, { kind, offset }: PnmHeader): ReadValue {
  const cursor = { offset }
  if (kind > 1) return () => nextNumber(bytes, cursor)
  // Bits need no space between them.
  return () => {
    while (cursor.offset < bytes.length && isSpace(at(bytes, cursor.offset))) cursor.offset++
    const byte = bytes[cursor.offset++]
    if (byte !== 0x30 && byte !== 0x31) throw bad(say`The image is cut off or damaged: a bit is missing.`)
    return 0x31 - byte
  }
}

function byteReader(bytes: Uint8Array, { kind, offset, width, most }: PnmHeader): ReadValue {
  if (kind === 1) {
    const stride = Math.ceil(width / 8)
    return (pixel) => {
      const [row, column] = [Math.floor(pixel / width), pixel % width]
      return 1 - ((at(bytes, offset + row * stride + (column >> 3)) >> (7 - (column & 7))) & 1)
    }
  }
  let next = offset
  if (most < 256) return () => at(bytes, next++)
  return () => {
    next += 2
    return at(bytes, next - 2) * 256 + at(bytes, next - 1)
  }
}
