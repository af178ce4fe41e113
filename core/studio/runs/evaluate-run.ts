/** @file What a run's best weights say about every held-out image. */
import { AppError } from '../../errors.ts'
import type { Evaluation, JudgedImage } from '../../api/contract/results.ts'
import type { Progress } from '../../api/contract/values.ts'
import type { Batch } from '../../data/batches.ts'
import { defaultCacheDirectory, openCache } from '../../data/cache.ts'
import type { SkippedFile } from '../../data/finding.ts'
import { at } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import { evaluateImages } from '../../train/evaluate-images.ts'
import { namedMetrics, type NamedMetrics, softmax, topK } from '../../train/metrics.ts'
import { openPredictor } from '../../train/predictor.ts'
import { readRecord, readRunData } from '../../train/run-folder.ts'
import type { RunData } from '../../train/run-record.ts'
import { engineForModel } from '../engine-choice.ts'
import { log } from '../log.ts'
import { stateOfWeights, storeEvaluation } from './stored-evaluation.ts'

type EvaluationItem = Progress | { readonly type: 'done'; readonly evaluation: Evaluation }

/** Batch size: enough for speed, small enough to react to a request to stop. */
const batchSize = 16

/**
 * Evaluates the run in `folder` on its own held-out images, and keeps the result.
 *
 * @throws AppError `not_found` before its first checkpoint, `invalid_input` where nothing was held out, `cancelled`
 */
export async function* evaluateRun(folder: string, signal: AbortSignal): AsyncGenerator<EvaluationItem> {
  const { classes } = await readRecord(folder)
  const data = await readRunData(folder)
  if (data.validation.length === 0) throw new AppError('invalid_input', nothingHeldOut)
  const weights = await stateOfWeights(folder)
  const { engine } = await engineForModel(folder)
  const predictor = await openPredictor(folder, engine, Math.min(batchSize, data.validation.length))
  const skipped: SkippedFile[] = []
  const images: JudgedImage[] = []
  const { batches, metrics } = evaluateImages(predictor, classes.length, {
    root: data.validationRoot,
    images: data.validation,
    preprocessing: predictor.preprocessing,
    cache: await openCache(defaultCacheDirectory(), { onWarning: log }),
    onSkip: (file) => skipped.push(file),
    signal,
  })
  try {
    for await (const { batch, rows } of batches) {
      images.push(...judge(batch, rows, data))
      yield { type: 'progress', done: images.length, total: data.validation.length }
    }
  } finally {
    await predictor.dispose()
  }
  const figures = figuresOf(namedMetrics(metrics(), classes))
  const evaluation = { root: data.validationRoot, ...figures, images, skipped }
  if (weights !== null) await storeEvaluation(folder, weights, evaluation)
  yield { type: 'done', evaluation }
}

const nothingHeldOut =
  'This run held out no images, so there is nothing to judge it by. Start one that holds out some of the images.'

function judge({ indices, labels }: Batch, { data, shape }: FloatTensor, run: RunData): JudgedImage[] {
  const classes = at(shape, 1)
  return indices.map((index, row) => {
    const probabilities = softmax(data.subarray(row * classes, (row + 1) * classes))
    const best = at(topK(probabilities, 1), 0)
    const label = at(labels, row)
    return {
      path: at(run.validation, index).path,
      label,
      predicted: best.index,
      probability: best.score,
      trueProbability: at(probabilities, label),
    }
  })
}

function figuresOf({
  accuracy,
  accuracyInterval,
  loss,
  confusion,
  perClass,
}: NamedMetrics): Omit<Evaluation, 'root' | 'images' | 'skipped'> {
  return {
    accuracy,
    accuracyInterval,
    loss,
    confusion: confusion.map((row) => [...row]),
    perClass: [...perClass],
  }
}
