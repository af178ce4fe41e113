/** @file Which trials of a round are the best, by the rule that chooses the best weights of a run. */
import { isBetter } from '../evaluation/best.ts'
import type { Trial } from './search-record.ts'

/** The best `count` of some trials that were judged by `images` images, best first; fewer where others have failed. */
export function bestTrials(trials: readonly Trial[], count: number, images: number): readonly Trial[] {
  const left = trials.flatMap((trial) => {
    const { accuracy, loss } = trial
    return accuracy === null || loss === null ? [] : [{ trial, accuracy, loss }]
  })
  const best: Trial[] = []
  // One after the other, because accuracies that are too close to tell are no order to sort by.
  while (best.length < count && left.length > 0) {
    const first = left.reduce((one, other) => (isBetter(other, one, images) ? other : one))
    best.push(first.trial)
    left.splice(left.indexOf(first), 1)
  }
  return best
}
