/**
 * @file A checksum inside a file: CRC-32 of all its bytes, with those of the checksum itself taken as zeros. It shows
 * whether a file is what was written, which its form alone does not: a disk that lost power may return zeros where
 * weights were.
 */
import { crc32 } from 'node:zlib'

import { openRegularFile } from './regular-file.ts'

/** What comes before the checksum in a safetensors file, after the length of the header. */
const checksumPrefix = '{"__metadata__":{"checksum":"'
/** In place of the checksum while it is computed. */
export const noChecksum = '00000000'
/** Where the checksum is in a safetensors file, in bytes from its beginning. */
export const checksumPlace = 8 + checksumPrefix.length

/** The checksum of bytes that follow those whose checksum is `before`. */
export function continueChecksum(bytes: Uint8Array, before: number): number {
  return crc32(bytes, before)
}

/** A checksum as it is written. */
export function checksumText(value: number): string {
  return value.toString(16).padStart(noChecksum.length, '0')
}

// Large enough for speed, and in one piece for the beginning of the file.
const chunkBytes = 1 << 20

/** Whether a safetensors file is what was written: `none` for one that says nothing about it. */
export async function verifyChecksum(path: string): Promise<'right' | 'wrong' | 'none'> {
  let stated: string | null = null
  let value = 0
  const { handle } = await openRegularFile(path)
  for await (const chunk of handle.createReadStream({ highWaterMark: chunkBytes })) {
    const bytes = chunk as Buffer
    if (stated === null) {
      if (bytes.toString('latin1', 8, checksumPlace) !== checksumPrefix) return 'none'
      stated = bytes.toString('latin1', checksumPlace, checksumPlace + noChecksum.length)
      bytes.write(noChecksum, checksumPlace, 'latin1')
    }
    value = continueChecksum(bytes, value)
  }
  if (stated === null) return 'none'
  return stated === checksumText(value) ? 'right' : 'wrong'
}
