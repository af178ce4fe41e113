/** @file Clipping by global norm and SGD with momentum, as graph values. */
import { add, divide, maximum, multiply, reduceSumSquare, reshape, sqrt, subtract } from '../graph/build.ts'
import type { Value } from '../graph/ir.ts'

/** A parameter with what its update needs; all three have one shape. */
export interface Slot {
  readonly weight: Value
  readonly momentum: Value
  readonly gradient: Value
}

/** Scalars that are fed at each step. */
export interface SgdRates {
  readonly learningRate: Value
  /** Factor by which the old momentum is kept. */
  readonly momentum: Value
  /** Largest global norm of a gradient. */
  readonly clip: Value
}

/** New values of a slot. */
export interface Updated {
  readonly weight: Value
  readonly momentum: Value
}

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

/**
 * One step: g ← g·min(1, clip/‖g‖);  m ← μ·m + g;  w ← w − η·m.
 *
 * Every update depends on every gradient through the norm, which lets an engine overwrite the state in place.
 *
 * @see optax `chain(clip_by_global_norm, sgd(momentum))`, as in vit_jax/train.py
 */
export function sgdStep(slots: readonly Slot[], norm: Value, rates: SgdRates): Updated[] {
  const scale = clipScale(norm, rates.clip)
  return slots.map(({ weight, momentum, gradient }) => {
    const moved = add(multiply(momentum, rates.momentum), multiply(gradient, scale))
    return { momentum: moved, weight: subtract(weight, multiply(moved, rates.learningRate)) }
  })
}
