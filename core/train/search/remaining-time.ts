/** @file How long a search and the training after it will still take, by how long its trials have taken. */
import { secondsOf, type Clock } from '../run/throughput.ts'
import type { FineTuneRun } from '../start.ts'
import { costOf, lengthOfRun, trialLength, type TrainingLength } from './plan-search.ts'
import type { Search } from './search-record.ts'

/** Follows the trials of a search. */
export interface RemainingTime {
  /** Seconds left after so many steps of the trial with this index. */
  readonly after: (search: Search, trial: number, step: number) => number
}

/** From now on: what was done before an interruption says nothing about the speed of today. */
export function remainingTime({ record, data }: FineTuneRun, clock: Clock): RemainingTime {
  const run = lengthOfRun(record, { training: data.training.length, validation: data.validation.length })
  const begun = secondsOf(clock)
  let costAtFirst: number | null = null
  return {
    after: (search, trial, step) => {
      costAtFirst ??= costLeft(search, run, trial, step - 1)
      const cost = costLeft(search, run, trial, step)
      return (cost * (secondsOf(clock) - begun)) / (costAtFirst - cost)
    },
  }
}

/** Of the training, and of all trials that have not been judged, but for the steps that one of them has made. */
function costLeft(
  { rounds, trials, development }: Search,
  run: TrainingLength,
  trial: number,
  step: number,
): number {
  const costs = rounds.map(({ trials: count, steps }, index) => {
    const judged = trials.filter(({ round, state }) => round === index + 1 && state in { done: 0, failed: 0 })
    return (count - judged.length) * costOf(trialLength(run, steps, development))
  })
  const steps = trials[trial]?.steps ?? 1
  const made = (step / steps) * costOf({ ...trialLength(run, steps, development), evaluated: 0 })
  return costs.reduce((sum, cost) => sum + cost, costOf(run) - made)
}
