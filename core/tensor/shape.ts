/** @file Shapes as plain number lists, and the arithmetic on them that every layer shares. */
import { invariant } from '../errors.ts'

/** The size of every axis, outermost first; `[]` is a scalar. */
export type Shape = readonly number[]

/** Number of elements: the product of the sizes, 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1)
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = at(strides, axis + 1) * at(shape, axis + 1)
  return strides
}

/** Whether two shapes are equal, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis])
}

/** `[2, 3]`, as errors and the printer show it. */
export function showShape(shape: Shape): string {
  const shown = shape.slice(0, mostShown).join(', ')
  return shape.length > mostShown ? `[${shown}, … ${shape.length} axes]` : `[${shown}]`
}

// A stranger's tensor may have any number of axes.
const mostShown = 8

/** The element at `index`, negative counting from the end. The index must exist. */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const value = list[index < 0 ? list.length + index : index]
  invariant(value !== undefined, () => `index ${index} outside a list of ${list.length}`)
  return value
}
