/** @file How well the models would do on the person's images: on request or by itself, and remembered while the window is open. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { FewShotItem, FewShotRequest, FewShotResult } from '../../core/api/contract/few-shot.ts'
import { createLatestOnly } from './latest-only.ts'

/** The results so far. */
export interface Outcome {
  readonly asked: FewShotRequest
  /** Test images; null until they are chosen. */
  readonly tests: number | null
  readonly results: readonly FewShotResult[]
  readonly failed: readonly { readonly path: string; readonly problem: string }[]
  /** Path of the model that suits the images best, and of those that may be as good. */
  readonly best: string | null
  readonly alike: readonly string[]
}

/** The current stage: images are checked, or probed with a model. */
export interface Work {
  readonly path: string | null
  readonly done: number
  readonly total: number
}

export interface FewShotSubject {
  /** Null if nothing is in progress. */
  readonly work: Work | null
  /** Of the request that is in progress or was answered last. */
  readonly outcome: Outcome | null
  /** Which photos it is about; null for none. */
  readonly photos: string | null
  readonly problem: string | null
  readonly ask: (request: FewShotRequest) => Promise<void>
  /** Asks unless exactly this was asked already, whatever came of it. */
  readonly askByItself: (request: FewShotRequest) => void
  readonly cancel: () => void
  /** Shows the last answer about the photos of this request, or none if there is none. */
  readonly recall: (request: FewShotRequest | null) => void
}

export type FewShotStore = StoreApi<FewShotSubject>

/** Other photos have other answers; for other models the old answers still apply. */
function photosOf(request: FewShotRequest): string {
  return JSON.stringify({ ...request, models: [] })
}

/** Nothing has been asked. */
export function createFewShot(api: Api): FewShotStore {
  const single = createLatestOnly()
  const known = new Map<string, Outcome>()
  const asked = new Set<string>()
  return createStore((set, get) => ({
    work: null,
    outcome: null,
    photos: null,
    problem: null,
    askByItself: (request) => {
      if (!asked.has(JSON.stringify(request))) void get().ask(request)
    },
    ask: async (request) => {
      asked.add(JSON.stringify(request))
      const photos = photosOf(request)
      let outcome: Outcome = { asked: request, tests: null, results: [], failed: [], best: null, alike: [] }
      set({ photos, outcome, problem: null, work: { path: null, done: 0, total: 0 } })
      await single.run(
        async (signal) => {
          for await (const item of api.models.fewShot(request, { signal })) {
            outcome = taken(outcome, item)
            set({ outcome, ...workOf(item) })
          }
          known.set(photos, outcome)
          set({ work: null })
        },
        (problem) => set({ problem, work: null, outcome: known.get(photos) ?? null }),
      )
    },
    cancel: () => {
      single.end()
      const { photos } = get()
      set({ work: null, outcome: photos === null ? null : (known.get(photos) ?? null) })
    },
    recall: (request) => {
      const photos = request === null ? null : photosOf(request)
      if (photos === get().photos) return
      single.end()
      set({
        photos,
        outcome: photos === null ? null : (known.get(photos) ?? null),
        work: null,
        problem: null,
      })
    },
  }))
}

function taken(outcome: Outcome, item: FewShotItem): Outcome {
  switch (item.type) {
    case 'checking':
    case 'progress':
      return outcome
    case 'images':
      return { ...outcome, tests: item.tests }
    case 'result':
      return { ...outcome, results: [...outcome.results, item.result] }
    case 'failed':
      return { ...outcome, failed: [...outcome.failed, { path: item.path, problem: item.problem }] }
    case 'done':
      // A single model is not the best of anything.
      return { ...outcome, best: outcome.results.length > 1 ? item.best : null, alike: item.alike }
    default:
      return item
  }
}

/** The current stage, if an item says so. */
function workOf(item: FewShotItem): { readonly work?: Work } {
  if (item.type !== 'checking' && item.type !== 'progress') return {}
  const { done, total } = item
  return { work: { path: item.type === 'progress' ? item.path : null, done, total } }
}

/** The results that still apply: those of models that were not corrected since. */
export function resultsThatHold({ asked, results }: Outcome, now: FewShotRequest): readonly FewShotResult[] {
  return results.filter(({ path }) => correctionsIn(asked, path) === correctionsIn(now, path))
}

function correctionsIn({ models }: FewShotRequest, path: string): string {
  return JSON.stringify(models.find((one) => one.path === path)?.overrides ?? {})
}
