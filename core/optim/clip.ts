/** @file Clipping by global norm, as graph values. */
import { add, divide, maximum, reduceSumSquare, reshape, sqrt } from '../graph/build.ts'
import type { Value } from '../graph/ir.ts'

/** ‖g‖ over all tensors together, a scalar. */
export function globalNorm(gradients: readonly Value[]): Value {
  return sqrt(gradients.map(sumOfSquares).reduce((total, part) => add(total, part)))
}

/** The factor min(1, clip/‖g‖), without ever dividing by zero: a GPU need not know infinity. */
export function clipScale(norm: Value, clip: Value): Value {
  return divide(clip, maximum(norm, clip))
}

function sumOfSquares(gradient: Value): Value {
  const axes = gradient.shape.map((_, axis) => axis)
  return reshape(reduceSumSquare(gradient, axes), [])
}
