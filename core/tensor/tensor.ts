/** @file Tensor: plain data in main memory, row-major. Nothing here knows of devices or graphs. */
import { invariant } from '../errors.ts'
import { showShape, sizeOf, type Shape } from './shape.ts'

/** Element types that the engines compute with. Half precision exists in files only and is widened on reading. */
export type DType = 'float32' | 'int32' | 'uint8'

/** The typed array of each element type. */
export interface DTypeArray {
  float32: Float32Array<ArrayBuffer>
  int32: Int32Array<ArrayBuffer>
  uint8: Uint8Array<ArrayBuffer>
}

/** A dense row-major array: `data.length` is the product of `shape`. */
export interface Tensor<T extends DType = DType> {
  readonly dtype: T
  readonly shape: Shape
  readonly data: DTypeArray[T]
}

export type FloatTensor = Tensor<'float32'>

/** Tensors by name: the parameters of a model, the state of an optimiser, the feeds of a graph. */
export type NamedTensors = ReadonlyMap<string, Tensor>
export type Parameters = ReadonlyMap<string, FloatTensor>

/** A float32 tensor over `data` (not copied). */
export function floatTensor(shape: Shape, data: Float32Array<ArrayBuffer>): FloatTensor {
  invariant(data.length === sizeOf(shape), () => `${data.length} values cannot fill ${showShape(shape)}`)
  return { dtype: 'float32', shape, data }
}

/** A float32 tensor from plain numbers. */
export function floats(shape: Shape, values: readonly number[]): FloatTensor {
  return floatTensor(shape, Float32Array.from(values))
}

/** Rows of the same length, one below the other: [N, D], and [0, 1] of none. */
export function stacked(rows: readonly Float32Array[]): FloatTensor {
  const width = rows[0]?.length ?? 1
  const data = new Float32Array(rows.length * width)
  for (const [place, row] of rows.entries()) data.set(row, place * width)
  return floatTensor([rows.length, width], data)
}

/** A float32 tensor of one value everywhere. */
export function filled(shape: Shape, value: number): FloatTensor {
  return floatTensor(shape, new Float32Array(sizeOf(shape)).fill(value))
}

/** A rank-0 float32 tensor. */
export function scalar(value: number): FloatTensor {
  return floats([], [value])
}

/** A uint8 tensor over `data` (not copied). */
export function byteTensor(shape: Shape, data: Uint8Array<ArrayBuffer>): Tensor<'uint8'> {
  invariant(data.length === sizeOf(shape), () => `${data.length} bytes cannot fill ${showShape(shape)}`)
  return { dtype: 'uint8', shape, data }
}

/** The parameter of this name; a missing one is a bug, because readers check completeness at the boundary. */
export function parameter(parameters: Parameters, name: string): FloatTensor {
  const found = parameters.get(name)
  invariant(found !== undefined, () => `no parameter named ${name}`)
  return found
}
