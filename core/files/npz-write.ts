/** @file Writer of npz: stored, never compressed, and byte for byte the same for the same values. */
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { ZipFile } from 'yazl'

import { sizeOf } from '../tensor/shape.ts'
import { writeAtomic } from './atomic.ts'
import { encodeNpyHeader } from './npy.ts'
import type { TensorToWrite } from './tensor-file.ts'

// The first moment a zip can name. Local time, because zip stores the wall clock.
const fixedTime = new Date(1980, 0, 1)

/** Writes float32 arrays in the given order, atomically, one in memory at a time. */
export async function writeNpz(path: string, tensors: readonly TensorToWrite[]): Promise<void> {
  await writeAtomic(path, async (file) => {
    const zip = new ZipFile()
    const bytes = zip.outputStream.pipe(new PassThrough())
    zip.on('error', (error: Error) => bytes.destroy(error))
    for (const tensor of tensors) addArray(zip, tensor)
    zip.end()
    await pipeline(bytes, file.createWriteStream({ autoClose: false }))
  })
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
    give(undefined, Readable.from(chunks(header, tensor)))
  })
}

// A generator, so that a failing `load` ends the stream with its error.
function* chunks(header: Uint8Array, tensor: TensorToWrite): Generator<Uint8Array> {
  yield header
  const { data } = tensor.load()
  yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
