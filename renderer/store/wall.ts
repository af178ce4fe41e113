/** @file How the wall is looked at: its filter, its grouping, and how large the photos are. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Grouping, Trait, WallFilter } from './arrangement.ts'

/** Side of a photo in pixels. */
export const sides = { least: 72, usual: 176, most: 400 } as const

export interface WallSubject {
  readonly filter: WallFilter
  readonly grouping: Grouping
  /** About how large a photo is in pixels; the wall fills its width with as many as fit. */
  readonly side: number
  /** Whether the strip of what is worth knowing is put away. */
  readonly isQuiet: boolean
  readonly setQuiet: (isQuiet: boolean) => void
  /** Shows one kind alone, or with `added` that kind as well; once more takes it back. */
  readonly showKind: (name: string, added: boolean) => void
  readonly showTrait: (trait: Trait | null) => void
  readonly showAll: () => void
  readonly group: (grouping: Grouping) => void
  readonly resize: (side: number) => void
}

export type WallStore = StoreApi<WallSubject>

const everything: WallFilter = { kinds: [], trait: null }

/** Everything, by kind, in the usual size. */
export function createWall(): WallStore {
  return createStore((set, get) => ({
    filter: everything,
    grouping: 'kind',
    side: sides.usual,
    isQuiet: false,
    setQuiet: (isQuiet) => set({ isQuiet }),
    showKind: (name, added) => {
      const { kinds, trait } = get().filter
      const others = kinds.filter((one) => one !== name)
      const isShown = others.length < kinds.length
      const isAlone = kinds.length === 1 && isShown
      const next = added ? (isShown ? others : [...others, name]) : isAlone ? [] : [name]
      set({ filter: { kinds: next, trait } })
    },
    showTrait: (trait) => {
      const { filter } = get()
      set({ filter: { ...filter, trait: filter.trait === trait ? null : trait } })
    },
    showAll: () => set({ filter: everything }),
    group: (grouping) => set({ grouping }),
    resize: (side) => set({ side }),
  }))
}
