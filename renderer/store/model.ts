/** @file The model to start from, and the resolution it shall see images at. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Estimate, ModelCard, ModelDescription } from '../../core/api/contract/models.ts'
import { createSingle } from './single.ts'

export type ModelState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'none' }
  | { readonly phase: 'ready'; readonly model: ModelDescription; readonly resolution: number }
  | { readonly phase: 'failed'; readonly message: string }

export interface ModelSubject {
  readonly cards: readonly ModelCard[]
  readonly state: ModelState
  /** What training at the resolution costs; null while it is not known. */
  readonly estimate: Estimate | null
  /** Lists the models on offer and takes the first that can be read. */
  readonly load: () => Promise<void>
  readonly choose: (path: string) => Promise<void>
  readonly setResolution: (resolution: number) => void
}

export type ModelStore = StoreApi<ModelSubject>

const usualBatch = 32

/** Nothing is chosen until `load`. */
export function createModel(api: Api): ModelStore {
  const single = createSingle()
  const estimates = createSingle()
  return createStore((set, get) => {
    const fail = (message: string): void => set({ state: { phase: 'failed', message }, estimate: null })
    const take = (model: ModelDescription): void => {
      const { height, width } = model.resolution
      set({ state: { phase: 'ready', model, resolution: Math.min(height, width) } })
      void estimate()
    }
    const estimate = async (): Promise<void> => {
      const { state } = get()
      if (state.phase !== 'ready') return
      const { model, resolution } = state
      const input = { path: model.path, resolution, batch: usualBatch }
      await estimates.run(
        async (signal) => set({ estimate: await api.models.estimate(input, { signal }) }),
        () => set({ estimate: null }),
      )
    }
    return {
      cards: [],
      state: { phase: 'loading' },
      estimate: null,
      load: async () =>
        single.run(async (signal) => {
          const cards = await api.models.list(undefined, { signal })
          set({ cards })
          if (get().state.phase !== 'loading') return
          const first = cards.find(({ model }) => model !== null)?.model
          if (first === undefined || first === null) set({ state: { phase: 'none' } })
          else take(first)
        }, fail),
      choose: async (path) =>
        single.run(async (signal) => {
          set({ state: { phase: 'loading' }, estimate: null })
          take(await api.models.describe({ path }, { signal }))
          set({ cards: await api.models.list(undefined, { signal }) })
        }, fail),
      setResolution: (resolution) => {
        const { state } = get()
        if (state.phase !== 'ready') return
        set({ state: { ...state, resolution } })
        void estimate()
      },
    }
  })
}

/** The resolutions a model can be trained at: multiples of its patch, from four patches to 512 pixels. */
export function resolutionRange({ patch, resolution }: ModelDescription): {
  readonly least: number
  readonly most: number
} {
  const native = Math.min(resolution.height, resolution.width)
  return { least: 4 * patch, most: Math.max(native, Math.floor(512 / patch) * patch) }
}

/** How much more work a resolution is than the one the model was made for: patches, and patches with each other. */
export function relativeWork({ patch, resolution, width }: ModelDescription, side: number): number {
  const work = (tokens: number): number => tokens * (12 * width + 2 * tokens)
  const native = (resolution.height / patch) * (resolution.width / patch)
  return work((side / patch) ** 2) / work(native)
}
