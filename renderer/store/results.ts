/** @file How a trained model does on its held-out images. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Evaluation } from '../../core/api/contract/results.ts'
import { createLatestOnly } from './latest-only.ts'

export type ResultsState =
  | { readonly phase: 'none' }
  | { readonly phase: 'evaluating'; readonly run: string; readonly done: number; readonly total: number }
  | { readonly phase: 'ready'; readonly run: string; readonly evaluation: Evaluation }
  | { readonly phase: 'stopped'; readonly run: string }
  | { readonly phase: 'failed'; readonly run: string; readonly message: string }

export interface ResultsSubject {
  readonly state: ResultsState
  /** Shows the results of a run: those in memory, those stored, or those of a new evaluation. */
  readonly evaluate: (run: string) => Promise<void>
  /** Shows what was stored for a run, if anything; evaluates nothing. */
  readonly recall: (run: string) => Promise<void>
  /** Shows the results of a run anew, if they are shown, because it answers differently now. */
  readonly refresh: (run: string) => Promise<void>
  /** Stops the evaluation in progress. */
  readonly cancel: () => void
  /** Forgets, because the model has been trained further. */
  readonly forget: () => void
}

export type ResultsStore = StoreApi<ResultsSubject>

type Set = ResultsStore['setState']

/** Nothing at first. */
export function createResults(api: Api): ResultsStore {
  const single = createLatestOnly()
  return createStore((set, get) => {
    const isHere = (run: string): boolean => {
      const { state } = get()
      return (state.phase === 'ready' || state.phase === 'evaluating') && state.run === run
    }
    const recall = async (run: string, signal: AbortSignal): Promise<boolean> => {
      const evaluation = await api.results.stored({ run }, { signal })
      if (evaluation !== null) set({ state: { phase: 'ready', run, evaluation } })
      return evaluation !== null
    }
    const fail = (run: string) => (message: string) => set({ state: { phase: 'failed', run, message } })
    return {
      state: { phase: 'none' },
      evaluate: async (run) => {
        if (isHere(run)) return
        await single.run(async (signal) => {
          set({ state: { phase: 'evaluating', run, done: 0, total: 0 } })
          if (!(await recall(run, signal))) await evaluate(api, set, run, signal)
        }, fail(run))
      },
      recall: async (run) => {
        if (!isHere(run)) await single.run(async (signal) => void (await recall(run, signal)), fail(run))
      },
      refresh: async (run) => {
        const evaluation = await api.results.stored({ run })
        const { state } = get()
        if (evaluation !== null && state.phase === 'ready' && state.run === run)
          set({ state: { phase: 'ready', run, evaluation } })
      },
      cancel: () => {
        const { state } = get()
        if (state.phase !== 'evaluating') return
        single.end()
        set({ state: { phase: 'stopped', run: state.run } })
      },
      forget: () => {
        single.end()
        set({ state: { phase: 'none' } })
      },
    }
  })
}

async function evaluate(api: Api, set: Set, run: string, signal: AbortSignal): Promise<void> {
  for await (const item of api.results.evaluate({ run }, { signal })) {
    set({
      state:
        item.type === 'progress'
          ? { phase: 'evaluating', run, done: item.done, total: item.total }
          : { phase: 'ready', run, evaluation: item.evaluation },
    })
  }
}
