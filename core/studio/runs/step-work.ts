/** @file How much arithmetic a training step of a model is. */
import { stepFlops } from '../../graph/flops.ts'
import { trainingStep } from '../../train/step/graphs.ts'
import type { Normalisation, VitConfig } from '../../vit/config.ts'

const known = new Map<string, number>()
const mostKnown = 1000

/**
 * 10^9 operations of one training step on one image, by the count of `stepFlops`. All blocks but the last are the same,
 * so that a graph with one block and one with two give those of any depth, in a fraction of the time.
 */
export function stepGflop(config: VitConfig, normalisation: Normalisation): number {
  const key = JSON.stringify(config)
  const found = known.get(key)
  if (found !== undefined) return found
  const withDepth = (depth: number): number => {
    // The number of classes hardly matters; a model without any could not be trained.
    const shallow = { ...config, depth, classes: Math.max(2, config.classes) }
    return stepFlops(trainingStep({ config: shallow, normalisation }, 1, { recompute: false })) / 1e9
  }
  const one = withDepth(1)
  const work = one + (config.depth - 1) * (withDepth(2) - one)
  if (known.size >= mostKnown) known.clear()
  known.set(key, work)
  return work
}
