/** @file How the open run answers, as a person chooses after the training: shown at once, stored a moment later. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { RunDetails } from '../../core/api/contract/runs.ts'
import {
  plainAnswers,
  thresholdOf as thresholdOfAnswers,
  type Answering,
} from '../../core/train/evaluation/answering.ts'
import type { ResultsStore } from './results.ts'
import type { UseStore } from './use.ts'
import { wordsOfError } from '../text/sentences.ts'

export interface AnswersSubject {
  /** Id of the run; null before one was opened. */
  readonly run: string | null
  readonly answers: Answering
  /** Why the last choice could not be stored; null if it was. */
  readonly problem: string | null
  /** Shows how a run answers; choices for the run that is shown already stay. */
  readonly open: (run: Pick<RunDetails, 'id' | 'answers'>) => void
  /** Changes how the open run answers; its results follow. */
  readonly choose: (change: Partial<Answering>) => void
}

export type AnswersStore = StoreApi<AnswersSubject>

// Long enough for a slider to come to rest, short enough to seem immediate.
const saveAfterMs = 200

/** The probability below which the open run's answers are unsure. */
export function thresholdOf({ answers }: Pick<AnswersSubject, 'answers'>): number {
  return thresholdOfAnswers(answers)
}

/** What else follows a choice. */
interface Followers {
  readonly results: ResultsStore
  readonly use: UseStore
}

/** No run at first. */
export function createAnswers(api: Api, { results, use }: Followers): AnswersStore {
  let waiting: { run: string; before: Answering; change: Partial<Answering> } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> = Promise.resolve()
  return createStore((set, get) => {
    const save = async (): Promise<void> => {
      if (waiting === null) return
      const { run, before, change } = waiting
      waiting = null
      try {
        await api.results.choose({ run, answers: change })
        // What was said before would now be said differently.
        if (change.model !== undefined || change.fairness !== undefined) use.getState().clear()
        await results.getState().refresh(run)
      } catch (thrown) {
        const problem = wordsOfError(thrown)
        if (get().run === run) set({ problem, ...(waiting === null ? { answers: before } : {}) })
      }
    }
    // One after the other, so that the last choice is the one that stays.
    const flush = (): void => {
      clearTimeout(timer)
      saving = saving.then(save)
    }
    return {
      run: null,
      answers: plainAnswers,
      problem: null,
      open: ({ id, answers }) => {
        if (get().run === id) return
        flush()
        set({ run: id, answers, problem: null })
      },
      choose: (change) => {
        const { run, answers } = get()
        if (run === null) return
        waiting = { run, before: waiting?.before ?? answers, change: { ...waiting?.change, ...change } }
        set({ answers: { ...answers, ...change }, problem: null })
        clearTimeout(timer)
        timer = setTimeout(flush, saveAfterMs)
      },
    }
  })
}
