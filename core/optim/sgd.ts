/** @file Clipping by global norm and SGD with momentum, as graph values. */
import {
  add,
  divide,
  maximum,
  multiply,
  reduceSumSquare,
  reshape,
  sqrt,
  subtract,
  sumAll,
} from '../graph/build.ts'
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
  /** Factor by which the old momentum stays. */
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

// Rows first, then their sums: one long reduction would run in a single workgroup on a GPU, and round worse.
function sumOfSquares(gradient: Value): Value {
  const last = gradient.shape.length - 1
  if (last < 0) return multiply(gradient, gradient)
  return last === 0 ? reshape(reduceSumSquare(gradient, [0]), []) : sumAll(reduceSumSquare(gradient, [last]))
}

/**
 * One step: g ← g·min(1, clip/‖g‖);  m ← μ·m + g;  w ← w − η·m.
 *
 * Every update depends on every gradient through the norm, which lets an engine overwrite the state in place.
 *
 * @see optax `chain(clip_by_global_norm, sgd(momentum))`, as in vit_jax/train.py
 */
export function sgdStep(slots: readonly Slot[], norm: Value, rates: SgdRates): Updated[] {
  // min(1, clip/‖g‖) without ever dividing by zero: a GPU need not know infinity.
  const scale = divide(rates.clip, maximum(norm, rates.clip))
  return slots.map(({ weight, momentum, gradient }) => {
    const moved = add(multiply(momentum, rates.momentum), multiply(gradient, scale))
    return { momentum: moved, weight: subtract(weight, multiply(moved, rates.learningRate)) }
  })
}
