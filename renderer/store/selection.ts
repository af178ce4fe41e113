/** @file The photos that a person has chosen on the wall, by their places among all photos. */
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface SelectionSubject {
  readonly chosen: ReadonlySet<number>
  /** Where a range begins: the photo that was chosen last by itself. */
  readonly anchor: number | null
  /** Chooses one photo and no other. */
  readonly only: (photo: number) => void
  readonly toggle: (photo: number) => void
  /** Chooses the photos of `order` from the anchor, or else from `from`, to this one; with `added` keeps the others. */
  readonly extend: (order: Uint32Array, from: number, photo: number, added: boolean) => void
  /** Chooses exactly these. */
  readonly choose: (photos: Iterable<number>) => void
  readonly clear: () => void
}

export type SelectionStore = StoreApi<SelectionSubject>

const none: ReadonlySet<number> = new Set()

/** Nothing is chosen. */
export function createSelection(): SelectionStore {
  return createStore((set, get) => ({
    chosen: none,
    anchor: null,
    only: (photo) => set({ chosen: new Set([photo]), anchor: photo }),
    toggle: (photo) => {
      const chosen = new Set(get().chosen)
      if (!chosen.delete(photo)) chosen.add(photo)
      set({ chosen, anchor: photo })
    },
    extend: (order, from, photo, added) => {
      const { anchor, chosen } = get()
      const to = order.indexOf(photo)
      const known = order.indexOf(anchor ?? from)
      const begin = known < 0 ? to : known
      const range = order.subarray(Math.min(begin, to), Math.max(begin, to) + 1)
      set({ chosen: new Set(added ? [...chosen, ...range] : range), anchor: order[begin] ?? photo })
    },
    choose: (photos) => set({ chosen: new Set(photos) }),
    clear: () => {
      if (get().chosen.size > 0) set({ chosen: none, anchor: null })
    },
  }))
}
