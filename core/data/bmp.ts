/**
 * @file Windows bitmaps, which sharp cannot read: 1, 4, 8, 16, 24 and 32 bits per pixel, palettes, bit fields, run lengths.
 * @see https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
 */
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import type { RawPixels } from './raw-pixels.ts'

interface BmpHeader {
  readonly width: number
  readonly height: number
  readonly topDown: boolean
  readonly bits: number
  readonly compression: number
  readonly pixelOffset: number
  /** Bit masks of R, G, B, alpha; 0 where there is no alpha. */
  readonly masks: readonly number[]
  /** R, G, B triples. */
  readonly palette: Uint8Array
}

const rgb = 0
const rle8 = 1
const rle4 = 2
const bitFields = 3
const alphaBitFields = 6

/**
 * Width and height as the header gives them.
 *
 * @throws AppError `unsupported` with the reason as its sentence
 */
export function readBmpSize(bytes: Uint8Array): { width: number; height: number } {
  const { width, height } = readHeader(viewOf(bytes))
  return { width, height }
}

/**
 * Decodes a whole bitmap.
 *
 * @throws AppError `unsupported` with the reason as its sentence: damaged, cut off, or of an unsupported kind
 */
export function readBmp(bytes: Uint8Array): RawPixels {
  const view = viewOf(bytes)
  const header = readHeader(view)
  const isRunLength = header.compression === rle8 || header.compression === rle4
  const rows = isRunLength ? unpackRuns(view, header) : viewRows(view, header)
  return header.bits <= 8 ? readIndexed(rows, header) : readDirect(rows, header)
}

function bad(reason: Sentence): AppError {
  return new AppError('unsupported', reason)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function readHeader(view: DataView): BmpHeader {
  const size = view.byteLength < 26 ? 0 : view.getUint32(14, true)
  if (size < 12 || 14 + size > view.byteLength)
    throw bad(say`The image is cut off: its header is incomplete.`)
  const isCore = size < 40
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true)
  const signedHeight = isCore ? view.getInt16(20, true) : view.getInt32(22, true)
  const bits = view.getUint16(isCore ? 24 : 28, true)
  const compression = isCore ? rgb : view.getUint32(30, true)
  if (width <= 0 || signedHeight === 0)
    throw bad(say`The image has no pixels: its size is ${width} × ${signedHeight}.`)
  requireKnownKind(bits, compression)
  const masksEnd =
    54 + (size === 40 && compression === bitFields ? 12 : 0) + (compression === alphaBitFields ? 16 : 0)
  const paletteStart = Math.max(14 + size, size === 40 ? masksEnd : 0)
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    compression,
    pixelOffset: view.getUint32(10, true),
    masks: readMasks(view, size, bits, compression),
    palette: bits <= 8 ? readPalette(view, paletteStart, bits, isCore ? 3 : 4) : new Uint8Array(),
  }
}

function requireKnownKind(bits: number, compression: number): void {
  const kinds: Readonly<Record<number, readonly number[]>> = {
    [rgb]: [1, 4, 8, 16, 24, 32],
    [rle8]: [8],
    [rle4]: [4],
    [bitFields]: [16, 32],
    [alphaBitFields]: [16, 32],
  }
  if (kinds[compression]?.includes(bits) !== true)
    throw bad(
      say`A bitmap of a kind that cannot be read (${bits} bits, compression ${compression}). Save it as PNG.`,
    )
}

function readMasks(view: DataView, size: number, bits: number, compression: number): number[] {
  if (compression !== bitFields && compression !== alphaBitFields)
    return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0]
  const hasAlpha = compression === alphaBitFields || size >= 56
  if (view.byteLength < (hasAlpha ? 70 : 66)) throw bad(say`The image is cut off: its header is incomplete.`)
  return [54, 58, 62, 66].map((offset) => (offset === 66 && !hasAlpha ? 0 : view.getUint32(offset, true)))
}

// As many entries as fit before the pixels: files lie about the count, and indices beyond the table are black.
function readPalette(view: DataView, start: number, bits: number, entryBytes: number): Uint8Array {
  const end = Math.min(view.getUint32(10, true), view.byteLength)
  const palette = new Uint8Array(3 << bits)
  for (let entry = 0; entry < 1 << bits; entry++) {
    const offset = start + entry * entryBytes
    if (offset + 3 > end) break
    for (let channel = 0; channel < 3; channel++)
      palette[entry * 3 + channel] = view.getUint8(offset + 2 - channel)
  }
  return palette
}

/** Rows of packed pixels in file order: row r starts at r·stride. */
interface Rows {
  readonly view: DataView
  readonly stride: number
}

function viewRows(view: DataView, { width, height, bits, pixelOffset }: BmpHeader): Rows {
  const stride = Math.ceil((width * bits) / 32) * 4
  // The padding of the last row is often left out.
  const needed = stride * (height - 1) + Math.ceil((width * bits) / 8)
  if (pixelOffset + needed > view.byteLength)
    throw bad(say`The image is cut off: only ${view.byteLength} of ${pixelOffset + needed} bytes are there.`)
  return { view: new DataView(view.buffer, view.byteOffset + pixelOffset, needed), stride }
}

function rowStart({ topDown, height }: BmpHeader, row: number, stride: number): number {
  return (topDown ? row : height - 1 - row) * stride
}

function readIndexed({ view, stride }: Rows, header: BmpHeader): RawPixels {
  const { width, height, palette } = header
  const bits = header.compression === rgb ? header.bits : 8
  const mask = (1 << bits) - 1
  const data = new Uint8Array(width * height * 3)
  let out = 0
  for (let row = 0; row < height; row++) {
    const start = rowStart(header, row, stride)
    for (let column = 0; column < width; column++) {
      const bit = column * bits
      const index = (view.getUint8(start + (bit >> 3)) >> (8 - bits - (bit & 7))) & mask
      data[out++] = palette[index * 3] ?? 0
      data[out++] = palette[index * 3 + 1] ?? 0
      data[out++] = palette[index * 3 + 2] ?? 0
    }
  }
  return { width, height, channels: 3, data }
}

function readDirect({ view, stride }: Rows, header: BmpHeader): RawPixels {
  const { width, height, bits, masks } = header
  const alpha = at(masks, 3) !== 0
  const channels = alpha ? 4 : 3
  const bytes = bits / 8
  const fields = masks.slice(0, channels).map(fieldOf)
  const data = new Uint8Array(width * height * channels)
  let out = 0
  for (let row = 0; row < height; row++) {
    let offset = rowStart(header, row, stride)
    for (let column = 0; column < width; column++, offset += bytes) {
      const pixel = readPixel(view, offset, bytes)
      for (const { shift, largest } of fields) data[out++] = widen((pixel >>> shift) & largest, largest)
    }
  }
  return { width, height, ...withoutEmptyAlpha(data, channels) }
}

function widen(value: number, largest: number): number {
  if (largest === 255 || largest === 0) return value
  return Math.round((value * 255) / largest)
}

function readPixel(view: DataView, offset: number, bytes: number): number {
  if (bytes === 4) return view.getUint32(offset, true)
  const low = view.getUint16(offset, true)
  return bytes === 2 ? low : low | (view.getUint8(offset + 2) << 16)
}

function fieldOf(mask: number): { shift: number; largest: number } {
  if (mask === 0) return { shift: 0, largest: 0 }
  const shift = 31 - Math.clz32(mask & -mask)
  return { shift, largest: mask >>> shift }
}

// Many programs declare an alpha channel and leave it at zero: an image that is transparent everywhere is meant opaque.
function withoutEmptyAlpha(
  data: Uint8Array<ArrayBuffer>,
  channels: 3 | 4,
): Pick<RawPixels, 'channels' | 'data'> {
  if (channels === 3) return { channels, data }
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) return { channels, data }
  for (let index = 3; index < data.length; index += 4) data[index] = 255
  return { channels, data }
}

/** Run lengths to one index byte per pixel. A zero byte starts an escape: end of row, end of image, jump, or literal pixels. */
function unpackRuns(view: DataView, header: BmpHeader): Rows {
  const { width, height, pixelOffset } = header
  const nibbles = header.compression === rle4
  // Asked before memory is taken: two bytes hold at most 255 pixels.
  if (width * height > 255 * Math.max(0, view.byteLength - pixelOffset))
    throw bad(say`The image is cut off: its pixel data are far too short for its size.`)
  const out = new Uint8Array(width * height)
  let offset = pixelOffset
  let row = 0
  let column = 0
  const next = (): number => {
    if (offset >= view.byteLength) throw bad(say`The image is cut off: its pixel data end too early.`)
    return view.getUint8(offset++)
  }
  const put = (value: number): void => {
    if (row < height && column < width) out[row * width + column] = value
    column++
  }
  const putPair = (pair: number, index: number): void => {
    put(nibbles ? (pair >> (index % 2 === 0 ? 4 : 0)) & 15 : pair)
  }
  while (row < height) {
    const count = next()
    const value = next()
    // What a run has beyond its row is passed over at once: a file may hold millions of such runs.
    const inRow = Math.min(count, width - column)
    if (count > 0) for (let index = 0; index < inRow; index++) putPair(value, index)
    else if (value === 0) [row, column] = [row + 1, 0]
    else if (value === 1) break
    else if (value === 2) [column, row] = [column + next(), row + next()]
    else {
      let byte = 0
      for (let index = 0; index < value; index++) {
        if (!nibbles || index % 2 === 0) byte = next()
        putPair(byte, index)
      }
      // Literal pixels are padded to an even number of bytes.
      const used = nibbles ? Math.ceil(value / 2) : value
      if (used % 2 === 1) next()
    }
  }
  return { view: viewOf(out), stride: width }
}
