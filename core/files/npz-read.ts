/** @file Reader of npz: a zip of .npy arrays, as NumPy and JAX code save them. */
import { basename } from 'node:path'

import { AppError, invariant } from '../errors.ts'
import { say } from '../sentence.ts'
import { showShape, sizeOf } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { bytesPerElement, decodeFloats } from './element-types.ts'
import { npyFloatTypes, npyHeaderBytes, parseNpyHeader, type NpyHeader } from './npy.ts'
import { columnMajorStrides, gather } from './strided.ts'
import { requireFewTensors, type StoredTensor, type TensorFile } from './tensor-file.ts'
import { quoted } from './words.ts'
import { openZip, type Archive } from './zip.ts'

/**
 * Opens an npz file. float32, float16, float64 and bfloat16 (stored as `V2`) arrays in either memory order can
 * be read; other types are listed and refused on reading.
 *
 * @throws AppError `invalid_input` when it is damaged, `unsupported` for arrays of Python objects
 */
export async function openNpz(path: string): Promise<TensorFile> {
  const archive = await openZip(path)
  try {
    const tensors = await readHeaders(path, archive)
    return {
      path,
      tensors,
      notes: [],
      read: (name) => readArray(path, archive, name, tensors.get(name)),
      close: () => archive.close(),
    }
  } catch (error) {
    await archive.close()
    throw error
  }
}

type StoredArray = NpyHeader & StoredTensor

async function readHeaders(path: string, archive: Archive): Promise<Map<string, StoredArray>> {
  const headers = new Map<string, StoredArray>()
  requireFewTensors(path, archive.entries.size)
  for (const entry of archive.entries.values()) {
    if (!entry.name.endsWith('.npy')) continue
    const name = entry.name.slice(0, -'.npy'.length)
    const header = parseNpyHeader(await archive.readStart(entry.name, npyHeaderBytes), label(path, name))
    checkSize(path, name, header, entry.size)
    headers.set(name, { ...header, isReadable: npyFloatTypes.has(header.type) })
  }
  return headers
}

function checkSize(path: string, name: string, header: NpyHeader, size: number): void {
  const type = npyFloatTypes.get(header.type)
  const bytes = type === undefined ? 1 : bytesPerElement[type]
  const needed = header.dataStart + sizeOf(header.shape) * bytes
  if (type === undefined ? needed > size : needed !== size) {
    throw new AppError(
      'invalid_input',
      say`${label(path, name)} of shape ${showShape(header.shape)} should take ${needed} bytes, but takes ${size}. Copy or download the file again.`,
    )
  }
}

async function readArray(
  path: string,
  archive: Archive,
  name: string,
  header: NpyHeader | undefined,
): Promise<FloatTensor> {
  invariant(header !== undefined, () => `${path} lists no array ${name}`)
  const type = npyFloatTypes.get(header.type)
  if (type === undefined) {
    throw new AppError(
      'unsupported',
      say`${label(path, name)} is stored as ${header.type}; float32, float16, float64 and bfloat16 can be read. Save the weights as float32.`,
    )
  }
  const bytes = await archive.readAll(`${name}.npy`)
  const values = decodeFloats(type, bytes.slice(header.dataStart))
  if (!header.columnMajor) return floatTensor(header.shape, values)
  return gather(values, header.shape, columnMajorStrides(header.shape), 0)
}

function label(path: string, name: string): string {
  return `Array ${quoted(name)} in ${basename(path)}`
}
