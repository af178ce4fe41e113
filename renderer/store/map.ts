/** @file The map of the photos: through whose eyes, how far it is, and the maps that are known while the window is open. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { MapRequest, MapStage, PhotoMap } from '../../core/api/contract/map.ts'
import type { RunSummary } from '../../core/api/contract/runs.ts'
import { createLatestOnly } from './latest-only.ts'

/** How the photos are shown. */
export const photoViews = ['wall', 'map', 'worth'] as const
export type PhotoView = (typeof photoViews)[number]

/** What is being done for a map. */
export interface MapWork {
  readonly stage: MapStage
  readonly done: number
  readonly total: number
}

export interface MapSubject {
  readonly view: PhotoView
  /** The run through whose eyes the photos are seen; null for the chosen model, before training. */
  readonly eye: string | null
  /** The project's runs that have weights to see with, newest first. */
  readonly eyes: readonly RunSummary[]
  /** Null if nothing is in progress. */
  readonly work: MapWork | null
  /** Of the request that was asked last. */
  readonly map: PhotoMap | null
  readonly problem: string | null
  readonly show: (view: PhotoView) => void
  readonly seeThrough: (run: string | null) => void
  /** Shows the map as a run of a project sees it. */
  readonly seeAsRun: (run: string, project: string) => Promise<void>
  /** Finds the runs of a project. */
  readonly findEyes: (project: string | null) => Promise<void>
  /** Shows the map of a request, which is computed unless it is known; null shows none. */
  readonly ask: (request: MapRequest | null) => Promise<void>
  readonly cancel: () => void
}

export type MapStore = StoreApi<MapSubject>

/** Maps of fifty thousand photos take some megabytes each. */
const mostKnown = 4

/** The wall, and no map. */
export function createMap(api: Api): MapStore {
  const single = createLatestOnly()
  const runs = createLatestOnly()
  const known = new Map<string, PhotoMap>()
  const keep = (key: string, map: PhotoMap): void => {
    known.set(key, map)
    const [oldest] = known.keys()
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
  }
  return createStore((set, get) => ({
    view: 'wall',
    eye: null,
    eyes: [],
    work: null,
    map: null,
    problem: null,
    show: (view) => set({ view }),
    seeThrough: (eye) => set({ eye }),
    seeAsRun: async (run, project) => {
      // An eye that is not among them yet would be taken for the chosen model.
      await get().findEyes(project)
      set({ eye: run, view: 'map' })
    },
    findEyes: async (project) =>
      runs.run(
        async (signal) => {
          const all = project === null ? [] : await api.runs.list(undefined, { signal })
          set({ eyes: all.filter((run) => run.project === project && run.bestAccuracy !== null) })
        },
        (problem) => set({ problem }),
      ),
    ask: async (request) => {
      const key = JSON.stringify(request)
      const map = known.get(key) ?? null
      single.end()
      set({ map, problem: null, work: null })
      if (request === null || map !== null) return
      set({ work: { stage: 'checking', done: 0, total: 0 } })
      await single.run(
        async (signal) => {
          for await (const item of api.map.place(request, { signal })) {
            if (item.type === 'done') {
              keep(key, item.map)
              set({ map: item.map, work: null })
            } else set({ work: { stage: item.stage, done: item.done, total: item.total } })
          }
        },
        (problem) => set({ problem, work: null }),
      )
    },
    cancel: () => {
      single.end()
      set({ work: null })
    },
  }))
}
