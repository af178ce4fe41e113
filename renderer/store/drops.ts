/** @file What the open screen does with what is dropped on the window. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { DroppedTree } from './send-folder.ts'

/** Something that was dropped. The path is known only if the shell reveals it. */
export type Dropped =
  | { readonly kind: 'folder'; readonly path: string | null; readonly tree: DroppedTree }
  | { readonly kind: 'files'; readonly files: readonly File[] }

/** Receives what is dropped. */
export interface DropTarget {
  /** Shown while something is dragged over the window. */
  readonly hint: string
  readonly take: (dropped: Dropped) => void
}

export interface DropsSubject {
  /** Null if the screen has no use for drops. */
  readonly target: DropTarget | null
  readonly setTarget: (target: DropTarget | null) => void
}

export type DropsStore = StoreApi<DropsSubject>

/** No target at first. */
export function createDrops(): DropsStore {
  return createStore((set) => ({ target: null, setTarget: (target) => set({ target }) }))
}
