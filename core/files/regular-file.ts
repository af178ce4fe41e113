/**
 * @file Opening files that a stranger may have put there. A named pipe would block one of the four threads that do all
 * file work until someone writes to it, and a device never ends: only regular files are opened, and small ones read
 * whole.
 */
import { constants } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/** A file that is open for reading, and its size in bytes; the caller must close it. */
export interface RegularFile {
  readonly handle: FileHandle
  readonly size: number
}

// Windows has no such flag, and no named pipes among its files.
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Opens a regular file, or what a link to one leads to.
 *
 * @throws AppError `invalid_input` for anything else, a system error where it cannot be opened
 */
export async function openRegularFile(path: string): Promise<RegularFile> {
  // Asked before, because merely opening a device may do something, and again afterwards, because the name may point
  // elsewhere by then.
  requireRegular(path, await stat(path))
  const handle = await open(path, withoutWaiting)
  try {
    const info = await handle.stat()
    requireRegular(path, info)
    return { handle, size: info.size }
  } catch (error) {
    await handle.close()
    throw error
  }
}

type Stats = Awaited<ReturnType<typeof stat>>

function requireRegular(path: string, info: Stats): void {
  if (info.isFile()) return
  const what = info.isDirectory() ? 'a folder' : 'a pipe, a socket or a device'
  throw new AppError('invalid_input', say`${path} is ${what}, but a file was expected.`, { path })
}

/** Bytes of a regular file, or of what a link to one leads to; null where there is none. */
export async function fileSize(path: string): Promise<number | null> {
  return stat(path).then(
    (info) => (info.isFile() ? info.size : null),
    () => null,
  )
}

/** The text of a small file, read as UTF-8. @throws as `readBytes` does */
export async function readTextFile(path: string, largest: number): Promise<string> {
  return (await readBytes(path, largest)).toString('utf8')
}

/**
 * All that a file holds.
 *
 * @throws AppError `invalid_input` if it has more bytes than `largest` or is not a regular file, else a system error
 */
export async function readBytes(path: string, largest: number): Promise<Buffer<ArrayBuffer>> {
  const { handle, size } = await openRegularFile(path)
  try {
    if (size > largest) throw tooLarge(path, size, largest)
    const bytes = Buffer.alloc(size)
    let filled = 0
    while (filled < size) {
      const { bytesRead } = await handle.read(bytes, filled, size - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } finally {
    await handle.close()
  }
}

function tooLarge(path: string, size: number, largest: number): AppError {
  return new AppError(
    'invalid_input',
    say`${path} has ${megabytes(size)} MB, more than such a file ever has (${megabytes(largest)} MB). It is another file, or damaged.`,
    { path },
  )
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)
}
