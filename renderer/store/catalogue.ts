/** @file Models that can be downloaded: which there are, the progress of each, and where downloads come from. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type {
  CatalogueCard,
  CatalogueSettings,
  CatalogueState,
  DownloadEvent,
} from '../../core/api/contract/catalogue.ts'
import type { OtherCopy } from '../../core/catalogue/progress.ts'
import { AppError } from '../../core/errors.ts'
import { wordsOfError } from '../text/sentences.ts'

/** For a file that is checked and copied: bytes. */
export interface Importing {
  readonly done: number
  readonly total: number
}

export interface CatalogueSubject {
  readonly cards: readonly CatalogueCard[]
  /** Null until it is known. */
  readonly settings: CatalogueSettings | null
  /** Why the list or the setting is not available. */
  readonly problem: string | null
  /** Why the last action on a model failed, by its id. */
  readonly problems: Readonly<Record<string, string>>
  readonly importing: Readonly<Record<string, Importing>>
  /** Copies that are still on this machine after the last model was removed. */
  readonly left: readonly OtherCopy[]
  /** Lists the models, and follows downloads in progress. Downloads nothing. */
  readonly load: () => Promise<void>
  readonly download: (id: string) => Promise<void>
  readonly pause: (id: string) => Promise<void>
  readonly remove: (id: string) => Promise<void>
  readonly importFile: (id: string, path: string) => Promise<void>
  /** An address, or null for none. */
  readonly setMirror: (mirror: string | null) => Promise<void>
}

export type CatalogueStore = StoreApi<CatalogueSubject>

type SetState = CatalogueStore['setState']

/** Empty until `load`. */
export function createCatalogue(api: Api): CatalogueStore {
  const followed = new Set<string>()
  return createStore((set, get) => {
    const refresh = async (): Promise<void> => tell(set, async () => ({ cards: await api.catalogue.list() }))
    const attempt = async (id: string, work: () => Promise<unknown>): Promise<void> => {
      set(({ problems }) => ({ problems: without(problems, id) }))
      await work().catch((error: unknown) => blame(set, id, error))
      await refresh()
    }
    const follow = async (id: string, open: () => AsyncIterable<DownloadEvent>): Promise<void> => {
      if (followed.has(id)) return
      followed.add(id)
      await attempt(id, async () => {
        for await (const latest of open()) show(set, id, { state: 'downloading', latest })
      }).finally(() => followed.delete(id))
    }
    return {
      cards: [],
      settings: null,
      problem: null,
      problems: {},
      importing: {},
      left: [],
      load: async () => {
        await refresh()
        for (const { id, state } of get().cards)
          if (state.state === 'downloading') void follow(id, () => api.catalogue.follow({ id }))
        await tell(set, async () => ({ settings: await api.catalogue.settings() }))
      },
      download: async (id) => follow(id, () => api.catalogue.download({ id })),
      pause: async (id) => attempt(id, async () => api.catalogue.pause({ id })),
      remove: async (id) => {
        set({ left: [] })
        await attempt(id, async () => set({ left: await api.catalogue.remove({ id }) }))
      },
      importFile: async (id, path) => {
        await attempt(id, async () => {
          for await (const item of api.catalogue.importFile({ id, path }))
            if (item.type === 'progress') showImport(set, id, item)
        })
        set(({ importing }) => ({ importing: without(importing, id) }))
      },
      setMirror: async (mirror) =>
        tell(set, async () => ({ settings: await api.catalogue.setMirror({ mirror }) })),
    }
  })
}

/** Shows what was requested, or why it is not available. */
async function tell(set: SetState, ask: () => Promise<Partial<CatalogueSubject>>): Promise<void> {
  try {
    set({ ...(await ask()), problem: null })
  } catch (error) {
    set({ problem: wordsOfError(error) })
  }
}

function show(set: SetState, id: string, state: CatalogueState): void {
  set(({ cards }) => ({ cards: cards.map((card) => (card.id === id ? { ...card, state } : card)) }))
}

function showImport(set: SetState, id: string, { done, total }: Importing): void {
  set(({ importing }) => ({ importing: { ...importing, [id]: { done, total } } }))
}

function blame(set: SetState, id: string, error: unknown): void {
  const failure = AppError.from(error)
  // Pausing ends the download with this error; the card says so itself.
  if (failure.code === 'cancelled') return
  set(({ problems }) => ({ problems: { ...problems, [id]: wordsOfError(failure) } }))
}

function without<T>(values: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).filter(([one]) => one !== name))
}
