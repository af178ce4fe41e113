/** @file The model to start from, what was recognised and corrected in it, and the resolution at which it will see images. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Estimate, ModelCard, ModelDescription, TrainingSpeed } from '../../core/api/contract/models.ts'
import type { ModelOverrides } from '../../core/api/contract/overrides.ts'
import { createLatestOnly, type Single } from './latest-only.ts'
import { wordsOfError } from '../text/sentences.ts'

export type ModelState =
  /** `path` is what is being read; null if nothing has been chosen yet. */
  | { readonly phase: 'loading'; readonly path: string | null }
  | { readonly phase: 'none' }
  | { readonly phase: 'ready'; readonly model: ModelDescription; readonly resolution: number }
  | { readonly phase: 'failed'; readonly message: string }

export interface ModelSubject {
  readonly cards: readonly ModelCard[]
  readonly state: ModelState
  /** How fast this machine trains; null while it is not known. */
  readonly speed: TrainingSpeed | null
  /** What training at the resolution costs; null while it is not known. */
  readonly estimate: Estimate | null
  /** Why the last correction was refused; null if it was not. */
  readonly refusal: string | null
  /** Why the model that was chosen last cannot be used, while the one before stays chosen. */
  readonly problem: string | null
  /** Lists the available models and takes the first that can be read. */
  readonly load: () => Promise<void>
  readonly choose: (path: string) => Promise<void>
  /** Reads the chosen model again with these corrections; if that fails, everything stays as it was. */
  readonly correct: (overrides: ModelOverrides) => Promise<void>
  /** Removes a model from the list; the file stays. */
  readonly forget: (path: string) => Promise<void>
  readonly setResolution: (resolution: number) => void
}

export type ModelStore = StoreApi<ModelSubject>

const usualBatch = 32

type SetState = ModelStore['setState']

/** Nothing is chosen until `load`. */
export function createModel(api: Api): ModelStore {
  const single = createLatestOnly()
  // A list may be requested at any time and must not end a choice.
  const lists = createLatestOnly()
  return createStore((set, get) => {
    const fail = (message: string): void => set({ state: { phase: 'failed', message }, estimate: null })
    const estimate = createEstimator(api, set, get)
    const take = (model: ModelDescription, resolution: number): void => {
      set({ state: { phase: 'ready', model, resolution }, refusal: null })
      void estimate()
    }
    const list = async (signal: AbortSignal): Promise<void> =>
      set({ cards: await api.models.list(undefined, { signal }) })
    const load = async (): Promise<void> => {
      if (get().speed === null) void learnSpeed(api, set)
      await lists.run(async (signal) => {
        await list(signal)
        const { cards, state } = get()
        if (state.phase !== 'loading' || state.path !== null) return
        const first = cards.find(({ model }) => model !== null)?.model ?? null
        if (first === null) set({ state: { phase: 'none' } })
        else take(first, nativeResolution(first))
      }, fail)
    }
    return {
      ...unknown,
      load,
      choose: async (path) => choose(path, { api, set, get, single, take, list, fail }),
      correct: async (overrides) =>
        single.run(
          async (signal) => {
            const { state } = get()
            if (state.phase !== 'ready') return
            const { path } = state.model
            take(await api.models.describe({ path, overrides }, { signal }), state.resolution)
            await list(signal)
          },
          (refusal) => set({ refusal }),
        ),
      forget: async (path) =>
        attempt(async () => {
          await api.models.forget({ path })
          if (chosenPath(get()) === path) set({ state: unknown.state })
          await load()
        }, fail),
      setResolution: (resolution) => {
        const { state } = get()
        if (state.phase === 'ready') set({ state: { ...state, resolution } })
        void estimate()
      },
    }
  })
}

/** What choosing a model works with. */
interface Choosing {
  readonly api: Api
  readonly set: SetState
  readonly get: () => ModelSubject
  readonly single: Single
  readonly take: (model: ModelDescription, resolution: number) => void
  readonly list: (signal: AbortSignal) => Promise<void>
  readonly fail: (message: string) => void
}

/** Takes the model at `path`. A file that is none takes nothing away: the model before stays chosen. */
async function choose(path: string, { api, set, get, single, take, list, fail }: Choosing): Promise<void> {
  const { state: before } = get()
  set({ problem: null })
  const keep = (problem: string): void => {
    if (before.phase !== 'ready') return fail(problem)
    set({ problem })
    take(before.model, before.resolution)
  }
  await single.run(async (signal) => {
    const known = get().cards.find((card) => card.path === path)?.model ?? null
    // What the list says is shown at once; the model is read all the same, to be remembered as the last choice.
    if (known === null) set({ state: { phase: 'loading', path }, estimate: null, refusal: null })
    else take(known, nativeResolution(known))
    const model = await api.models.describe({ path }, { signal })
    take(model, resolutionIn(get(), model))
    await list(signal)
  }, keep)
}

const unknown = {
  cards: [],
  state: { phase: 'loading', path: null },
  speed: null,
  estimate: null,
  refusal: null,
  problem: null,
} as const

/** Estimates the chosen model at its resolution; a newer request ends the previous one. */
function createEstimator(api: Api, set: SetState, get: () => ModelSubject): () => Promise<void> {
  const single = createLatestOnly()
  return async () => {
    const { state } = get()
    if (state.phase !== 'ready') return
    const { model, resolution } = state
    const input = { path: model.path, ...correctionsOf(model), resolution, batch: usualBatch }
    await single.run(
      async (signal) => set({ estimate: await api.models.estimate(input, { signal }) }),
      () => set({ estimate: null }),
    )
  }
}

async function attempt(work: () => Promise<void>, onError: (message: string) => void): Promise<void> {
  await work().catch((error: unknown) => onError(wordsOfError(error)))
}

/** Without a speed nothing is said about time; the Train step says what is wrong with the devices. */
async function learnSpeed(api: Api, set: SetState): Promise<void> {
  await api.models.speed().then(
    (speed) => set({ speed }),
    () => undefined,
  )
}

/** What a request says about a model's corrections: nothing for a model that takes none. */
export function correctionsOf({ overrides }: ModelDescription): { readonly overrides?: ModelOverrides } {
  return overrides === null ? {} : { overrides }
}

function chosenPath({ state }: ModelSubject): string | null {
  return state.phase === 'ready' ? state.model.path : null
}

/** The one chosen on the slider, or the model's own. */
function resolutionIn({ state }: ModelSubject, model: ModelDescription): number {
  return state.phase === 'ready' ? state.resolution : nativeResolution(model)
}

function nativeResolution({ resolution }: ModelDescription): number {
  return Math.min(resolution.height, resolution.width)
}

/** The resolutions a model can be trained at: multiples of its patch, from four patches to 512 pixels. */
export function resolutionRange(model: ModelDescription): { readonly least: number; readonly most: number } {
  const { patch } = model
  return { least: 4 * patch, most: Math.max(nativeResolution(model), Math.floor(512 / patch) * patch) }
}

/** How much more work a resolution is than the one the model was trained at: patches, and patches with each other. */
export function relativeWork({ patch, resolution, width }: ModelDescription, side: number): number {
  const work = (tokens: number): number => tokens * (12 * width + 2 * tokens)
  const native = (resolution.height / patch) * (resolution.width / patch)
  return work((side / patch) ** 2) / work(native)
}
