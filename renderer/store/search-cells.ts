/** @file A search as the cells of its grid. */
import type { TrialEvent } from '../../core/train/events.ts'
import type { Search, Trial } from '../../core/train/search/search-record.ts'

/** A setting, by the longest trial that was judged. */
export interface GridCell {
  readonly state: 'waiting' | 'running' | 'in' | 'out' | 'failed' | 'chosen'
  readonly accuracy: number | null
  readonly loss: number | null
  /** Steps after which it was judged so. */
  readonly rounds: number
  /** The trial in progress: steps made, and all. */
  readonly progress: { readonly step: number; readonly steps: number } | null
  /** How good its accuracy is among all, from 0 to 1. */
  readonly tone: number
}

/** Row by row, a row for each rate. `trial` is the newest step of a trial in progress. */
export function cellsOf(search: Search, trial: TrialEvent | null): GridCell[] {
  const { learningRates, augments, trials } = search
  const judged = trials.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy]))
  const [lowest, highest] = [Math.min(...judged), Math.max(...judged)]
  return learningRates.flatMap((learningRate) =>
    augments.map((augment): GridCell => {
      const own = trials.filter((one) => one.learningRate === learningRate && one.augment === augment)
      const last = own.at(-1)
      const known = own.findLast((one) => one.accuracy !== null)
      const accuracy = known?.accuracy ?? null
      const isRunning = last !== undefined && trial !== null && trials[trial.trial] === last
      return {
        state: last === undefined ? 'waiting' : isRunning ? 'running' : stateOf(search, last),
        accuracy,
        loss: known?.loss ?? null,
        rounds: known?.steps ?? 0,
        progress: isRunning ? { step: trial.trialStep, steps: trial.trialSteps } : null,
        tone: accuracy === null ? 0 : highest === lowest ? 1 : (accuracy - lowest) / (highest - lowest),
      }
    }),
  )
}

function stateOf({ trials, chosen }: Search, last: Trial): GridCell['state'] {
  if (last.state === 'failed') return 'failed'
  if (chosen !== null)
    return last.learningRate === chosen.learningRate && last.augment === chosen.augment ? 'chosen' : 'out'
  if (last.state !== 'done' && last.round === 1) return 'waiting'
  return last.round === trials.at(-1)?.round ? 'in' : 'out'
}

/** How many trials have been judged. */
export function judgedTrials({ trials }: Search): number {
  return trials.filter(({ state }) => state === 'done' || state === 'failed').length
}

/** Whether the setting is not known yet. */
export function isSearching(search: Search | null): search is Search {
  return search !== null && search.chosen === null
}
