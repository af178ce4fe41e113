/** @file How well the models would do on the person's images: asked for, and remembered while the window is open. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { FewShotItem, FewShotRequest, FewShotResult } from '../../core/api/contract/few-shot.ts'
import { createSingle } from './single.ts'

/** What came out, as far as it has. */
export interface Outcome {
  /** Test images; null until they are chosen. */
  readonly tests: number | null
  readonly results: readonly FewShotResult[]
  readonly failed: readonly { readonly path: string; readonly problem: string }[]
  /** Path of the model that suits the images best, and of those that may be as good. */
  readonly best: string | null
  readonly alike: readonly string[]
}

/** What is done now: images are checked, or looked at by a model. */
export interface Work {
  readonly path: string | null
  readonly done: number
  readonly total: number
}

export interface FewShotSubject {
  /** Null where nothing is under way. */
  readonly work: Work | null
  /** Of the question that is under way or was answered last. */
  readonly outcome: Outcome | null
  /** The question in words of the program, by which an answer is found again. */
  readonly question: string | null
  readonly problem: string | null
  readonly ask: (request: FewShotRequest) => Promise<void>
  readonly cancel: () => void
  /** Puts the answer to this question in sight, where there is one, and none where there is not. */
  readonly recall: (request: FewShotRequest | null) => void
}

export type FewShotStore = StoreApi<FewShotSubject>

const nothing: Outcome = { tests: null, results: [], failed: [], best: null, alike: [] }

/** Nothing was asked. */
export function createFewShot(api: Api): FewShotStore {
  const single = createSingle()
  const known = new Map<string, Outcome>()
  return createStore((set, get) => ({
    work: null,
    outcome: null,
    question: null,
    problem: null,
    ask: async (request) => {
      const question = JSON.stringify(request)
      set({ question, outcome: nothing, problem: null, work: { path: null, done: 0, total: 0 } })
      await single.run(
        async (signal) => {
          for await (const item of api.models.fewShot(request, { signal }))
            set(({ outcome, work }) => taken(item, outcome ?? nothing, work))
          const { outcome } = get()
          if (outcome !== null) known.set(question, outcome)
          set({ work: null })
        },
        (problem) => set({ problem, work: null, outcome: null }),
      )
    },
    cancel: () => {
      single.end()
      set({ work: null, outcome: null, question: null })
    },
    recall: (request) => {
      const question = request === null ? null : JSON.stringify(request)
      if (question === get().question) return
      single.end()
      const outcome = question === null ? null : (known.get(question) ?? null)
      set({ question, outcome, work: null, problem: null })
    },
  }))
}

function taken(
  item: FewShotItem,
  outcome: Outcome,
  work: Work | null,
): { readonly outcome: Outcome; readonly work: Work | null } {
  switch (item.type) {
    case 'checking':
      return { outcome, work: { path: null, done: item.done, total: item.total } }
    case 'images':
      return { outcome: { ...outcome, tests: item.tests }, work }
    case 'progress':
      return { outcome, work: { path: item.path, done: item.done, total: item.total } }
    case 'result':
      return { outcome: { ...outcome, results: [...outcome.results, item.result] }, work }
    case 'failed': {
      const { path, problem } = item
      return { outcome: { ...outcome, failed: [...outcome.failed, { path, problem }] }, work }
    }
    case 'done':
      return { outcome: { ...outcome, best: item.best, alike: item.alike }, work }
    default:
      return item
  }
}
