/** @file Writer of npz: stored, never compressed, and byte for byte the same for the same values. */
import { Readable } from 'node:stream'

import { ZipFile } from 'yazl'

import { sizeOf } from '../tensor/shape.ts'
import { writeAtomic } from './atomic.ts'
import { encodeNpyHeader } from './npy.ts'
import type { TensorToWrite } from './safetensors-write.ts'

// The first moment a zip can name. Local time, because zip stores the wall clock.
const fixedTime = new Date(1980, 0, 1)

/** Writes float32 arrays in the given order, atomically, one in memory at a time. */
export async function writeNpz(path: string, tensors: readonly TensorToWrite[]): Promise<void> {
  const zip = new ZipFile()
  for (const tensor of tensors) addArray(zip, tensor)
  zip.end()
  await writeAtomic(path, (file) => file.writeFile(zip.outputStream))
}

function addArray(zip: ZipFile, tensor: TensorToWrite): void {
  const header = encodeNpyHeader(tensor.shape)
  const options = {
    mtime: fixedTime,
    forceDosTimestamp: true,
    compress: false,
    size: header.byteLength + sizeOf(tensor.shape) * 4,
  }
  zip.addReadStreamLazy(`${tensor.name}.npy`, options, (give) => {
    const { data } = tensor.load()
    give(undefined, Readable.from([header, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]))
  })
}
