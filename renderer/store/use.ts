/** @file New images and what the model says about them: a few as cards, many as a table. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Prediction } from '../../core/api/contract/predict.ts'
import type { TableStore } from './table.ts'
import { wordsOfError } from '../text/sentences.ts'

/** An image that was shown to the model. */
export interface Asked {
  readonly key: number
  /** Folder of the run that was asked. */
  readonly model: string
  readonly file: File
  readonly prediction: Prediction | null
}

export interface UseSubject {
  /** The newest first. */
  readonly asked: readonly Asked[]
  readonly problem: string | null
  /** Shows images to the model in `folder`. More than a handful at once become a table. */
  readonly ask: (folder: string, files: readonly File[]) => Promise<void>
  /** Forgets the cards and the table. */
  readonly clear: () => void
  /** Forgets the cards. */
  readonly clearCards: () => void
}

export type UseStore = StoreApi<UseSubject>

/** More pictures than these are a table. */
export const mostCards = 12
const imagesAtOnce = 4

/** Nothing has been asked yet. */
export function createUse(api: Api, table: TableStore): UseStore {
  let lastKey = 0
  return createStore((set) => {
    const answer = (keys: readonly number[], predictions: readonly Prediction[]): void =>
      set(({ asked }) => ({
        asked: asked.map((one) => ({
          ...one,
          prediction: predictions[keys.indexOf(one.key)] ?? one.prediction,
        })),
      }))
    return {
      asked: [],
      problem: null,
      ask: async (folder, files) => {
        if (files.length > mostCards) {
          await table.getState().readFiles(folder, files[0]?.name ?? '', files)
          return
        }
        const fresh = files.map((file) => ({ key: ++lastKey, model: folder, file, prediction: null }))
        set(({ asked }) => ({ asked: [...fresh, ...asked].slice(0, 4 * mostCards), problem: null }))
        try {
          for (let first = 0; first < fresh.length; first += imagesAtOnce) {
            const some = fresh.slice(first, first + imagesAtOnce)
            const images = await Promise.all(some.map(async ({ file }) => bytesOf(file)))
            const predictions = await api.predict.images({ model: folder, images })
            answer(
              some.map(({ key }) => key),
              predictions,
            )
          }
        } catch (error) {
          const problem = wordsOfError(error)
          set(({ asked }) => ({ problem, asked: asked.filter(({ prediction }) => prediction !== null) }))
        }
      },
      clear: () => {
        table.getState().clear()
        set({ asked: [], problem: null })
      },
      clearCards: () => set({ asked: [], problem: null }),
    }
  })
}

async function bytesOf(file: File): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}
