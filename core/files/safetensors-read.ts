/** @file Reader of safetensors: every bound is checked before a value is read, and reading is tensor by tensor. */
import type { FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { showShape, sizeOf, type Shape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { decodeFloats, type FloatType } from './element-types.ts'
import { readRange } from './positional.ts'
import { openRegularFile } from './regular-file.ts'
import { mostAxes, requireFewTensors, type StoredTensor, type TensorFile } from './tensor-file.ts'
import { quoted } from './words.ts'
import { parseJson } from './json-text.ts'

/** A safetensors file; `metadata` is the free text map of its header. */
interface SafetensorsFile extends TensorFile {
  readonly metadata: ReadonlyMap<string, string>
}

// In bytes. The format allows more, but the tensors of a model take a tenth of it, and what is parsed takes fifty times it.
const largestHeader = 8_000_000

const floatTypes: ReadonlyMap<string, FloatType> = new Map([
  ['F32', 'float32'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['F64', 'float64'],
])

const typesByBytes: Readonly<Record<number, readonly string[]>> = {
  1: ['BOOL', 'U8', 'I8', 'F8_E4M3', 'F8_E5M2'],
  2: ['I16', 'U16', 'F16', 'BF16'],
  4: ['I32', 'U32', 'F32'],
  8: ['I64', 'U64', 'F64', 'C64'],
}

const bytesPerElement = new Map(
  Object.entries(typesByBytes).flatMap(([bytes, types]) => types.map((type) => [type, Number(bytes)])),
)

interface Extent extends StoredTensor {
  readonly name: string
  /** Byte range after the header, end exclusive. */
  readonly begin: number
  readonly end: number
}

/**
 * Opens a safetensors file and checks its header against the file: lengths, offsets without overlap or gap,
 * shapes against sizes. F64, F32, F16 and BF16 can be read; other types are listed and refused on reading.
 *
 * @throws AppError `invalid_input` naming the tensor, `unsupported` on reading another type
 * @see https://github.com/huggingface/safetensors, "Format"
 */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  const { handle: file } = await openRegularFile(path)
  try {
    return await openHandle(path, file)
  } catch (error) {
    await file.close()
    throw error
  }
}

async function openHandle(path: string, file: FileHandle): Promise<SafetensorsFile> {
  const { size } = await file.stat()
  const { dataStart, header } = await readHeader(path, file, size)
  requireFewTensors(path, Object.keys(header).length)
  const extents = new Map(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(([name, value]) => [name, parseExtent(path, name, value)]),
  )
  checkLayout(path, [...extents.values()], size - dataStart)
  return {
    path,
    tensors: extents,
    notes: [],
    metadata: parseMetadata(header['__metadata__']),
    read: async (name) => readTensor(path, file, dataStart, extents.get(name)),
    close: () => file.close(),
  }
}

async function readHeader(
  path: string,
  file: FileHandle,
  size: number,
): Promise<{ dataStart: number; header: Record<string, unknown> }> {
  if (size < 8) throw broken(path, `it is only ${size} bytes long`)
  const prefix = await readRange(file, 0, 8, path)
  const length = new DataView(prefix.buffer).getBigUint64(0, true)
  if (length > BigInt(largestHeader)) throw broken(path, `its header claims to be ${length} bytes long`)
  const dataStart = 8 + Number(length)
  if (dataStart > size) {
    throw broken(path, `its header should reach to byte ${dataStart}, but the file has ${size} bytes`)
  }
  const text = await readRange(file, 8, Number(length), path)
  return { dataStart, header: parseHeader(path, text) }
}

function parseHeader(path: string, bytes: Uint8Array): Record<string, unknown> {
  let header: unknown
  try {
    header = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw broken(path, 'its header is not valid JSON', error)
  }
  if (!isRecord(header)) throw broken(path, 'its header is not a JSON object')
  return header
}

function parseExtent(path: string, name: string, value: unknown): Extent {
  const wrong = (why: string): AppError => broken(path, `the entry of tensor ${quoted(name)} ${why}`)
  if (!isRecord(value)) throw wrong('is not an object')
  const { dtype, shape, data_offsets: offsets } = value
  if (typeof dtype !== 'string') throw wrong('has no element type')
  if (!isSizes(shape)) throw wrong('has no valid shape')
  if (!isSizes(offsets) || offsets.length !== 2) throw wrong('has no valid data offsets')
  const [begin = 0, end = 0] = offsets
  const bytes = bytesPerElement.get(dtype)
  if (bytes === undefined) throw wrong(`has the unknown element type ${quoted(dtype)}`)
  const needed = sizeOf(shape) * bytes
  if (end - begin !== needed) {
    throw wrong(`needs ${needed} bytes for ${dtype} ${showShape(shape)}, but its offsets span ${end - begin}`)
  }
  return { name, type: dtype, isReadable: floatTypes.has(dtype), shape, begin, end }
}

function checkLayout(path: string, extents: readonly Extent[], available: number): void {
  const ordered = extents.toSorted((a, b) => a.begin - b.begin || a.end - b.end)
  let position = 0
  let previous = ''
  for (const { name, begin, end } of ordered) {
    if (begin < position)
      throw broken(path, `the tensors ${quoted(previous)} and ${quoted(name)} overlap at byte ${begin}`)
    if (begin > position)
      throw broken(path, `${begin - position} bytes before tensor ${quoted(name)} belong to nothing`)
    if (end > available) {
      throw broken(
        path,
        `tensor ${quoted(name)} ends at byte ${end}, but only ${available} bytes of data are there`,
      )
    }
    position = end
    previous = name
  }
  if (position < available)
    throw broken(path, `${available - position} bytes after the last tensor belong to nothing`)
}

function parseMetadata(value: unknown): Map<string, string> {
  const entries = isRecord(value) ? Object.entries(value) : []
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

async function readTensor(
  path: string,
  file: FileHandle,
  dataStart: number,
  extent: Extent | undefined,
): Promise<FloatTensor> {
  if (extent === undefined)
    throw new AppError('internal', say`${path} was asked for a tensor it does not list.`)
  const type = floatTypes.get(extent.type)
  if (type === undefined) {
    throw new AppError(
      'unsupported',
      say`Tensor ${quoted(extent.name)} in ${path} is stored as ${extent.type}; F64, F32, F16 and BF16 can be read. Save the model as float32 and try again.`,
      { tensor: extent.name, type: extent.type },
    )
  }
  const what = `Tensor ${quoted(extent.name)} in ${path}`
  const bytes = await readRange(file, dataStart + extent.begin, extent.end - extent.begin, what)
  return floatTensor(extent.shape, decodeFloats(type, bytes))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSizes(value: unknown): value is Shape {
  return (
    Array.isArray(value) &&
    value.length <= mostAxes &&
    value.every((size) => Number.isSafeInteger(size) && size >= 0)
  )
}

function broken(path: string, why: string, cause?: unknown): AppError {
  return new AppError(
    'invalid_input',
    say`${basename(path)} is not a valid safetensors file: ${why}. Copy or download it again.`,
    { path },
    { cause },
  )
}
