/** @file Writer of npz: stored, never compressed, and byte for byte the same for the same values. */
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'

import { ZipFile } from 'yazl'

import { sizeOf } from '../tensor/shape.ts'
import { writeAtomic } from './atomic.ts'
import { encodeNpyHeader } from './npy.ts'
import type { TensorToWrite } from './tensor-file.ts'

// The earliest time a zip can store. Local time, because zip stores the wall clock.
const fixedTime = new Date(1980, 0, 1)

/** Writes float32 arrays in the given order, atomically, one in memory at a time. */
export async function writeNpz(path: string, tensors: readonly TensorToWrite[]): Promise<void> {
  await writeAtomic(path, async (file) => {
    const zip = new ZipFile()
    // yazl's types promise less than it delivers.
    const bytes = zip.outputStream as Readable
    zip.on('error', (error: Error) => bytes.destroy(error))
    for (const tensor of tensors) addArray(zip, tensor)
    zip.end()
    await writeFile(file, bytes)
  })
}

function addArray(zip: ZipFile, tensor: TensorToWrite): void {
  const header = encodeNpyHeader(tensor.shape)
  const size = header.byteLength + sizeOf(tensor.shape) * 4
  const options = { mtime: fixedTime, forceDosTimestamp: true, compress: false, size }
  zip.addReadStreamLazy(`${tensor.name}.npy`, options, (give) => {
    try {
      const { data } = tensor.load()
      give(undefined, Readable.from([header, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]))
    } catch (error) {
      give(error, Readable.from([]))
    }
  })
}
