/** @file The model taken to other programs. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { ExportResult } from '../../core/api/contract/results.ts'
import type { ExportFormat } from '../../core/files/export-formats.ts'
import { createLatestOnly } from './latest-only.ts'

export type ExportState =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'writing'
      readonly format: ExportFormat
      readonly done: number
      readonly total: number
    }
  | { readonly phase: 'written'; readonly run: string; readonly result: ExportResult }
  | { readonly phase: 'failed'; readonly message: string }

export interface ExportsSubject {
  readonly formats: readonly ExportFormat[]
  /** The folder to write to; null for one beside the runs. */
  readonly out: string | null
  readonly state: ExportState
  /** Whether the Use step shows the exports instead of answers. */
  readonly isShown: boolean
  readonly show: (isShown: boolean) => void
  readonly toggle: (format: ExportFormat) => void
  readonly setOut: (out: string | null) => void
  readonly write: (run: string) => Promise<void>
  readonly cancel: () => void
  /** Forgets what was written, because another model is shown. */
  readonly forget: () => void
}

export type ExportsStore = StoreApi<ExportsSubject>

/** Nothing is written; ONNX is chosen, which every language reads. */
export function createExports(api: Api): ExportsStore {
  const single = createLatestOnly()
  return createStore((set, get) => ({
    formats: ['onnx'],
    out: null,
    state: { phase: 'none' },
    isShown: false,
    show: (isShown) => set({ isShown }),
    toggle: (format) =>
      set(({ formats }) => ({
        formats: formats.includes(format) ? formats.filter((one) => one !== format) : [...formats, format],
      })),
    setOut: (out) => set({ out }),
    write: async (run) =>
      single.run(
        async (signal) => {
          const { formats, out } = get()
          const [first] = formats
          if (first === undefined) return
          const total = formats.length
          set({ state: { phase: 'writing', format: first, done: 0, total } })
          const input = { run, formats: [...formats], ...(out === null ? {} : { out }) }
          for await (const item of api.results.export(input, { signal })) {
            if (item.type === 'done') set({ state: { phase: 'written', run, result: item.result } })
            else set({ state: { phase: 'writing', format: item.format, done: item.done, total } })
          }
        },
        (message) => set({ state: { phase: 'failed', message } }),
      ),
    cancel: () => {
      single.end()
      if (get().state.phase === 'writing') set({ state: { phase: 'none' } })
    },
    forget: () => {
      single.end()
      set({ state: { phase: 'none' } })
    },
  }))
}
