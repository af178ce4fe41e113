/** @file Reader of PyTorch checkpoints (.pth, .pt, .bin): a zip of raw storages and a pickle that describes views of them. */
import { basename } from 'node:path'

import { AppError, invariant } from '../errors.ts'
import { at, sameShape, showShape, sizeOf, stridesOf, type Shape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { bytesPerElement, decodeFloats, type FloatType } from './element-types.ts'
import { PickleGlobal, PickleObject, unpickle, type PickleFunction, type PickleValue } from './pickle.ts'
import { gather, lastElement } from './strided.ts'
import type { StoredTensor, TensorFile } from './tensor-file.ts'
import { findWeights } from './torch-weights.ts'
import { quoted } from './words.ts'
import { openZip, type Archive } from './zip.ts'

/** A block of elements in the archive. */
class Storage {
  readonly type: string
  readonly key: string
  constructor(type: string, key: string) {
    this.type = type
    this.key = key
  }
}

/** A tensor as the pickle describes it: a strided view of a storage. */
class TorchTensor implements StoredTensor {
  readonly storage: Storage
  readonly shape: Shape
  readonly strides: readonly number[]
  readonly offset: number
  constructor(storage: Storage, offset: number, shape: Shape, strides: readonly number[]) {
    this.storage = storage
    this.offset = offset
    this.shape = shape
    this.strides = strides
  }
  get type(): string {
    return this.storage.type
  }
}

const floatStorages: ReadonlyMap<string, FloatType> = new Map([
  ['FloatStorage', 'float32'],
  ['HalfStorage', 'float16'],
  ['BFloat16Storage', 'bfloat16'],
  ['DoubleStorage', 'float64'],
])

// The most elements of a tensor that repeats its storage.
const mostRepeated = 2 ** 20

// PyTorch's own limit.
const mostAxes = 64

const functions = new Map<string, PickleFunction>([
  ['collections.OrderedDict', makeDict],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_parameter', ([tensor]) => tensor],
  ['torch._utils._rebuild_parameter_with_state', ([tensor]) => tensor],
  ['torch._tensor._rebuild_from_type_v2', rebuildSubclass],
])

// What training scripts leave beside the weights becomes opaque and harmless. These names are different: they are how a
// pickle takes over the Python that opens it.
const harmful =
  /(^|\.)(os|posix|nt|subprocess|pty|socket|shutil|runpy|importlib|ctypes|webbrowser)\.|(^|\.)(eval|exec|execfile|__import__)$|^(builtins|__builtin__)\.(compile|open|breakpoint|input)$/

/**
 * Opens a PyTorch checkpoint and lists the weights in it. The pickle inside cannot run anything: only a few of Python's
 * names mean anything here, and those that would do harm elsewhere are refused.
 *
 * @throws AppError `unsupported` for refused names and other byte orders, `invalid_input` when damaged or without
 *   weights
 */
export async function openTorch(path: string): Promise<TensorFile> {
  const archive = await openZip(path)
  try {
    const root = rootOf(path, archive)
    await checkByteOrder(path, archive, root)
    const pickle = await archive.readAll(`${root}data.pkl`)
    const value = unpickle(pickle, { functions, refused: harmful, persistent: storageOf }, basename(path))
    const { tensors, notes } = findWeights(value, isTensor, path)
    for (const [name, tensor] of tensors) checkView(path, archive, root, name, tensor)
    return {
      path,
      tensors,
      notes,
      read: (name) => readView(path, archive, root, name, tensors.get(name)),
      close: () => archive.close(),
    }
  } catch (error) {
    await archive.close()
    throw error
  }
}

// All entries are in one folder, named after the file that was first saved.
function rootOf(path: string, archive: Archive): string {
  const pickle = [...archive.entries.keys()].find((name) => /^[^/]*\/data\.pkl$/.test(name))
  if (pickle !== undefined) return pickle.slice(0, -'data.pkl'.length)
  throw new AppError(
    'invalid_input',
    `${basename(path)} is a zip file, but not a PyTorch checkpoint: it holds no data.pkl. Choose the file with the weights.`,
  )
}

async function checkByteOrder(path: string, archive: Archive, root: string): Promise<void> {
  const name = `${root}byteorder`
  const order = archive.entries.has(name) ? Buffer.from(await archive.readAll(name)).toString() : 'little'
  if (order.trim() === 'little') return
  throw new AppError(
    'unsupported',
    `${basename(path)} was saved with byte order “${order}”; only little-endian files can be read. Save it again on another computer.`,
  )
}

function makeDict(
  [pairs]: readonly PickleValue[],
  spend: (steps: number) => void,
): Map<PickleValue, PickleValue> {
  const list: readonly PickleValue[] = Array.isArray(pairs) ? pairs : []
  spend(list.length)
  const dict = new Map<PickleValue, PickleValue>()
  for (const pair of list) if (Array.isArray(pair)) dict.set(pair[0], pair[1])
  return dict
}

function storageOf(id: PickleValue): Storage {
  const [kind, type, key]: readonly PickleValue[] = Array.isArray(id) ? id : []
  if (kind !== 'storage' || !(type instanceof PickleGlobal) || typeof key !== 'string') {
    throw malformed('refers to data in an unknown way')
  }
  return new Storage(type.name.replace(/^torch\./, ''), key)
}

function rebuildTensor([storage, offset, shape, strides]: readonly PickleValue[]): TorchTensor {
  const sound =
    storage instanceof Storage &&
    isSize(offset) &&
    isSizes(shape) &&
    isSizes(strides) &&
    shape.length === strides.length
  if (!sound) throw malformed('describes a tensor in an unknown way')
  return new TorchTensor(storage, offset, shape, strides)
}

/** A tensor of a special class is the plain tensor inside it. */
function rebuildSubclass([rebuild, , args]: readonly PickleValue[]): PickleValue {
  const isPlain = rebuild instanceof PickleGlobal && rebuild.name === 'torch._utils._rebuild_tensor_v2'
  return isPlain && Array.isArray(args) ? rebuildTensor(args) : new PickleObject('torch.Tensor')
}

function checkView(path: string, archive: Archive, root: string, name: string, tensor: TorchTensor): void {
  const type = floatStorages.get(tensor.type)
  if (type === undefined) return
  const entry = archive.entries.get(`${root}data/${tensor.storage.key}`)
  if (entry === undefined) {
    throw new AppError(
      'invalid_input',
      `${label(path, name)} has no data: storage ${tensor.storage.key} is missing.`,
    )
  }
  // Axes of stride 0 repeat one element; a huge tensor could be made from nothing.
  if (sizeOf(tensor.shape) > Math.max(entry.size / bytesPerElement[type], mostRepeated)) {
    throw new AppError(
      'invalid_input',
      `${label(path, name)} of shape ${showShape(tensor.shape)} repeats the ${entry.size} bytes of storage ${tensor.storage.key} over and over. Save a contiguous copy of it.`,
    )
  }
  const needed = (lastElement(tensor.shape, tensor.strides, tensor.offset) + 1) * bytesPerElement[type]
  if (needed > entry.size) {
    throw new AppError(
      'invalid_input',
      `${label(path, name)} of shape ${showShape(tensor.shape)} needs ${needed} bytes of storage ${tensor.storage.key}, which has ${entry.size}. Copy or download the file again.`,
    )
  }
}

async function readView(
  path: string,
  archive: Archive,
  root: string,
  name: string,
  tensor: TorchTensor | undefined,
): Promise<FloatTensor> {
  invariant(tensor !== undefined, () => `${path} lists no tensor ${name}`)
  const { shape, strides, offset } = tensor
  const type = floatStorages.get(tensor.type)
  if (type === undefined) {
    throw new AppError(
      'unsupported',
      `${label(path, name)} is a ${tensor.type}; float, half, bfloat16 and double can be read. Save the weights as float32.`,
    )
  }
  const count = lastElement(shape, strides, offset) + 1 - offset
  const size = bytesPerElement[type]
  const entry = `${root}data/${tensor.storage.key}`
  const bytes = await archive.readPart(entry, offset * size, Math.max(count, 0) * size)
  const values = decodeFloats(type, bytes)
  return isDense(shape, strides) ? floatTensor(shape, values) : gather(values, shape, strides, 0)
}

// Strides of axes of size 1 are arbitrary.
function isDense(shape: Shape, strides: readonly number[]): boolean {
  const expected = stridesOf(shape).map((stride, axis) =>
    at(shape, axis) === 1 ? at(strides, axis) : stride,
  )
  return sizeOf(shape) > 0 && sameShape(expected, strides)
}

function isTensor(value: PickleValue): value is TorchTensor {
  return value instanceof TorchTensor
}

function isSize(value: PickleValue): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isSizes(value: PickleValue): value is number[] {
  return Array.isArray(value) && value.length <= mostAxes && value.every(isSize)
}

function label(path: string, name: string): string {
  return `Tensor ${quoted(name)} in ${basename(path)}`
}

function malformed(why: string): AppError {
  return new AppError(
    'invalid_input',
    `The checkpoint ${why}. It may be damaged, or written by a tool that is not PyTorch; save it as safetensors.`,
  )
}
