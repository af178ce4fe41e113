/** @file Exports a run to the formats of other tools, reopens every export, and compares its logits with the run's. */
import { join, relative } from 'node:path'
import { AppError, throwIfCancelled } from '../../errors.ts'
import { say, type Sentence } from '../../sentence.ts'
import type { ImageCache } from '../../data/cache.ts'
import { evaluationBatches } from '../../data/batches.ts'
import type { Engine } from '../../engine/engine.ts'
import type { ExportFormat } from '../../files/export-formats.ts'
import { writeHuggingFace } from '../../files/export-hf.ts'
import { writeJax } from '../../files/export-jax.ts'
import { writeTimm } from '../../files/export-timm.ts'
import type { Pretrained } from '../../files/checkpoint.ts'
import type { ModelToExport } from '../../files/model-to-export.ts'
import { replaceFiles } from '../../files/replace-files.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import { writeOnnx } from './onnx-export.ts'
import { labelsOf, openModel, ownPreprocessing, requireHead } from './open-model.ts'
import { createPredictor, openPredictor } from './predictor.ts'
import { readRunData } from '../run/run-folder.ts'
import type { RunData } from '../run/run-record.ts'

/** One format, written and checked. */
export interface Exported {
  readonly format: ExportFormat
  readonly files: readonly string[]
  /** What to open: a folder or a file. */
  readonly path: string
  /** Largest absolute difference between its logits and the run's on real images. */
  readonly maxLogitDifference: number
}

/** A format that cannot express this model, and why. */
export interface NotExported {
  readonly format: ExportFormat
  readonly reason: Sentence
}

/** The result of an export. */
export interface ExportResult {
  readonly exported: readonly Exported[]
  readonly refused: readonly NotExported[]
  readonly files: readonly string[]
  readonly verified: { readonly maxLogitDifference: number; readonly images: number }
}

/** What exporting works with. */
export interface ExportTools {
  readonly engine: Engine
  readonly cache?: ImageCache | undefined
  readonly signal?: AbortSignal | undefined
  /** A format is begun, after `done` others. */
  readonly onProgress?: ((format: ExportFormat, done: number) => void) | undefined
}

const verificationImages = 16
const largestDifference = 1e-3

/**
 * Writes the best weights of a run to `out`: one format into the folder itself, several into a subfolder each.
 *
 * @throws AppError when an export, reopened, gives other logits, or when the one format asked for cannot express the
 *   model; of several, those that cannot are listed in `refused`
 */
export async function exportRun(
  directory: string,
  formats: readonly ExportFormat[],
  out: string,
  tools: ExportTools,
): Promise<ExportResult> {
  const model = await openModel(directory)
  requireHead(model)
  const images = await sampleImages(await readRunData(directory), model, tools)
  const expected = await logitsOf(() => createPredictor(model, tools.engine, images.count), images)
  const exported: Exported[] = []
  const refused: NotExported[] = []
  for (const [done, format] of formats.entries()) {
    throwIfCancelled(tools.signal)
    tools.onProgress?.(format, done)
    const folder = formats.length === 1 ? out : join(out, format)
    const outcome = await replaceFiles(folder, writers[format].main, async (staging) => {
      const written = await tryWrite(format, staging, model)
      if (written instanceof AppError) return written
      const place = (path: string): string => join(folder, relative(staging, path))
      return moved(await verify(format, written, images, expected, tools), place)
    })
    if (!(outcome instanceof AppError)) exported.push(outcome)
    else if (formats.length === 1) throw outcome
    else refused.push({ format, reason: outcome.sentence })
  }
  const maxLogitDifference = Math.max(0, ...exported.map((one) => one.maxLogitDifference))
  const files = exported.flatMap((one) => one.files)
  return { exported, refused, files, verified: { maxLogitDifference, images: images.count } }
}

/** An export where it lies in the end. */
function moved(exported: Exported, place: (path: string) => string): Exported {
  return { ...exported, files: exported.files.map(place), path: place(exported.path) }
}

interface Written {
  readonly files: readonly string[]
  readonly path: string
}

async function tryWrite(
  format: ExportFormat,
  folder: string,
  model: Pretrained,
): Promise<Written | AppError> {
  try {
    return await writers[format].write(folder, { ...model, labels: labelsOf(model) })
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported') return error
    throw error
  }
}

interface Writer {
  /** Name of the file with the weights. */
  readonly main: string
  readonly write: (folder: string, model: Pretrained & ModelToExport) => Promise<Written>
}

const writers: Readonly<Record<ExportFormat, Writer>> = {
  hf: {
    main: 'model.safetensors',
    write: async (folder, model) => ({ files: await writeHuggingFace(folder, model), path: folder }),
  },
  timm: {
    main: 'model.safetensors',
    write: async (folder, model) => ({ files: await writeTimm(folder, model), path: folder }),
  },
  npz: {
    main: 'model.npz',
    write: async (folder, model) => {
      const path = join(folder, 'model.npz')
      return { files: await writeJax(path, model), path }
    },
  },
  onnx: {
    main: 'model.onnx',
    write: async (folder, model) => {
      const description = { labels: model.labels, preprocessing: ownPreprocessing(model) }
      const files = await writeOnnx(folder, model.config, model.parameters, description)
      return { files, path: join(folder, 'model.onnx') }
    },
  },
}

async function verify(
  format: ExportFormat,
  { files, path }: Written,
  images: SampleImages,
  expected: FloatTensor,
  { engine }: ExportTools,
): Promise<Exported> {
  const actual = await logitsOf(() => openPredictor(path, engine, images.count), images)
  let maxLogitDifference = 0
  expected.data.forEach((value, index) => {
    maxLogitDifference = Math.max(maxLogitDifference, Math.abs(value - (actual.data[index] ?? Number.NaN)))
  })
  if (!(maxLogitDifference <= largestDifference)) {
    throw new AppError(
      'internal',
      say`The ${format} export in ${path} was opened again and gives other results than the run: logits differ by ${maxLogitDifference.toExponential(1)}, and ${largestDifference} is allowed. Do not use it; please report this.`,
    )
  }
  return { format, files, path, maxLogitDifference }
}

interface SampleImages {
  readonly pixels: Uint8Array
  readonly count: number
}

/** Some real images of the run: from validation, or from training if nothing was held out. */
async function sampleImages(data: RunData, model: Pretrained, { cache }: ExportTools): Promise<SampleImages> {
  const held = data.validation.length > 0
  const list = held ? data.validation : data.training
  const every = Math.max(1, Math.floor(list.length / verificationImages))
  const images = list.filter((_, index) => index % every === 0).slice(0, verificationImages)
  const preprocessing = ownPreprocessing(model)
  const root = held ? data.validationRoot : data.trainingRoot
  for await (const { pixels, count } of evaluationBatches({
    root,
    images,
    batchSize: images.length,
    preprocessing,
    cache,
  })) {
    if (count > 0) return { pixels, count }
  }
  throw new AppError(
    'not_found',
    say`The images of this run in ${root} cannot be read, so the export cannot be checked. Put the folder back.`,
  )
}

async function logitsOf(
  open: () => ReturnType<typeof openPredictor>,
  { pixels, count }: SampleImages,
): Promise<FloatTensor> {
  const predictor = await open()
  try {
    return await predictor.compute(pixels, count)
  } finally {
    await predictor.dispose()
  }
}
