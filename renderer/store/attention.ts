/** @file Whether and how pictures show where the model looks; the same from one picture to the next. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Attention } from '../../core/api/contract/predict.ts'

/** Through all layers, or the last alone. */
export type Layers = keyof Attention

export interface AttentionSubject {
  readonly isShown: boolean
  readonly layers: Layers
  /** How dark the rest of the picture becomes, from 0 to 1. */
  readonly strength: number
  readonly show: (isShown: boolean) => void
  readonly setLayers: (layers: Layers) => void
  readonly setStrength: (strength: number) => void
}

export type AttentionStore = StoreApi<AttentionSubject>

/** Not shown at first. */
export function createAttention(): AttentionStore {
  return createStore((set) => ({
    isShown: false,
    layers: 'rollout',
    strength: 0.85,
    show: (isShown) => set({ isShown }),
    setLayers: (layers) => set({ layers }),
    setStrength: (strength) => set({ strength }),
  }))
}
