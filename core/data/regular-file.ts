/** @file Reading parts of ordinary files; folders, pipes and devices are refused before they are opened. */
import { say } from '../sentence.ts'
import { stat } from 'node:fs/promises'

import { openRegularFile, readBytes } from '../files/regular-file.ts'
import { systemReason, unreadable } from './unreadable.ts'

/** `length` bytes from `offset`, fewer if the file ends before. */
export type ReadBytes = (offset: number, length: number) => Promise<Buffer>

/** What distinguishes one state of a file from another. */
export interface FileState {
  readonly bytes: number
  readonly modifiedMs: number
}

/**
 * Size and time of the last change of an ordinary file.
 *
 * @throws AppError `unsupported` with the reason why it is not one
 */
export async function statFile(path: string): Promise<FileState> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, systemReason(error), error)
  })
  if (!found.isFile())
    throw unreadable(path, found.isDirectory() ? say`A folder, not a file.` : say`Not a file.`)
  return { bytes: found.size, modifiedMs: found.mtimeMs }
}

/**
 * Whether a file is still in the state that is known of it. What was made of a file is kept under that state only if it
 * holds afterwards as well, so that nothing is ever kept under the name of another content.
 */
export async function isUnchanged(path: string, { bytes, modifiedMs }: FileState): Promise<boolean> {
  const now = await statFile(path).catch(() => null)
  return now !== null && now.bytes === bytes && now.modifiedMs === modifiedMs
}

/**
 * Opens an ordinary file for as long as `work` takes.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read, and what `work` throws
 */
export async function withReader<T>(path: string, work: (read: ReadBytes) => Promise<T>): Promise<T> {
  // Asked first, for its reason.
  await statFile(path)
  const { handle: file } = await openRegularFile(path).catch((error: unknown) => {
    throw unreadable(path, systemReason(error), error)
  })
  try {
    return await work(async (offset, length) => {
      const wanted = Buffer.alloc(length)
      const { bytesRead } = await file.read(wanted, 0, length, offset).catch((error: unknown) => {
        throw unreadable(path, systemReason(error), error)
      })
      return wanted.subarray(0, bytesRead)
    })
  } finally {
    await file.close()
  }
}

/**
 * The whole content of an ordinary file of at most `most` bytes.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function readWhole(path: string, most: number): Promise<Buffer> {
  const { bytes } = await statFile(path)
  if (bytes > most) {
    throw unreadable(
      path,
      say`The file is too large: ${megabytes(bytes)} MB, the limit for its kind is ${megabytes(most)} MB.`,
    )
  }
  return readBytes(path, most).catch((error: unknown) => {
    throw unreadable(path, systemReason(error), error)
  })
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
