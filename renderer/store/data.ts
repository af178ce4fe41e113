/** @file The images to learn from: chosen, being checked, or ready. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { CheckedData } from '../../core/api/contract/data.ts'
import { createSingle } from './single.ts'

export type DataState =
  | { readonly phase: 'empty' }
  | { readonly phase: 'sampling' | 'checking'; readonly done: number; readonly total: number }
  | {
      readonly phase: 'ready'
      readonly folder: string
      readonly validation: string | null
      readonly checked: CheckedData
    }
  | { readonly phase: 'failed'; readonly folder: string | null; readonly message: string }

export interface DataSubject {
  readonly state: DataState
  /** Share of each kind that is held back where there is no folder for it. */
  readonly validationSplit: number
  readonly check: (folder: string, validation?: string) => Promise<void>
  readonly useSample: () => Promise<void>
  readonly cancel: () => void
  readonly setSplit: (share: number) => void
}

export type DataStore = StoreApi<DataSubject>

/** Empty at first. */
export function createData(api: Api): DataStore {
  const single = createSingle()
  return createStore((set) => {
    const look = async (
      folder: string,
      validation: string | undefined,
      signal: AbortSignal,
    ): Promise<void> => {
      set({ state: { phase: 'checking', done: 0, total: 0 } })
      const input = validation === undefined ? { folder } : { folder, validation }
      for await (const item of api.data.check(input, { signal })) {
        set({
          state:
            item.type === 'progress'
              ? { phase: 'checking', done: item.done, total: item.total }
              : { phase: 'ready', folder, validation: validation ?? null, checked: item.data },
        })
      }
    }
    const fail = (folder: string | null, message: string): void =>
      set({ state: { phase: 'failed', folder, message } })
    return {
      state: { phase: 'empty' },
      validationSplit: 0.2,
      check: async (folder, validation) =>
        single.run(
          async (signal) => look(folder, validation, signal),
          (message) => fail(folder, message),
        ),
      useSample: async () =>
        single.run(
          async (signal) => {
            set({ state: { phase: 'sampling', done: 0, total: 0 } })
            for await (const item of api.data.sample(undefined, { signal })) {
              if (item.type === 'done') await look(item.train, item.test, signal)
              else set({ state: { phase: 'sampling', done: item.done, total: item.total } })
            }
          },
          (message) => fail(null, message),
        ),
      cancel: () => {
        single.end()
        set({ state: { phase: 'empty' } })
      },
      setSplit: (validationSplit) => set({ validationSplit }),
    }
  })
}

/** How many images of each class are learned from and held back; the engine decides by the same share. */
export function splitOf(
  { classes, validation }: CheckedData,
  share: number,
): readonly { readonly name: string; readonly training: number; readonly held: number }[] {
  return classes.map(({ name, images, validation: given }) => {
    if (validation !== null) return { name, training: images, held: given ?? 0 }
    const held = heldOf(images, share)
    return { name, training: images - held, held }
  })
}

// At least one image of a class is held back, and at least one is left to learn from.
function heldOf(images: number, share: number): number {
  if (images < 2 || share === 0) return 0
  return Math.min(images - 1, Math.max(1, Math.round(share * images)))
}
