/** @file New images and what the model says of them, and the model taken to other programs. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Prediction } from '../../core/api/contract/predict.ts'
import type { ExportFormat, ExportResult } from '../../core/api/contract/results.ts'
import { AppError } from '../../core/errors.ts'

/** An image that was shown to the model. */
export interface Asked {
  readonly key: number
  readonly file: File
  readonly prediction: Prediction | null
}

export type ExportState =
  | { readonly phase: 'none' }
  | { readonly phase: 'writing'; readonly format: ExportFormat }
  | { readonly phase: 'written'; readonly format: ExportFormat; readonly result: ExportResult }
  | { readonly phase: 'failed'; readonly format: ExportFormat; readonly message: string }

export interface UseSubject {
  readonly asked: readonly Asked[]
  readonly problem: string | null
  /** Probability under which an answer counts as unsure. */
  readonly threshold: number
  readonly exporting: ExportState
  /** Shows images to the model in `folder`, the newest first in the list. */
  readonly ask: (folder: string, files: readonly File[]) => Promise<void>
  readonly clear: () => void
  readonly setThreshold: (threshold: number) => void
  readonly exportRun: (run: string, format: ExportFormat) => Promise<void>
}

export type UseStore = StoreApi<UseSubject>

const imagesAtOnce = 8

/** Nothing was asked yet. */
export function createUse(api: Api): UseStore {
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
      threshold: 0.6,
      exporting: { phase: 'none' },
      ask: async (folder, files) => {
        const fresh = files.map((file) => ({ key: ++lastKey, file, prediction: null }))
        set(({ asked }) => ({ asked: [...fresh, ...asked], problem: null }))
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
          const problem = AppError.from(error).message
          set(({ asked }) => ({ problem, asked: asked.filter(({ prediction }) => prediction !== null) }))
        }
      },
      clear: () => set({ asked: [], problem: null }),
      setThreshold: (threshold) => set({ threshold }),
      exportRun: async (run, format) => {
        set({ exporting: { phase: 'writing', format } })
        try {
          for await (const item of api.results.export({ run, formats: [format] })) {
            if (item.type === 'done') set({ exporting: { phase: 'written', format, result: item.result } })
          }
        } catch (error) {
          set({ exporting: { phase: 'failed', format, message: AppError.from(error).message } })
        }
      },
    }
  })
}

async function bytesOf(file: File): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}
