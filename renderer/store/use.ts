/** @file New images and what the model says about them: a few one by one, of which one is shown large; many as a table. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Prediction } from '../../core/api/contract/predict.ts'
import { wordsOfError } from '../text/sentences.ts'
import { imageToPredict, type ImageSource } from './image-source.ts'
import type { TableStore } from './table.ts'

/** An image that was shown to the model. */
export interface Asked {
  readonly key: number
  /** Folder of the run that was asked. */
  readonly model: string
  readonly name: string
  readonly source: ImageSource
  /** What it shows, of a held-back image; null if that is not known. */
  readonly truth: string | null
  readonly prediction: Prediction | null
}

/** An image to show to the model. */
export type ToAsk = Pick<Asked, 'name' | 'source' | 'truth'>

export interface UseSubject {
  /** The newest first. */
  readonly asked: readonly Asked[]
  /** Key of the one that is shown large; null if there is none. */
  readonly shown: number | null
  readonly problem: string | null
  /** Shows files to the model in `folder`. More than a handful at once become a table. */
  readonly ask: (folder: string, files: readonly File[]) => Promise<void>
  /** Shows images to the model in `folder`, the first of them large. */
  readonly askAbout: (folder: string, images: readonly ToAsk[]) => Promise<void>
  readonly show: (key: number) => void
  /** Forgets the answers and the table. */
  readonly clear: () => void
  /** Forgets the answers. */
  readonly clearAnswers: () => void
}

export type UseStore = StoreApi<UseSubject>

/** More pictures than these are a table. */
export const mostAnswers = 12
const mostKept = 4 * mostAnswers
const imagesAtOnce = 4

/** Nothing has been asked yet. */
export function createUse(api: Api, table: TableStore): UseStore {
  let lastKey = 0
  return createStore((set, get) => {
    const answer = (keys: readonly number[], predictions: readonly Prediction[]): void =>
      set(({ asked }) => ({
        asked: asked.map((one) => ({
          ...one,
          prediction: predictions[keys.indexOf(one.key)] ?? one.prediction,
        })),
      }))
    const forgetUnanswered = (problem: string): void =>
      set(({ asked, shown }) => {
        const kept = asked.filter(({ prediction }) => prediction !== null)
        const isThere = kept.some(({ key }) => key === shown)
        return { problem, asked: kept, shown: isThere ? shown : (kept[0]?.key ?? null) }
      })
    return {
      asked: [],
      shown: null,
      problem: null,
      ask: async (folder, files) => {
        if (files.length > mostAnswers) await table.getState().readFiles(folder, files[0]?.name ?? '', files)
        else
          await get().askAbout(
            folder,
            files.map((file) => ({ name: file.name, source: { file }, truth: null })),
          )
      },
      askAbout: async (folder, images) => {
        const fresh = images.map((image) => ({ ...image, key: ++lastKey, model: folder, prediction: null }))
        set(({ asked, shown }) => ({
          asked: [...fresh, ...asked].slice(0, mostKept),
          shown: fresh[0]?.key ?? shown,
          problem: null,
        }))
        try {
          for (let first = 0; first < fresh.length; first += imagesAtOnce) {
            const some = fresh.slice(first, first + imagesAtOnce)
            const asking = await Promise.all(some.map(async ({ source }) => imageToPredict(source)))
            const predictions = await api.predict.images({ model: folder, images: asking })
            answer(
              some.map(({ key }) => key),
              predictions,
            )
          }
        } catch (error) {
          forgetUnanswered(wordsOfError(error))
        }
      },
      show: (key) => set({ shown: key }),
      clear: () => {
        table.getState().clear()
        get().clearAnswers()
      },
      clearAnswers: () => set({ asked: [], shown: null, problem: null }),
    }
  })
}
