/** @file Writer of safetensors: atomic, one tensor in memory at a time beyond the parameters themselves. */
import type { FileHandle } from 'node:fs/promises'

import { AppError } from '../errors.ts'
import { sizeOf } from '../tensor/shape.ts'
import type { FloatTensor } from '../tensor/tensor.ts'
import { writeAtomic } from './atomic.ts'
import { encodeHalf } from './element-types.ts'
import type { TensorToWrite } from './tensor-file.ts'

export interface SafetensorsOptions {
  /** Element type of every tensor in the file. Default F32. */
  readonly type?: 'F32' | 'F16'
  /** Free text stored in the header. */
  readonly metadata?: Readonly<Record<string, string>>
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
  const type = options.type ?? 'F32'
  const header = encodeHeader(tensors, type, options.metadata ?? {})
  await writeAtomic(path, async (file) => {
    await writeFully(file, header)
    for (const tensor of tensors) await writeFully(file, encode(tensor, type))
  })
}

function encodeHeader(
  tensors: readonly TensorToWrite[],
  type: 'F32' | 'F16',
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: [string, unknown][] = [['__metadata__', { format: 'pt', ...metadata }]]
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
      `Tensor “${tensor.name}” holds ${large}, which half precision cannot store (at most 65504). Write the file as float32.`,
      { tensor: tensor.name },
    )
  }
  return new Uint8Array(encodeHalf(data).buffer)
}

async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let done = 0
  while (done < bytes.byteLength) done += (await file.write(bytes, done)).bytesWritten
}
