/** @file What the open screen does with what is dropped on the window. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { DroppedTree } from './send-folder.ts'

/** Something that was dropped. A path is there only where the shell knows it. */
export type Dropped =
  | { readonly kind: 'folder'; readonly path: string | null; readonly tree: DroppedTree }
  | { readonly kind: 'files'; readonly files: readonly File[] }

/** Who takes what is dropped. */
export interface DropTarget {
  /** Said while something hovers over the window. */
  readonly hint: string
  readonly take: (dropped: Dropped) => void
}

export interface DropsSubject {
  /** Null where the screen has no use for anything. */
  readonly target: DropTarget | null
  readonly setTarget: (target: DropTarget | null) => void
}

export type DropsStore = StoreApi<DropsSubject>

/** Nobody takes anything at first. */
export function createDrops(): DropsStore {
  return createStore((set) => ({ target: null, setTarget: (target) => set({ target }) }))
}
