/**
 * @file A TIFF file with only what its pixels need in its directory. A NUL in a description or tags out of order make
 * the strict decoder refuse a file of which every pixel is there; without them it can be as strict about the pixels as
 * it should.
 */
import { readTiffDirectory, readTiffValues, tiffTags, valueBytes, type TiffDirectory } from './tiff.ts'

// Everything that decides about pixels: geometry, colours, compression and where the data are.
const pixelTags: ReadonlySet<number> = new Set([
  256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 284, 290, 291, 292, 293, 317, 320, 322, 323, 324,
  325, 332, 334, 338, 339, 347, 512, 513, 514, 515, 519, 520, 521, 529, 530, 531, 532,
])

const short = 3
const long = 4

/** An entry of the new directory, its values written out in the file's own byte order. */
interface Entry {
  readonly tag: number
  readonly type: number
  readonly count: number
  readonly values: Buffer
}

/**
 * The file with a new directory at the end, which replaces the old one and is the only one. Undefined if this cannot be
 * done: BigTIFF, or a directory that is itself damaged.
 */
export async function tidyTiff(file: Buffer): Promise<Buffer | undefined> {
  const read = async (offset: number, length: number): Promise<Buffer> =>
    Promise.resolve(file.subarray(offset, offset + length))
  const directory = await readTiffDirectory(read).catch(() => undefined)
  if (directory === undefined || directory.big) return undefined
  const values = async (tag: number): Promise<number[]> => readTiffValues(read, directory, tag, 1 << 20)
  const entries = keptEntries(file, directory)
  const [photometric = 1] = await values(tiffTags.photometric)
  for (const made of [
    lengthsOfStrips(file.length, {
      offsets: await values(tiffTags.stripOffsets),
      width: (await values(tiffTags.width))[0] ?? 0,
      height: (await values(tiffTags.height))[0] ?? 0,
      rows: (await values(tiffTags.rowsPerStrip))[0],
      bits: await values(tiffTags.bitsPerSample),
      samples: (await values(tiffTags.samplesPerPixel))[0] ?? 1,
      isPlain: (await values(tiffTags.compression))[0] === 1,
      isPlanar: (await values(tiffTags.planarConfiguration))[0] === 2,
    }),
    undeclaredExtras(photometric, (await values(tiffTags.samplesPerPixel))[0] ?? 1, entries),
  ])
    if (made !== undefined) entries.set(made.tag, encode(made, directory.littleEndian))
  return withDirectory(file, directory.littleEndian, [...entries.values()])
}

/** The first entry of each tag that decides about pixels and is within the file. */
function keptEntries(file: Buffer, { entries }: TiffDirectory): Map<number, Entry> {
  const kept = new Map<number, Entry>()
  for (const { tag, type, count, offset } of entries) {
    const bytes = valueBytes({ type, count })
    if (!pixelTags.has(tag) || kept.has(tag) || bytes === null || bytes === 0) continue
    if (offset + bytes > file.length) continue
    const values = file.subarray(offset, offset + bytes)
    if (tag === tiffTags.orientation && !isOrientation(values)) continue
    kept.set(tag, { tag, type, count, values })
  }
  return kept
}

function isOrientation(values: Buffer): boolean {
  const value = Math.max(values[0] ?? 0, values[1] ?? 0)
  return value >= 1 && value <= 8
}

interface Strips {
  readonly offsets: readonly number[]
  readonly width: number
  readonly height: number
  readonly rows: number | undefined
  readonly bits: readonly number[]
  readonly samples: number
  readonly isPlain: boolean
  readonly isPlanar: boolean
}

interface Made {
  readonly tag: number
  readonly type: typeof short | typeof long
  readonly values: readonly number[]
}

/** What strips without compression must take: files omit the lengths, or give too much. Only if all of it is there. */
function lengthsOfStrips(fileBytes: number, strips: Strips): Made | undefined {
  const { offsets, width, height, bits, samples, isPlain, isPlanar } = strips
  if (!isPlain || isPlanar || offsets.length === 0 || width === 0) return undefined
  const rows = Math.min(height, strips.rows ?? height)
  if (rows === 0 || Math.ceil(height / rows) !== offsets.length) return undefined
  const rowBytes = Math.ceil((width * samples * (bits[0] ?? 1)) / 8)
  const values = offsets.map((_, index) => rowBytes * Math.min(rows, height - index * rows))
  const isThere = offsets.every((offset, index) => offset + (values[index] ?? 0) <= fileBytes)
  return isThere ? { tag: tiffTags.stripByteCounts, type: long, values } : undefined
}

/** Channels beyond the colours must be declared; if they are not, their meaning is unknown. */
function undeclaredExtras(
  photometric: number,
  samples: number,
  entries: ReadonlyMap<number, Entry>,
): Made | undefined {
  const colours = photometric === 5 ? 4 : photometric === 2 || photometric === 6 ? 3 : 1
  if (samples <= colours || samples > 64 || entries.has(tiffTags.extraSamples)) return undefined
  return {
    tag: tiffTags.extraSamples,
    type: short,
    values: Array.from({ length: samples - colours }, () => 0),
  }
}

function encode({ tag, type, values }: Made, littleEndian: boolean): Entry {
  const size = type === short ? 2 : 4
  const bytes = Buffer.alloc(values.length * size)
  for (const [index, value] of values.entries()) write(bytes, index * size, size, value, littleEndian)
  return { tag, type, count: values.length, values: bytes }
}

function write(bytes: Buffer, offset: number, size: number, value: number, littleEndian: boolean): void {
  if (littleEndian) bytes.writeUIntLE(value, offset, size)
  else bytes.writeUIntBE(value, offset, size)
}

function withDirectory(file: Buffer, littleEndian: boolean, entries: Entry[]): Buffer | undefined {
  const sorted = entries.sort((a, b) => a.tag - b.tag)
  // Offsets are even, as the specification asks for.
  const start = file.length + (file.length % 2)
  const table = Buffer.alloc(2 + 12 * sorted.length + 4)
  const far: Buffer[] = []
  let farOffset = start + table.length
  if (farOffset > 0xffff0000) return undefined
  write(table, 0, 2, sorted.length, littleEndian)
  for (const [index, { tag, type, count, values }] of sorted.entries()) {
    const at = 2 + 12 * index
    write(table, at, 2, tag, littleEndian)
    write(table, at + 2, 2, type, littleEndian)
    write(table, at + 4, 4, count, littleEndian)
    if (values.length <= 4) values.copy(table, at + 8)
    else {
      write(table, at + 8, 4, farOffset, littleEndian)
      const padding = Buffer.alloc(values.length % 2)
      far.push(values, padding)
      farOffset += values.length + padding.length
    }
  }
  const tidy = Buffer.concat([file, Buffer.alloc(start - file.length), table, ...far])
  write(tidy, 4, 4, start, littleEndian)
  return tidy
}
