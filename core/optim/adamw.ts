/** @file AdamW with clipping by global norm, as graph values: the optimiser of pretraining. */
import { add, divide, maximum, multiply, sqrt, subtract } from '../graph/build.ts'
import type { Value } from '../graph/ir.ts'

/** A parameter with what its update needs; all four have one shape. */
export interface AdamSlot {
  readonly weight: Value
  /** Running mean of the gradients. */
  readonly first: Value
  /** Running mean of their squares. */
  readonly second: Value
  readonly gradient: Value
  /** Whether weight decay applies. */
  readonly decays: boolean
}

/** Scalars that are fed at each step. */
export interface AdamRates {
  readonly learningRate: Value
  /** λ of the decoupled decay, multiplied by the learning rate. */
  readonly weightDecay: Value
  /** 1 / (1 − β₁ᵗ) and 1 / (1 − β₂ᵗ): see `biasCorrections`. */
  readonly firstCorrection: Value
  readonly secondCorrection: Value
  /** Largest global norm of a gradient. */
  readonly clip: Value
}

/** What stays the same over a whole run. */
export interface AdamConstants {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/** New values of a slot. */
export interface AdamUpdated {
  readonly weight: Value
  readonly first: Value
  readonly second: Value
}

/**
 * One step: g ← g·min(1, clip/‖g‖);  m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;
 * w ← (1 − ηλ)w − η·m̂ / (√v̂ + ε), where m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ).
 *
 * Every update depends on every gradient through the norm, which lets an engine overwrite the state in place.
 *
 * @see Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019; torch.optim.AdamW
 */
export function adamwStep(
  slots: readonly AdamSlot[],
  norm: Value,
  rates: AdamRates,
  { beta1, beta2, epsilon }: AdamConstants,
): AdamUpdated[] {
  // min(1, clip/‖g‖) without ever dividing by zero: a GPU need not know infinity.
  const scale = divide(rates.clip, maximum(norm, rates.clip))
  const kept = subtract(1, multiply(rates.learningRate, rates.weightDecay))
  const rate = multiply(rates.learningRate, rates.firstCorrection)
  return slots.map(({ weight, first, second, gradient, decays }) => {
    const clipped = multiply(gradient, scale)
    const mean = add(multiply(first, beta1), multiply(clipped, 1 - beta1))
    const square = add(multiply(second, beta2), multiply(multiply(clipped, clipped), 1 - beta2))
    const spread = add(sqrt(multiply(square, rates.secondCorrection)), epsilon)
    const decayed = decays ? multiply(weight, kept) : weight
    return {
      first: mean,
      second: square,
      weight: subtract(decayed, divide(multiply(mean, rate), spread)),
    }
  })
}

/** The factors that undo the zeros both running means start from, at update `step`, counted from 1. */
export function biasCorrections(
  step: number,
  { beta1, beta2 }: AdamConstants,
): { readonly first: number; readonly second: number } {
  return { first: 1 / (1 - beta1 ** step), second: 1 / (1 - beta2 ** step) }
}
