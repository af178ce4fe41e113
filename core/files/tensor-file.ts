/** @file What readers and writers of containers share: a listing first, then values, one tensor at a time. */
import type { Shape } from '../tensor/shape.ts'
import type { FloatTensor } from '../tensor/tensor.ts'
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { basename } from 'node:path'

/** A tensor as a file lists it, before its values are read. */
export interface StoredTensor {
  readonly shape: Shape
  /** The element type in the file's own words, such as `F16` or `<f4`. */
  readonly type: string
  /** Whether values of this type can be read. */
  readonly isReadable: boolean
}

// A model of a hundred blocks with its optimiser has some thousands.
const mostTensors = 10_000

/** Refuses a file with more tensors than any model has. @throws AppError `unsupported` */
export function requireFewTensors(path: string, count: number): void {
  if (count <= mostTensors) return
  throw new AppError(
    'unsupported',
    say`${basename(path)} holds ${count} tensors, more than any model that can be read here.`,
  )
}

/** More axes than any tensor has in the programs that write these files. */
export const mostAxes = 64

/** An opened container. Opening reads the listing only; `close` must be called. */
export interface TensorFile {
  readonly path: string
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** What the container itself says beyond the tensors, one plain sentence each. */
  readonly notes: readonly Sentence[]
  /** The tensor's values widened to float32. The name must be in `tensors`. */
  read(name: string): Promise<FloatTensor>
  close(): Promise<void>
}

/** A tensor to write; `load` is called once, when its turn comes. */
export interface TensorToWrite {
  readonly name: string
  readonly shape: Shape
  load(): FloatTensor
}
