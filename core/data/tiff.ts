/**
 * @file What a TIFF file says about its first image, read from its directory of tags: how many channels there are, what
 * they mean, how the pixels are stored. The pixels themselves are the decoder's work.
 * @see https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf
 */
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import type { ReadBytes } from './regular-file.ts'

/** Tags by their names in the specification. */
export const tiffTags = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  tileWidth: 322,
  tileLength: 323,
  extraSamples: 338,
} as const

/** An entry of the directory as it is in the file. */
export interface TiffEntry {
  readonly tag: number
  readonly type: number
  readonly count: number
  /** Where the values are: in the entry itself if they fit. */
  readonly offset: number
}

/** The directory of an image. */
export interface TiffDirectory {
  readonly littleEndian: boolean
  /** BigTIFF has offsets of 8 bytes instead of 4. */
  readonly big: boolean
  readonly entries: readonly TiffEntry[]
  /** Where the next image's directory is; 0 after the last. */
  readonly next: number
}

const bytesOfType: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
}

// Real files have some dozens; a damaged count must not have millions of entries read.
const mostEntries = 4096

/** Bytes that the values of an entry take; null if the type is not in the specification. */
export function valueBytes({ type, count }: Pick<TiffEntry, 'type' | 'count'>): number | null {
  const size = bytesOfType[type]
  return size === undefined ? null : size * count
}

/**
 * The directory of the first image.
 *
 * @throws AppError `unsupported` with a sentence as its message
 */
export async function readTiffDirectory(read: ReadBytes): Promise<TiffDirectory> {
  const head = await read(0, 16)
  if (head.length < 8) throw cutOff()
  const littleEndian = head.toString('latin1', 0, 2) === 'II'
  const big = readNumber(head, 2, 2, littleEndian) === 43
  if (big && head.length < 16) throw cutOff()
  const offset = big ? readNumber(head, 8, 8, littleEndian) : readNumber(head, 4, 4, littleEndian)
  return readDirectoryAt(read, offset, littleEndian, big)
}

async function readDirectoryAt(
  read: ReadBytes,
  offset: number,
  littleEndian: boolean,
  big: boolean,
): Promise<TiffDirectory> {
  const [countBytes, entryBytes, offsetBytes] = big ? [8, 20, 8] : [2, 12, 4]
  const start = await read(offset, countBytes)
  if (start.length < countBytes) throw cutOff()
  const count = readNumber(start, 0, countBytes, littleEndian)
  if (count > mostEntries) throw damaged(say`its directory claims ${count} tags`)
  const table = await read(offset + countBytes, count * entryBytes + offsetBytes)
  if (table.length < count * entryBytes) throw cutOff()
  const entries = Array.from({ length: count }, (_, index): TiffEntry => {
    const at = index * entryBytes
    const entry = {
      tag: readNumber(table, at, 2, littleEndian),
      type: readNumber(table, at + 2, 2, littleEndian),
      count: readNumber(table, at + 4, offsetBytes, littleEndian),
    }
    const inside = at + 4 + offsetBytes
    const fits = (valueBytes(entry) ?? 0) <= offsetBytes
    return {
      ...entry,
      offset: fits ? offset + countBytes + inside : readNumber(table, inside, offsetBytes, littleEndian),
    }
  })
  const end = count * entryBytes
  const next = table.length < end + offsetBytes ? 0 : readNumber(table, end, offsetBytes, littleEndian)
  return { littleEndian, big, entries, next }
}

/** Unsigned; inexact beyond 2⁵³, which no file can mean. */
function readNumber(bytes: Buffer, offset: number, size: number, littleEndian: boolean): number {
  if (size === 8) return Number(littleEndian ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset))
  return littleEndian ? bytes.readUIntLE(offset, size) : bytes.readUIntBE(offset, size)
}

/** The first `most` values of a tag of whole numbers; empty if it is absent, of another type or out of reach. */
export async function readTiffValues(
  read: ReadBytes,
  directory: TiffDirectory,
  tag: number,
  most = 16,
): Promise<number[]> {
  const entry = directory.entries.find((one) => one.tag === tag)
  const size = entry === undefined ? undefined : { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8 }[entry.type]
  if (entry === undefined || size === undefined) return []
  const count = Math.min(entry.count, most)
  const bytes = await read(entry.offset, count * size)
  if (bytes.length < count * size) return []
  return Array.from({ length: count }, (_, index) =>
    readNumber(bytes, index * size, size, directory.littleEndian),
  )
}

/** What has to be known before an image is decoded. */
export interface TiffImage {
  /** 0 and 1 grey, 2 RGB, 3 palette, 5 inks, 6 YCbCr, 8 to 10 Lab. */
  readonly photometric: number
  readonly bitsPerSample: number
  /** Channels that are colours. */
  readonly colours: number
  /** Meaning of each further channel: 1 and 2 are opacity, 0 is unspecified. */
  readonly extras: readonly number[]
  /** Largest part, in pixels, that has to be decoded at once. */
  readonly partPixels: number
  /** Images in the file, reduced copies of others not counted. */
  readonly pages: number
}

/**
 * What the file says about its first image.
 *
 * @throws AppError `unsupported` with a sentence as its message
 */
export async function describeTiff(read: ReadBytes): Promise<TiffImage> {
  const directory = await readTiffDirectory(read)
  const first = async (tag: number, otherwise: number): Promise<number> =>
    (await readTiffValues(read, directory, tag, 1))[0] ?? otherwise
  const photometric = await first(tiffTags.photometric, 1)
  const samples = await first(tiffTags.samplesPerPixel, 1)
  const colours = Math.min(samples, coloursOf(photometric))
  const declared = await readTiffValues(read, directory, tiffTags.extraSamples)
  const width = await first(tiffTags.width, 0)
  const height = await first(tiffTags.height, 0)
  const [tileWidth, tileLength] = [await first(tiffTags.tileWidth, 0), await first(tiffTags.tileLength, 0)]
  const rows = Math.min(height, await first(tiffTags.rowsPerStrip, height))
  return {
    photometric,
    bitsPerSample: await first(tiffTags.bitsPerSample, 1),
    colours,
    extras: Array.from({ length: Math.min(samples - colours, 16) }, (_, index) => declared[index] ?? 0),
    partPixels: tileWidth > 0 ? tileWidth * tileLength : width * rows,
    pages: await countPages(read, directory),
  }
}

function coloursOf(photometric: number): number {
  if (photometric === 5) return 4
  return photometric === 2 || photometric === 6 || (photometric >= 8 && photometric <= 10) ? 3 : 1
}

// Enough to tell one from many; a chain of directories may be circular.
const mostPages = 1000

async function countPages(read: ReadBytes, first: TiffDirectory): Promise<number> {
  let pages = 1
  const seen = new Set<number>()
  for (let { next } = first; next !== 0 && !seen.has(next) && seen.size < mostPages;) {
    seen.add(next)
    const directory = await readDirectoryAt(read, next, first.littleEndian, first.big).catch(() => null)
    if (directory === null) break
    const [kind = 0] = await readTiffValues(read, directory, tiffTags.subfileType, 1)
    const isReduced = (kind & 1) === 1
    if (!isReduced) pages++
    next = directory.next
  }
  return pages
}

function cutOff(): AppError {
  return damaged(say`a part of its data is missing`)
}

function damaged(why: Sentence): AppError {
  return new AppError('unsupported', say`The image is cut off or damaged: ${why}.`)
}
