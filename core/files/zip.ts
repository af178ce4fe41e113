/** @file Reading zip archives by position: npz and PyTorch files are zips, and single entries are read on demand. */
import type { FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { callbackify } from 'node:util'
import { crc32 } from 'node:zlib'

import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { readAhead, readRange } from './positional.ts'
import { openRegularFile } from './regular-file.ts'
import { quoted } from './words.ts'

/** One file inside an archive. */
interface ZipEntry {
  readonly name: string
  /** Bytes when unpacked. */
  readonly size: number
  /** Whether the bytes are stored uncompressed, so that a part can be read. */
  readonly stored: boolean
}

/** An opened archive; `close` must be called. */
export interface Archive {
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** The first `length` bytes of an entry, unpacked. */
  readStart(name: string, length: number): Promise<Uint8Array<ArrayBuffer>>
  /** A whole entry, unpacked and checked against its checksum. */
  readAll(name: string): Promise<Uint8Array<ArrayBuffer>>
  /** A part of a stored entry, not checked against the checksum. */
  readPart(name: string, start: number, length: number): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

/**
 * Opens a zip archive and lists it.
 *
 * @throws AppError `invalid_input` when it is damaged, encrypted or lists a name twice
 */
export async function openZip(path: string): Promise<Archive> {
  const { handle: file, size } = await openRegularFile(path)
  try {
    const zip = await fromRandomAccessReaderPromise(new HandleReader(file, size, path), size, {
      autoClose: false,
    })
    return archive(path, file, zip, await listEntries(path, zip, size))
  } catch (error) {
    await file.close()
    throw asAppError(path, error)
  }
}

/** Reads through the handle that was checked to be a regular file. */
class HandleReader extends RandomAccessReader {
  private readonly file: FileHandle
  private readonly piece: (position: number, length: number) => Promise<Uint8Array>
  constructor(file: FileHandle, size: number, path: string) {
    super()
    this.file = file
    this.piece = readAhead(file, size, path)
  }
  // The list of entries is read in pieces of some bytes, one after the other.
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const copy = async (): Promise<void> => buffer.set(await this.piece(position, length), offset)
    callbackify(copy)(callback)
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(chunksOf(this.file, start, end), { objectMode: false })
  }
}

const chunkBytes = 1 << 16

async function* chunksOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer, void, void> {
  for (let position = start; position < end;) {
    const wanted = Math.min(chunkBytes, end - position)
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, position)
    // yauzl counts the bytes and says that some are missing.
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

// Weights and logs shrink to a third at best. An archive that unpacks to far more than that was made to fill memory.
const mostUnpacked = (packed: number): number => 32 * packed + 16e6
const mostEntries = 20_000

async function listEntries(path: string, zip: ZipFile, size: number): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let unpacked = 0
  if (zip.entryCount > mostEntries) throw broken(path, `it lists ${zip.entryCount} files`)
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize
    if (unpacked > mostUnpacked(size))
      throw broken(path, `its ${size} bytes would unpack to over ${unpacked}`)
    if (entries.has(entry.fileName)) throw broken(path, `it lists ${quoted(entry.fileName)} twice`)
    if (!entry.canDecodeFileData())
      throw broken(path, `${quoted(entry.fileName)} is encrypted or compressed in an unsupported way`)
    if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
  }
  return entries
}

function archive(path: string, file: FileHandle, zip: ZipFile, raw: ReadonlyMap<string, Entry>): Archive {
  const entryOf = (name: string): Entry => {
    const entry = raw.get(name)
    if (entry === undefined) throw broken(path, `${quoted(name)} is missing`)
    return entry
  }
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw asAppError(path, error)
    }
  }
  return {
    entries: new Map([...raw].map(([name, entry]) => [name, describe(entry)])),
    readStart: (name, length) => guarded(() => unpack(path, zip, entryOf(name), length)),
    readAll: (name) => guarded(() => readChecked(path, zip, entryOf(name))),
    readPart: (name, start, length) =>
      guarded(() => readStored(path, file, zip, entryOf(name), start, length)),
    close: () => file.close(),
  }
}

function describe(entry: Entry): ZipEntry {
  return { name: entry.fileName, size: entry.uncompressedSize, stored: entry.compressionMethod === 0 }
}

async function unpack(
  path: string,
  zip: ZipFile,
  entry: Entry,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Math.min(most, entry.uncompressedSize))
  let done = 0
  // Leaving the loop early ends the stream.
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    const part = (chunk as Buffer).subarray(0, bytes.byteLength - done)
    bytes.set(part, done)
    done += part.byteLength
    if (done === bytes.byteLength && done < entry.uncompressedSize) break
  }
  if (done < bytes.byteLength) throw broken(path, `${quoted(entry.fileName)} is cut off`)
  return bytes
}

async function readChecked(path: string, zip: ZipFile, entry: Entry): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await unpack(path, zip, entry, entry.uncompressedSize)
  if (crc32(bytes) !== entry.crc32) throw broken(path, `the checksum of ${quoted(entry.fileName)} is wrong`)
  return bytes
}

async function readStored(
  path: string,
  file: FileHandle,
  zip: ZipFile,
  entry: Entry,
  start: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.compressionMethod !== 0)
    throw broken(path, `${quoted(entry.fileName)} is compressed where it must not be`)
  if (start + length > entry.uncompressedSize) {
    throw broken(
      path,
      `${quoted(entry.fileName)} has ${entry.uncompressedSize} bytes, ${start + length} are needed`,
    )
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  return readRange(file, fileDataStart + start, length, `${quoted(entry.fileName)} in ${path}`)
}

function asAppError(path: string, error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  // System errors (no such file, not permitted) are reported as they are.
  if ('syscall' in error) return error
  return broken(path, error.message.replace(/\.$/, ''), error)
}

function broken(path: string, why: string, cause?: unknown): AppError {
  return new AppError(
    'invalid_input',
    say`${basename(path)} is damaged or incomplete: ${why}. Copy or download it again.`,
    { path },
    { cause },
  )
}
