/** @file Reading a range of a file, so that no file is ever held in memory as a whole. */
import type { FileHandle } from 'node:fs/promises'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

// One read call takes less than 2 GiB; larger ranges are read in several.
const largestRead = 2 ** 30

/**
 * `length` bytes from `position`.
 *
 * @param what names the thing being read, for the error
 * @throws AppError `invalid_input` if the file ends before that
 */
export async function readRange(
  file: FileHandle,
  position: number,
  length: number,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, Math.min(length - done, largestRead), position + done)
    if (bytesRead === 0) throw truncated(what, length, done)
    done += bytesRead
  }
  return bytes
}

const blockBytes = 1 << 16

/**
 * Reads small pieces that follow each other, such as the entries of a list, from one block of the file after the other.
 * What it gives is part of such a block, and must not be changed.
 *
 * @throws AppError as `readRange` does
 */
export function readAhead(
  file: FileHandle,
  size: number,
  what: string,
): (position: number, length: number) => Promise<Uint8Array> {
  let start = 0
  let block = new Uint8Array()
  return async (position, length) => {
    const inBlock = position - start
    if (inBlock >= 0 && inBlock + length <= block.length) return block.subarray(inBlock, inBlock + length)
    if (length > blockBytes) return readRange(file, position, length, what)
    block = await readRange(file, position, Math.max(length, Math.min(blockBytes, size - position)), what)
    start = position
    return block.subarray(0, length)
  }
}

function truncated(what: string, expected: number, found: number): AppError {
  return new AppError(
    'invalid_input',
    say`${what} should be ${expected} bytes long, but the file ends after ${found} of them. It is incomplete: copy or download it again.`,
  )
}
