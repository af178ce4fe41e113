/** @file Builds Windows bitmaps of every kind from a small description, to test the reader with. */

export interface BmpDescription {
  readonly width: number
  /** Negative: rows from the top. */
  readonly height: number
  readonly bits: number
  readonly compression?: number
  /** Bytes of the information header: 12 (OS/2), 40, 108 (V4) or 124 (V5). */
  readonly headerSize?: number
  /** R, G, B triples. */
  readonly palette?: readonly (readonly [number, number, number])[]
  readonly masks?: readonly number[]
  /** Pixel data as in the file. */
  readonly data: readonly number[]
}

/** The bytes of a bitmap file. */
export function buildBmp(description: BmpDescription): Buffer {
  const { headerSize = 40, palette = [], masks = [], data } = description
  const masksOutside = headerSize === 40 ? masks.length * 4 : 0
  const entryBytes = headerSize === 12 ? 3 : 4
  const offset = 14 + headerSize + masksOutside + palette.length * entryBytes
  const bytes = Buffer.alloc(offset + data.length)
  bytes.write('BM', 'latin1')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(offset, 10)
  bytes.writeUInt32LE(headerSize, 14)
  writeSize(bytes, description, headerSize)
  for (const [index, mask] of masks.entries()) bytes.writeUInt32LE(mask, 54 + index * 4)
  for (const [index, [red, green, blue]] of palette.entries())
    bytes.set([blue, green, red], 14 + headerSize + masksOutside + index * entryBytes)
  bytes.set(data, offset)
  return bytes
}

function writeSize(
  bytes: Buffer,
  { width, height, bits, compression = 0 }: BmpDescription,
  headerSize: number,
): void {
  if (headerSize === 12) {
    bytes.writeUInt16LE(width, 18)
    bytes.writeInt16LE(height, 20)
    bytes.writeUInt16LE(1, 22)
    bytes.writeUInt16LE(bits, 24)
    return
  }
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(height, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(bits, 28)
  bytes.writeUInt32LE(compression, 30)
}
