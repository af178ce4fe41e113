/** @file What an optimiser is: what it keeps for each parameter, the graph of an update, and the scalars of a step. */
import type { Value } from '../graph/ir.ts'

/** A parameter that is about to change. All tensors have its shape. */
export interface Changing {
  /** The parameter's own name. */
  readonly name: string
  readonly weight: Value
  /** After clipping. */
  readonly gradient: Value
  /** What the optimiser keeps, by the names in `slots`. */
  readonly slot: (name: string) => Value
}

/** The new values of a parameter and its slots. */
export interface Changed {
  readonly weight: Value
  readonly slots: Readonly<Record<string, Value>>
}

/** A way to turn gradients into new weights, with its settings; like optax's `GradientTransformation`. */
export interface Optimiser {
  /** For people: its name and its settings. */
  readonly description: string
  /** Usual peak rate, as a share of the peak that SGD with momentum has on the same images. */
  readonly rateShare: number
  /** Names of the tensors kept for each parameter, which are zero before the first update. */
  readonly slots: readonly string[]
  /** Those of them that are never negative. */
  readonly positiveSlots: readonly string[]
  /**
   * The update of one parameter. Old values may enter by elementwise arithmetic only, so that an engine can write the
   * new ones over them. `scalar` returns what is fed under the names of `scalarsAt`.
   */
  readonly update: (parameter: Changing, scalar: (name: string) => Value) => Changed
  /** What is fed for the update `step`, counted from 1, at a learning rate. */
  readonly scalarsAt: (step: number, learningRate: number) => Readonly<Record<string, number>>
}

/** The name, on the engine and in checkpoints, of what an optimiser keeps for a parameter. */
export const slotName = (slot: string, parameter: string): string => `${slot}/${parameter}`
