/** @file Reader of PyTorch checkpoints (.pth, .pt, .bin): a zip of raw storages and a pickle that describes views of them. */
import { basename } from 'node:path'

import { AppError, invariant } from '../errors.ts'
import { say } from '../sentence.ts'
import { at, sameShape, showShape, sizeOf, stridesOf, type Shape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { bytesPerElement, decodeFloats, type FloatType } from './element-types.ts'
import { PickleGlobal, PickleObject, unpickle, type PickleFunction, type PickleValue } from './pickle.ts'
import { gather, lastElement } from './strided.ts'
import { mostAxes, requireFewTensors, type StoredTensor, type TensorFile } from './tensor-file.ts'
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
  get isReadable(): boolean {
    return floatStorages.has(this.storage.type)
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

// In bytes. The state of an optimiser and the logs of a long training take a tenth of it.
const largestPickle = 128e6

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
    const pickle = await readPickle(path, archive, root)
    const value = unpickle(pickle, { functions, refused: harmful, persistent: storageOf }, basename(path))
    const { tensors, notes } = findWeights(value, isTensor, path)
    requireFewTensors(path, tensors.size)
    for (const [name, tensor] of tensors) checkView(path, archive, root, name, tensor)
    checkTotal(path, archive, root, [...tensors.values()])
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
    say`${basename(path)} is a zip file, but not a PyTorch checkpoint: it holds no data.pkl. Choose the file with the weights.`,
  )
}

async function readPickle(path: string, archive: Archive, root: string): Promise<Uint8Array> {
  const name = `${root}data.pkl`
  const { size = 0 } = archive.entries.get(name) ?? {}
  if (size <= largestPickle) return archive.readAll(name)
  throw new AppError(
    'unsupported',
    say`${basename(path)} describes its weights in ${size} bytes, more than any model needs. Save the model's state_dict() alone and open that file.`,
  )
}

async function checkByteOrder(path: string, archive: Archive, root: string): Promise<void> {
  const name = `${root}byteorder`
  const order = archive.entries.has(name)
    ? Buffer.from(await archive.readStart(name, 16)).toString()
    : 'little'
  if (order.trim() === 'little') return
  throw new AppError(
    'unsupported',
    say`${basename(path)} was saved with byte order ${quoted(order)}; only little-endian files can be read. Save it again on another computer.`,
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
  const entry = archive.entries.get(`${root}data/${tensor.storage.key}`)
  if (entry === undefined) {
    throw new AppError(
      'invalid_input',
      say`${label(path, name)} has no data: storage ${quoted(tensor.storage.key)} is missing.`,
    )
  }
  const size = type === undefined ? 1 : bytesPerElement[type]
  // Axes of stride 0 repeat one element; a huge tensor could be made from nothing.
  if (sizeOf(tensor.shape) > Math.max(entry.size / size, mostRepeated)) {
    throw new AppError(
      'invalid_input',
      say`${label(path, name)} of shape ${showShape(tensor.shape)} repeats the ${entry.size} bytes of storage ${quoted(tensor.storage.key)} over and over. Save a contiguous copy of it.`,
    )
  }
  const needed = (lastElement(tensor.shape, tensor.strides, tensor.offset) + 1) * size
  if (needed > entry.size) {
    throw new AppError(
      'invalid_input',
      say`${label(path, name)} of shape ${showShape(tensor.shape)} needs ${needed} bytes of storage ${quoted(tensor.storage.key)}, which has ${entry.size}. Copy or download the file again.`,
    )
  }
}

// Weights that are used in several places are listed for each of them.
const mostSharing = 8

/** Makes sure that all tensors together are about as large as what the file holds. */
function checkTotal(path: string, archive: Archive, root: string, tensors: readonly TorchTensor[]): void {
  const keys = new Set(tensors.map(({ storage }) => storage.key))
  const held = [...keys].reduce((sum, key) => sum + (archive.entries.get(`${root}data/${key}`)?.size ?? 0), 0)
  const shown = tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  if (shown <= mostRepeated + mostSharing * held) return
  throw new AppError(
    'invalid_input',
    say`${basename(path)} lists ${tensors.length} tensors of ${shown} numbers in all, but holds ${held} bytes of them. Save contiguous copies of the weights.`,
  )
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
      say`${label(path, name)} is a ${tensor.type}; float, half, bfloat16 and double can be read. Save the weights as float32.`,
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
    say`The checkpoint ${why}. It may be damaged, or written by a tool that is not PyTorch; save it as safetensors.`,
  )
}
