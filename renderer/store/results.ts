/** @file What a trained model does on its held-out images. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Evaluation, JudgedImage } from '../../core/api/contract/results.ts'
import { createSingle } from './single.ts'

export type ResultsState =
  | { readonly phase: 'none' }
  | { readonly phase: 'evaluating'; readonly run: string; readonly done: number; readonly total: number }
  | { readonly phase: 'ready'; readonly run: string; readonly evaluation: Evaluation }
  | { readonly phase: 'failed'; readonly run: string; readonly message: string }

export interface ResultsSubject {
  readonly state: ResultsState
  /** Evaluates a run, unless its results are here already. */
  readonly evaluate: (run: string) => Promise<void>
  /** Forgets, because the model has learned further. */
  readonly forget: () => void
}

export type ResultsStore = StoreApi<ResultsSubject>

/** Nothing at first. */
export function createResults(api: Api): ResultsStore {
  const single = createSingle()
  return createStore((set, get) => ({
    state: { phase: 'none' },
    evaluate: async (run) => {
      const { state } = get()
      const isHere = (state.phase === 'ready' || state.phase === 'evaluating') && state.run === run
      if (isHere) return
      await single.run(
        async (signal) => {
          set({ state: { phase: 'evaluating', run, done: 0, total: 0 } })
          for await (const item of api.results.evaluate({ run }, { signal })) {
            set({
              state:
                item.type === 'progress'
                  ? { phase: 'evaluating', run, done: item.done, total: item.total }
                  : { phase: 'ready', run, evaluation: item.evaluation },
            })
          }
        },
        (message) => set({ state: { phase: 'failed', run, message } }),
      )
    },
    forget: () => {
      single.end()
      set({ state: { phase: 'none' } })
    },
  }))
}

/** Images of which the model took another class for the true one, the surest first. */
export function mistakesOf({ images }: Evaluation): JudgedImage[] {
  return images
    .filter(({ label, predicted }) => label !== predicted)
    .sort((a, b) => b.probability - a.probability)
}
