/** @file Whether the command palette is open. */
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface PaletteSubject {
  readonly isOpen: boolean
  readonly open: () => void
  readonly close: () => void
}

export type PaletteStore = StoreApi<PaletteSubject>

/** Closed. */
export function createPalette(): PaletteStore {
  return createStore((set) => ({
    isOpen: false,
    open: () => set({ isOpen: true }),
    close: () => set({ isOpen: false }),
  }))
}
