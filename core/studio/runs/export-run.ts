/** @file Exports of a run, format by format, with what another program needs to know to use them. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { ExportResult } from '../../api/contract/results.ts'
import { withProgress } from '../../api/feed.ts'
import { framingChoiceOf } from '../../data/preprocess.ts'
import type { ExportFormat } from '../../files/export-formats.ts'
import { exportRun, type ExportResult as Exports } from '../../train/model/export.ts'
import { readRecord } from '../../train/run/run-folder.ts'
import type { VitConfig } from '../../vit/config.ts'
import { engineForModel } from '../engine-choice.ts'
import { exportFolder } from '../home.ts'
import { folderOf } from './runs.ts'

type ExportItem =
  | { readonly type: 'format'; readonly format: ExportFormat; readonly done: number }
  | { readonly type: 'done'; readonly result: ExportResult }

interface ExportRequest {
  readonly run: string
  readonly formats: readonly ExportFormat[]
  /** Beside the runs if it is left out. */
  readonly out?: string | undefined
}

/** Exports a run and says which format it is at. @throws AppError as `exportRun` does */
export async function* exportItems(
  { run, formats, out = exportFolder(run) }: ExportRequest,
  signal: AbortSignal,
): AsyncGenerator<ExportItem> {
  const folder = folderOf(run)
  const target = targetFor(formats, out)
  const { engine } = await engineForModel(folder)
  const exports = yield* withProgress<ExportItem, Exports>(async (report) =>
    exportRun(folder, formats, target, {
      engine,
      signal,
      onProgress: (format, done) => report({ type: 'format', format, done }),
    }),
  )
  yield { type: 'done', result: await toResult(folder, target, exports) }
}

/** A single format gets its own folder as well: it would mix with what was written before. */
function targetFor(formats: readonly ExportFormat[], out: string): string {
  const [only] = formats
  return only !== undefined && formats.length === 1 ? join(out, only) : out
}

async function toResult(
  folder: string,
  out: string,
  { exported, refused, verified }: Exports,
): Promise<ExportResult> {
  const { classes, preprocessing, model } = await readRecord(folder)
  const { resolution, mean, std } = preprocessing
  return {
    out,
    exported: await Promise.all(
      exported.map(async (one) => ({ ...one, files: [...one.files], bytes: await totalBytes(one.files) })),
    ),
    refused: [...refused],
    images: verified.images,
    model: {
      labels: classes,
      ...resolution,
      mean,
      std,
      framing: framingChoiceOf(preprocessing),
      isPlain: isPlain(model.config),
    },
  }
}

/** Whether its npz is in vit_jax's layout and without a ResNet. */
function isPlain({ stem, classToken, prefixPositions }: VitConfig): boolean {
  return stem === null && classToken && prefixPositions
}

async function totalBytes(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
