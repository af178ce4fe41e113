/** @file What a checkpoint layout is: a table of tensors with what each contains, used for reading and writing. */
import { invariant } from '../errors.ts'
import type { Sentence } from '../sentence.ts'
import { at, sameShape, showShape, sizeOf, type Shape } from '../tensor/shape.ts'
import { floatTensor, parameter, type FloatTensor, type Parameters } from '../tensor/tensor.ts'
import { featureWidth, parameterShapes, type VitConfig } from '../vit/config.ts'
import type { Family, FamilySigns } from './family.ts'
import type { Listing, Measured } from './listing.ts'
import { permute } from './strided.ts'

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

/** What is known of a file's head besides its tensors. */
export interface HeadFacts {
  readonly measured: Measured
  /** Whether a neighbouring file says what the head reads, and what its outputs are called. */
  readonly hasPooling: boolean
  readonly hasLabels: boolean
}

/** A naming convention of Vision Transformer checkpoints. */
export interface Layout {
  readonly name: string
  /** For people, such as `timm layout`. */
  readonly title: string
  /** Where values come from that a file of this layout does not state. */
  readonly unstated: Sentence
  /** The files that describe it: config.json, open_clip_config.json, or a JSON file of its own. */
  readonly described: 'config' | 'openClip' | 'sidecar'
  /** The `model_type`s of transformers that are stored so. */
  readonly modelTypes?: readonly string[]
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
  /** The family of a checkpoint, from the surest sign to the weakest. */
  family(signs: FamilySigns): Family
  /** Why a head in the file does not say the classes of its features; undefined where it does. */
  headLeftOut?(facts: HeadFacts): Sentence | undefined
  /** Every tensor of a model, in the order of the forward pass. */
  entries(config: VitConfig): LayoutEntry[]
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
