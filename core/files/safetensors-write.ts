/** @file Writer of safetensors: atomic, one tensor in memory at a time beyond the parameters themselves. */
import type { FileHandle } from 'node:fs/promises'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { sizeOf } from '../tensor/shape.ts'
import type { FloatTensor } from '../tensor/tensor.ts'
import { writeAtomic } from './atomic.ts'
import { checksumPlace, checksumText, continueChecksum, noChecksum } from './checksum.ts'
import { encodeHalf } from './element-types.ts'
import type { TensorToWrite } from './tensor-file.ts'

export interface SafetensorsOptions {
  /** Element type of every tensor in the file. Default F32. */
  readonly type?: 'F32' | 'F16'
  /** Free text stored in the header. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Stores a checksum of the whole file in its header; see checksum.ts. */
  readonly checksum?: boolean
  /** Where the file before goes instead of being replaced. */
  readonly keepAs?: string
}

/** Writes named tensors in the given order. */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, FloatTensor>,
  options: SafetensorsOptions = {},
): Promise<void> {
  const list = [...tensors].map(([name, tensor]) => ({ name, shape: tensor.shape, load: () => tensor }))
  await writeSafetensorsLazily(path, list, options)
}

/** Writes tensors that are created one after the other, so that a converted model is never held in memory twice. */
export async function writeSafetensorsLazily(
  path: string,
  tensors: readonly TensorToWrite[],
  options: SafetensorsOptions = {},
): Promise<void> {
  const { type = 'F32', metadata = {}, checksum = false, keepAs } = options
  const first = checksum ? { checksum: noChecksum } : {}
  const header = encodeHeader(tensors, type, { ...first, format: 'pt', ...metadata })
  const write = async (file: FileHandle): Promise<void> => {
    let value = continueChecksum(header, 0)
    await writeFully(file, header)
    for (const tensor of tensors) {
      const bytes = encode(tensor, type)
      if (checksum) value = continueChecksum(bytes, value)
      await writeFully(file, bytes)
    }
    if (checksum) await file.write(checksumText(value), checksumPlace)
  }
  await writeAtomic(path, write, keepAs)
}

function encodeHeader(
  tensors: readonly TensorToWrite[],
  type: 'F32' | 'F16',
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: [string, unknown][] = [['__metadata__', metadata]]
  let position = 0
  for (const { name, shape } of tensors) {
    const end = position + sizeOf(shape) * (type === 'F32' ? 4 : 2)
    entries.push([name, { dtype: type, shape, data_offsets: [position, end] }])
    position = end
  }
  const text = JSON.stringify(Object.fromEntries(entries))
  // Spaces up to a multiple of 8, so that the data is aligned for readers that map the file.
  const padded = Buffer.from(text + ' '.repeat((8 - (Buffer.byteLength(text) % 8)) % 8))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(padded.byteLength))
  return Buffer.concat([length, padded])
}

function encode(tensor: TensorToWrite, type: 'F32' | 'F16'): Uint8Array {
  const { data } = tensor.load()
  if (type === 'F32') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const large = data.find((value) => Math.abs(value) >= 65520 && Number.isFinite(value))
  if (large !== undefined) {
    throw new AppError(
      'unsupported',
      say`Tensor “${tensor.name}” holds ${large}, which half precision cannot store (at most 65504). Write the file as float32.`,
      { tensor: tensor.name },
    )
  }
  return new Uint8Array(encodeHalf(data).buffer)
}

// One call writes less than 2 GiB.
const largestWrite = 2 ** 30

async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let done = 0
  while (done < bytes.byteLength) {
    const part = Math.min(bytes.byteLength - done, largestWrite)
    done += (await file.write(bytes, done, part)).bytesWritten
  }
}
