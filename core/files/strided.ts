/** @file Copies of strided views: transposition, column-major arrays and PyTorch's views are one operation. */
import { invariant } from '../errors.ts'
import { at, sizeOf, stridesOf, type Shape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'

/**
 * The dense row-major tensor that a strided view shows.
 *
 * @param shape of the view and of the result
 * @param strides in elements, one per axis; `offset` is the element at index 0
 */
export function gather(
  source: Float32Array,
  shape: Shape,
  strides: readonly number[],
  offset: number,
): FloatTensor {
  const result = new Float32Array(sizeOf(shape))
  const inner = shape.length === 0 ? 1 : at(shape, -1)
  const step = shape.length === 0 ? 0 : at(strides, -1)
  const index = new Array<number>(Math.max(shape.length - 1, 0)).fill(0)
  let start = offset
  for (let written = 0; written < result.length; written += inner) {
    for (let j = 0; j < inner; j++) result[written + j] = source[start + j * step] ?? 0
    start += advance(index, shape, strides)
  }
  return floatTensor(shape, result)
}

/** Largest element index that a view reaches, −1 when it is empty. */
export function lastElement(shape: Shape, strides: readonly number[], offset: number): number {
  if (sizeOf(shape) === 0) return -1
  return shape.reduce((last, size, axis) => last + (size - 1) * at(strides, axis), offset)
}

/** The tensor with its axes in another order: axis i of the result is axis `axes[i]` of the source. */
export function permute(source: FloatTensor, axes: readonly number[]): FloatTensor {
  invariant(axes.length === source.shape.length, () => `${axes.length} axes for rank ${source.shape.length}`)
  const strides = stridesOf(source.shape)
  return gather(
    source.data,
    axes.map((axis) => at(source.shape, axis)),
    axes.map((axis) => at(strides, axis)),
    0,
  )
}

/** Strides of a column-major (Fortran order) array. */
export function columnMajorStrides(shape: Shape): number[] {
  return stridesOf(shape.toReversed()).toReversed()
}

// Steps the outer axes like an odometer and returns how far the start of the row moves.
function advance(index: number[], shape: Shape, strides: readonly number[]): number {
  let moved = 0
  for (let axis = index.length - 1; axis >= 0; axis--) {
    const stride = at(strides, axis)
    const next = at(index, axis) + 1
    if (next < at(shape, axis)) {
      index[axis] = next
      return moved + stride
    }
    index[axis] = 0
    moved -= (next - 1) * stride
  }
  return moved
}
