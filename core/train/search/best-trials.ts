/** @file Which trials of a round are the best, by the rule that chooses the best weights of a run. */
import { isBetter } from '../evaluation/best.ts'
import type { Trial } from './search-record.ts'

/** The best of some trials that were judged by `images` images, the first of equal ones; null where all diverged. */
export function bestTrial(trials: readonly Trial[], images: number): Trial | null {
  let best: { readonly trial: Trial; readonly accuracy: number; readonly loss: number } | null = null
  for (const trial of trials) {
    const { accuracy, loss } = trial
    if (accuracy === null || loss === null) continue
    const candidate = { trial, accuracy, loss }
    if (isBetter(candidate, best, images)) best = candidate
  }
  return best?.trial ?? null
}

/**
 * The best trial of each rate. Rates are only compared by longer trials, because in a short one a low rate, which changes
 * little, looks better than it is.
 */
export function bestOfEachRate(trials: readonly Trial[], images: number): readonly Trial[] {
  const rates = [...new Set(trials.map(({ learningRate }) => learningRate))]
  return rates.flatMap((rate) => {
    const own = trials.filter(({ learningRate }) => learningRate === rate)
    return bestTrial(own, images) ?? []
  })
}
