/** @file What a checkpoint layout is: a table of tensors with what each contains, used for reading and writing. */
import { AppError, invariant } from '../errors.ts'
import { at, sameShape, showShape, sizeOf, type Shape } from '../tensor/shape.ts'
import { floatTensor, parameter, type FloatTensor, type Parameters } from '../tensor/tensor.ts'
import { featureWidth, parameterShapes, type VitConfig } from '../vit/config.ts'
import { permute } from './strided.ts'

/**
 * `hf` is that of ViT, DeiT and ViTMAE in transformers, `hfDinov2` that of its DINOv2s, `hfVision` that of its CLIP and
 * SigLIP towers; `clip` is OpenAI's and open_clip's own.
 */
export type LayoutName = 'timm' | 'hf' | 'hfDinov2' | 'hfVision' | 'clip' | 'jax' | 'bigVision'

/** One tensor of a layout. */
export interface LayoutEntry {
  /** Its name in the layout, without any prefix. */
  readonly name: string
  readonly shape: Shape
  /** The canonical parameters in it; several are concatenated along the first axis. */
  readonly holds: readonly string[]
  /** How each parameter's axes are ordered in the file; without it they differ in size-one axes at most. */
  readonly order?: AxisOrder
}

/** `transposed`: a matrix as [in, out]. `convolution`: a patch kernel as [P, P, 3, D]. Both are Flax conventions. */
export type AxisOrder = 'transposed' | 'convolution'

// Axis i of the canonical tensor is axis axes[i] of the file's.
const axisOrders: Readonly<Record<AxisOrder, readonly number[]>> = {
  transposed: [1, 0],
  convolution: [3, 2, 0, 1],
}

/** The sizes and parts that follow from names and shapes alone. `positionRows` counts prefix rows too. */
export interface Measured {
  readonly width: number
  readonly depth: number
  readonly mlpWidth: number
  readonly patch: number
  readonly positionRows: number
  readonly classes: number
  /** Known from shapes only if the layout keeps heads apart. */
  readonly heads: number | undefined
  readonly classToken: boolean
  readonly distillationToken: boolean
  readonly registers: number
  readonly layerScale: boolean
  readonly qkvBias: boolean
  readonly patchBias: boolean
  readonly preNorm: boolean
  readonly swiglu: boolean
  /** Whether there are weights for attention pooling. */
  readonly attentionPooling: boolean
  /** Whether the head is as wide as two feature vectors. */
  readonly doubleHead: boolean
  readonly finalNorm: VitConfig['finalNorm']
  readonly stem: VitConfig['stem']
  /** Why the file's head cannot be used, when it has one that cannot. */
  readonly headLeftOut: string | undefined
}

/** Tensor shapes by layout name; `file` names the checkpoint in errors, `prefix` is what was taken off the names. */
export interface Listing {
  readonly file: string
  readonly prefix: string
  readonly shapes: ReadonlyMap<string, Shape>
}

/** A naming convention of Vision Transformer checkpoints. */
export interface Layout {
  readonly name: LayoutName
  /** Every file of this layout has one tensor whose name ends like this, usually the patch embedding's kernel. */
  readonly anchor: string
  /** What distinguishes layouts with the same anchor: another name beside it. */
  readonly sign: RegExp
  /** Other spellings of the same tensors, as patterns and what the layout calls them. */
  readonly renames: readonly (readonly [RegExp, string])[]
  /** Tensors of the classification head. */
  readonly head: RegExp
  /** Tensors of attention pooling, which are left out with any other pooling. */
  readonly attentionPooling?: RegExp
  /** Tensors that may be there and are not used. */
  readonly ignored: readonly RegExp[]
  measure(listing: Listing): Measured
  /** Every tensor of a model, in the order of the forward pass. */
  entries(config: VitConfig): LayoutEntry[]
}

/** The shape of a tensor that every file of the layout has. */
export function requiredShape(listing: Listing, name: string, rank: number): Shape {
  const shape = listing.shapes.get(name)
  if (shape === undefined) {
    throw new AppError(
      'invalid_input',
      `${listing.file} lacks the tensor “${name}”, which every Vision Transformer of this layout has. It may be incomplete; download it again or choose another file.`,
      { tensor: name },
    )
  }
  if (shape.length === rank) return shape
  throw new AppError(
    'unsupported',
    `Tensor “${name}” in ${listing.file} has shape ${showShape(shape)}; ${rank} axes were expected. This is a model of another kind, which is not supported yet.`,
    { tensor: name },
  )
}

/** The side of a patch embedding's kernel with these sizes; only square ones that read all `expected` channels are known. */
export function patchSide(
  listing: Listing,
  name: string,
  height: number,
  width: number,
  channels: number,
  expected = 3,
): number {
  if (height === width && channels === expected) return height
  throw new AppError(
    'unsupported',
    `The patch embedding “${name}” in ${listing.file} reads ${channels} channels in patches of ${height} × ${width} pixels; only square patches of ${expected} channels are supported.`,
    { tensor: name },
  )
}

/** How many blocks there are, from the numbers that `pattern` captures in the names. */
export function blockCount(listing: Listing, pattern: RegExp): number {
  const numbers = [...listing.shapes.keys()].map((name) => Number(pattern.exec(name)?.[1] ?? -1))
  return numbers.reduce((most, number) => Math.max(most, number + 1), 0)
}

/** Shapes of the canonical parameters, with the second head of distilled checkpoints. */
export function storedParameterShapes(config: VitConfig): Map<string, Shape> {
  const shapes = parameterShapes(config)
  if (config.pooling === 'distilled' && config.classes > 0) {
    shapes.set('headDistillation.weight', [config.classes, featureWidth(config)])
    shapes.set('headDistillation.bias', [config.classes])
  }
  return shapes
}

/** What a layout's own findings are applied to: a plain ViT with a class token and a final norm before pooling. */
export const plainParts = {
  heads: undefined,
  classToken: true,
  distillationToken: false,
  registers: 0,
  layerScale: false,
  qkvBias: true,
  patchBias: true,
  preNorm: false,
  swiglu: false,
  attentionPooling: false,
  doubleHead: false,
  finalNorm: 'beforePooling',
  stem: null,
  headLeftOut: undefined,
} as const satisfies Partial<Measured>

/** Whether a tensor is shaped as a layout says, but for axes of size one in front: Flax once wrote them for GroupNorm. */
export function matchesEntry(shape: Shape, entry: LayoutEntry): boolean {
  return sameShape(withoutLeadingOnes(shape), withoutLeadingOnes(entry.shape))
}

function withoutLeadingOnes(shape: Shape): Shape {
  const first = shape.findIndex((size) => size !== 1)
  return first === -1 ? [] : shape.slice(first)
}

/** The canonical parameters in one tensor of a file. */
export function decodeEntry(
  entry: LayoutEntry,
  tensor: FloatTensor,
  shapes: ReadonlyMap<string, Shape>,
): [string, FloatTensor][] {
  invariant(
    matchesEntry(tensor.shape, entry),
    () => `${entry.name} is ${showShape(tensor.shape)} and not ${showShape(entry.shape)}`,
  )
  const size = tensor.data.length / entry.holds.length
  return entry.holds.map((name, index) => {
    const part = entry.holds.length === 1 ? tensor.data : tensor.data.slice(index * size, (index + 1) * size)
    return [name, fromFile(part, shapeOf(shapes, name), entry.order)]
  })
}

/** One tensor of a file from canonical parameters: the inverse of `decodeEntry`. */
export function encodeEntry(entry: LayoutEntry, parameters: Parameters): FloatTensor {
  const parts = entry.holds.map((name) => toFile(parameter(parameters, name), entry.order))
  if (parts.length === 1) return floatTensor(entry.shape, at(parts, 0).data)
  const data = new Float32Array(sizeOf(entry.shape))
  let position = 0
  for (const part of parts) {
    data.set(part.data, position)
    position += part.data.length
  }
  return floatTensor(entry.shape, data)
}

function fromFile(data: Float32Array<ArrayBuffer>, shape: Shape, order: AxisOrder | undefined): FloatTensor {
  if (order === undefined) return floatTensor(shape, data)
  const axes = axisOrders[order]
  const stored = axes.map((_, axis) => at(shape, axes.indexOf(axis)))
  return permute(floatTensor(stored, data), axes)
}

function toFile(tensor: FloatTensor, order: AxisOrder | undefined): FloatTensor {
  if (order === undefined) return tensor
  const axes = axisOrders[order]
  return permute(
    tensor,
    axes.map((_, axis) => axes.indexOf(axis)),
  )
}

function shapeOf(shapes: ReadonlyMap<string, Shape>, name: string): Shape {
  const shape = shapes.get(name)
  invariant(shape !== undefined, () => `no parameter named ${name}`)
  return shape
}
