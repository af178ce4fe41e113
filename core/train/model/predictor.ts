/** @file One way to get logits out of any model: a run, an export of every format, a checkpoint. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Preprocessing } from '../../data/preprocess.ts'
import { makeOrDispose } from '../../engine/disposables.ts'
import type { Engine } from '../../engine/engine.ts'
import { openOnnxFile } from '../../engine/onnx-file.ts'
import { at } from '../../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../../tensor/tensor.ts'
import type { CheckpointOverrides, Pretrained } from '../../files/checkpoint.ts'
import { whileUnchanged } from '../../files/unchanged.ts'
import type { Scores } from '../../vit/config.ts'
import { forwardCost } from '../../vit/forward-cost.ts'
import { createAttentionReader, type AttentionMaps } from './attention-maps.ts'
import { createClassifier, createFeatureReader } from './classifier.ts'
import { checkOnnx } from './onnx-import.ts'
import { labelsOf, openModel, ownPreprocessing, refuseOverrides, requireHead } from './open-model.ts'

/** A model ready to classify. */
export interface Predictor {
  readonly labels: readonly string[]
  /** Whether the labels are the model's own rather than numbers. */
  readonly hasNames: boolean
  readonly preprocessing: Preprocessing
  /** What becomes of its logits. */
  readonly scores: Scores
  /** Images computed at once. */
  readonly batch: number
  /** `pixels` uint8 [count, height, width, 3] of the preprocessing → logits [count, K]. */
  compute(pixels: Uint8Array, count: number): Promise<FloatTensor>
  /** What it sees in one image before its head, [D], of [1, height, width, 3]; null for an .onnx file. */
  readonly features: ((pixels: Uint8Array) => Promise<Float32Array>) | null
  /** Where it looks in one image, [1, height, width, 3]; null for an .onnx file, which gives only logits. */
  readonly attention: ((pixels: Uint8Array) => Promise<AttentionMaps>) | null
  dispose(): Promise<void>
}

/**
 * Opens a model for prediction. An .onnx file, or a folder with `model.onnx`, is run as it is, on the CPU.
 *
 * @throws AppError when it is no model, or has no head
 */
export async function openPredictor(
  path: string,
  engine: Engine,
  batch: number,
  overrides: CheckpointOverrides = {},
): Promise<Predictor> {
  const onnx = await onnxPath(path)
  if (onnx === null) return createPredictor(await openModel(path, overrides), engine, batch)
  refuseOverrides(path, overrides)
  return openOnnxPredictor(onnx, batch)
}

/** A predictor over a model in memory. */
export async function createPredictor(model: Pretrained, engine: Engine, wanted: number): Promise<Predictor> {
  requireHead(model)
  const { config, normalisation } = model
  const batch = atOnce(wanted, forwardCost(config))
  return makeOrDispose(async ({ keep, dispose }) => {
    const state = keep(await engine.createState(model.parameters))
    const classifier = keep(await createClassifier(engine, { config, normalisation }, state, batch))
    const attention = keep(createAttentionReader(engine, { config, normalisation }, state))
    const features = keep(createFeatureReader(engine, { config, normalisation }, state))
    return {
      labels: labelsOf(model),
      hasNames: model.labels !== null,
      preprocessing: ownPreprocessing(model),
      scores: model.scores,
      batch,
      compute: (pixels, count) => classifier.compute(pixels, count),
      features: (pixels) => features.read(pixels),
      attention: (pixels) => attention.read(pixels),
      dispose,
    }
  })
}

/** The .onnx file meant by a path: the file itself, or `model.onnx` in a folder; null if it is neither. */
export async function onnxPath(path: string): Promise<string | null> {
  if (path.endsWith('.onnx')) return path
  const inside = join(path, 'model.onnx')
  const found = await stat(inside).catch(() => null)
  return found?.isFile() === true ? inside : null
}

// Numbers of the largest value of a run, a quarter of a gigabyte: some are in memory at the same time.
const mostAtOnce = 2 ** 26

/** How many of the wanted images are computed at once. */
function atOnce(wanted: number, { largest }: { readonly largest: number }): number {
  return Math.max(1, Math.min(wanted, Math.floor(mostAtOnce / largest)))
}

async function openOnnxPredictor(path: string, wanted: number): Promise<Predictor> {
  // ONNX Runtime opens the file by itself, and must find in it what was checked.
  const { checked, file } = await whileUnchanged(path, async () => ({
    checked: await checkOnnx(path),
    file: await openOnnxFile(path),
  }))
  const { labels, preprocessing } = checked
  const batch = atOnce(wanted, checked.cost)
  return {
    labels,
    hasNames: true,
    preprocessing,
    scores: 'softmax',
    batch,
    compute: async (pixels, count) => {
      const rows = new Float32Array(count * labels.length)
      for (let start = 0; start < count; start += batch) {
        const part = Math.min(batch, count - start)
        rows.set((await file.run(toPlanes(pixels, start, part, preprocessing))).data, start * labels.length)
      }
      return floatTensor([count, labels.length], rows)
    },
    features: null,
    attention: null,
    dispose: () => file.dispose(),
  }
}

/** Images start … start + count as other tools feed them: normalised float32 [count, 3, height, width]. */
function toPlanes(
  pixels: Uint8Array,
  start: number,
  count: number,
  { resolution, mean, std }: Preprocessing,
): FloatTensor {
  const { height, width } = resolution
  const size = height * width
  const planes = new Float32Array(count * 3 * size)
  for (let channel = 0; channel < 3; channel++) {
    const [m, s] = [at(mean, channel), at(std, channel)]
    for (let image = 0; image < count; image++) {
      const from = (start + image) * size * 3 + channel
      const to = (image * 3 + channel) * size
      for (let i = 0; i < size; i++) planes[to + i] = ((pixels[from + 3 * i] ?? 0) / 255 - m) / s
    }
  }
  return floatTensor([count, 3, height, width], planes)
}
