/** @file How well the models would do on the person's images: on request or by itself, and remembered with the project. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { FewShotItem, FewShotRequest, FewShotResult } from '../../core/api/contract/few-shot.ts'
import type { Sentence } from '../../core/sentence.ts'
import { createLatestOnly } from './latest-only.ts'

/** The results so far. */
export interface Outcome {
  readonly asked: FewShotRequest
  /** Test images; null until they are chosen. */
  readonly tests: number | null
  readonly results: readonly FewShotResult[]
  readonly failed: readonly { readonly path: string; readonly problem: Sentence }[]
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

/** Nothing has been asked. `photosNow` tells photos apart that are in the same folder at different times. */
export function createFewShot(api: Api, photosNow: () => string = () => ''): FewShotStore {
  const single = createLatestOnly()
  const known = new Map<string, Outcome>()
  const asked = new Set<string>()
  let recalling: Promise<void> = Promise.resolve()
  // Other photos have other answers; for other models the old answers still apply.
  const photosOf = (request: FewShotRequest): string =>
    JSON.stringify({ ...request, models: [], now: photosNow() })
  return createStore((set, get) => ({
    work: null,
    outcome: null,
    photos: null,
    problem: null,
    askByItself: (request) => {
      void afterwards(recalling, async () => {
        if (!asked.has(JSON.stringify(request))) await get().ask(request)
      })
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
          await remember(api, photos, outcome)
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
      const outcome = photos === null ? null : (known.get(photos) ?? null)
      set({ photos, outcome, work: null, problem: null })
      if (request?.project === undefined || photos === null || known.has(photos)) return
      recalling = afterwards(recalled(api, request.project, photos), async (found) => {
        if (found === null || known.has(photos)) return
        known.set(photos, found)
        if (answers(found, request)) asked.add(JSON.stringify(request))
        if (get().photos === photos && get().work === null) set({ outcome: found })
      })
    },
  }))
}

async function afterwards<T>(first: Promise<T>, then: (value: T) => Promise<void>): Promise<void> {
  await then(await first)
}

/** What is not remembered is asked again another time. */
async function remember(api: Api, photos: string, outcome: Outcome): Promise<void> {
  const { project } = outcome.asked
  if (project === undefined) return
  const known = { ...outcome, photos, results: [...outcome.results], failed: [...outcome.failed] }
  await api.models
    .rememberFewShot({ project, known: { ...known, alike: [...outcome.alike] } })
    .catch(() => undefined)
}

/** What a project remembers about these photos; null if nothing, or if that cannot be read. */
async function recalled(api: Api, project: string, photos: string): Promise<Outcome | null> {
  const stored = await api.models.fewShotKnown({ project }).catch(() => null)
  return stored === null || stored.photos !== photos ? null : stored
}

/** Whether an outcome is about every model of a request, as it is corrected now. */
function answers({ asked }: Outcome, request: FewShotRequest): boolean {
  return request.models.every(
    ({ path }) =>
      asked.models.some((one) => one.path === path) &&
      correctionsIn(asked, path) === correctionsIn(request, path),
  )
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
