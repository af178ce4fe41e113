/** @file The update of all trained parameters together: gradients clipped by their global norm, then the optimiser. */
import { invariant } from '../errors.ts'
import { feed, multiply, state } from '../graph/build.ts'
import type { Value } from '../graph/ir.ts'
import { clipScale, globalNorm } from './clip.ts'
import { slotName, type Optimiser } from './optimiser.ts'

/** A parameter that is trained; its name is that in the state. */
export interface Trained {
  readonly name: string
  readonly weight: Value
  readonly gradient: Value
}

/** The updates of the parameters, by names in the state, and ‖g‖ before clipping. */
export interface ClippedUpdates {
  readonly norm: Value
  readonly updates: Map<string, Value>
}

/**
 * New weights and slots from gradients that are clipped to the global norm `clip`, which is fed. Every update depends
 * on every gradient through the norm, which lets an engine overwrite the state in place.
 */
export function clippedUpdates(parameters: readonly Trained[], optimiser: Optimiser): ClippedUpdates {
  const norm = globalNorm(parameters.map(({ gradient }) => gradient))
  const scale = clipScale(norm, feed('clip', []))
  const scalar = scalarFeeds()
  const updates = new Map<string, Value>()
  for (const { name, weight, gradient } of parameters) {
    const slot = (kind: string): Value => state(slotName(kind, name), weight.shape)
    const changed = optimiser.update({ name, weight, gradient: multiply(gradient, scale), slot }, scalar)
    updates.set(name, changed.weight)
    for (const kind of optimiser.slots) {
      const value = changed.slots[kind]
      invariant(value !== undefined, () => `the optimiser leaves out ${kind}`)
      updates.set(slotName(kind, name), value)
    }
  }
  return { norm, updates }
}

/** Returns one value for each name, however often it is requested. */
function scalarFeeds(): (name: string) => Value {
  const known = new Map<string, Value>()
  return (name) => {
    const value = known.get(name) ?? feed(name, [])
    known.set(name, value)
    return value
  }
}
