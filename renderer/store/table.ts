/** @file Many new images at once and what the model says about each: a folder by its path, or files that were dropped. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import { isImageName } from '../../core/data/image-names.ts'
import type { Prediction } from '../../core/api/contract/predict.ts'
import type { DroppedFile, DroppedTree } from './send-folder.ts'
import type { ImageSource } from './image-source.ts'
import { createLatestOnly } from './latest-only.ts'
import { worded } from '../text/sentences.ts'

/** An image of the table. */
export interface TableRow {
  /** Its position in the order in which the images were read; names may occur twice. */
  readonly key: number
  /** Path in its folder. */
  readonly name: string
  readonly source: ImageSource
  /** Best first; at least one. */
  readonly top: Prediction['top']
}

/** A file that is not in the table. `reason` is null for one that is not an image. */
export interface LeftOut {
  readonly name: string
  readonly reason: string | null
}

/** What the table is about, and its progress. */
export interface Table {
  readonly title: string
  /** Folder of the run that was asked. */
  readonly model: string
  readonly rows: readonly TableRow[]
  readonly left: readonly LeftOut[]
  readonly done: number
  /** Null before the files are counted. */
  readonly total: number | null
  readonly status: 'working' | 'done' | 'stopped' | 'failed'
  /** Why it failed. */
  readonly problem: string | null
}

export interface TableSubject {
  readonly table: Table | null
  /** A folder of the engine's machine, at any depth. */
  readonly readFolder: (model: string, folder: string) => Promise<void>
  readonly readFiles: (model: string, title: string, files: readonly File[]) => Promise<void>
  /** A folder that was dropped in a browser. */
  readonly readTree: (model: string, tree: DroppedTree) => Promise<void>
  /** Stops; what was found stays. */
  readonly stop: () => void
  readonly clear: () => void
}

export type TableStore = StoreApi<TableSubject>

const guesses = 5
const imagesAtOnce = 8

/** No table at first. */
export function createTable(api: Api): TableStore {
  const single = createLatestOnly()
  return createStore((set, get) => {
    const change = (part: Partial<Table>): void =>
      set(({ table }) => ({ table: table === null ? null : { ...table, ...part } }))
    const begin = async (
      model: string,
      title: string,
      read: (signal: AbortSignal) => AsyncIterable<Found>,
    ): Promise<void> =>
      single.run(
        async (signal) => {
          set({ table: { ...empty, model, title } })
          for await (const { done, total, rows, left } of read(signal)) {
            const { table } = get()
            if (table === null) return
            const first = table.rows.length
            const fresh = rows.map((row, i) => ({ ...row, key: first + i }))
            change({ done, total, rows: [...table.rows, ...fresh], left: [...table.left, ...left] })
          }
          change({ status: 'done' })
        },
        (problem) => change({ status: 'failed', problem }),
      )
    return {
      table: null,
      readFolder: async (model, folder) =>
        begin(model, folder, (signal) => inFolder(api, model, folder, signal)),
      readFiles: async (model, title, files) =>
        begin(model, title, (signal) =>
          inFiles(
            api,
            model,
            files.map((file) => ({ path: file.name, file })),
            signal,
          ),
        ),
      readTree: async (model, tree) =>
        begin(model, tree.name, async function* (signal) {
          yield* inFiles(api, model, await tree.list(signal), signal)
        }),
      stop: () => {
        single.end()
        if (get().table?.status === 'working') change({ status: 'stopped' })
      },
      clear: () => {
        single.end()
        set({ table: null })
      },
    }
  })
}

const empty = { rows: [], left: [], done: 0, total: null, status: 'working', problem: null } as const

/** What was found since the last update. */
interface Found {
  readonly done: number
  readonly total: number
  readonly rows: readonly Omit<TableRow, 'key'>[]
  readonly left: readonly LeftOut[]
}

async function* inFolder(
  api: Api,
  model: string,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  for await (const part of api.predict.folder({ model, folder, top: guesses }, { signal })) {
    yield {
      done: part.done,
      total: part.total,
      rows: part.images.map(({ path, top }) => ({ name: path, source: { folder, path }, top })),
      left: part.skipped.map(({ path, reason }) => ({ name: path, reason: worded(reason) })),
    }
  }
}

async function* inFiles(
  api: Api,
  model: string,
  files: readonly DroppedFile[],
  signal: AbortSignal,
): AsyncGenerator<Found> {
  const seen = files.filter(({ path }) => !/(^|\/)\./.test(path))
  const images = seen.filter(({ path }) => isImageName(path))
  const total = seen.length
  let done = total - images.length
  const others = seen.filter(({ path }) => !isImageName(path))
  yield { done, total, rows: [], left: others.map(({ path }) => ({ name: path, reason: null })) }
  for (let first = 0; first < images.length; first += imagesAtOnce) {
    const some = images.slice(first, first + imagesAtOnce)
    const bytes = await Promise.all(some.map(async ({ file }) => file.arrayBuffer()))
    const predictions = await api.predict.images(
      {
        model,
        top: guesses,
        images: some.map(({ path }, i) => ({ name: path, bytes: new Uint8Array(bytes[i] ?? []) })),
      },
      { signal },
    )
    done += some.length
    yield { done, total, ...sorted(some, predictions) }
  }
}

function sorted(
  files: readonly DroppedFile[],
  predictions: readonly Prediction[],
): Pick<Found, 'rows' | 'left'> {
  const rows: Omit<TableRow, 'key'>[] = []
  const left: LeftOut[] = []
  files.forEach(({ path, file }, i) => {
    const prediction = predictions[i]
    if (prediction === undefined) return
    if (prediction.reason === null) rows.push({ name: path, source: { file }, top: prediction.top })
    else left.push({ name: path, reason: worded(prediction.reason) })
  })
  return { rows, left }
}
