/** @file What a run's best weights say about every held-out image. */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { AppError, throwIfCancelled } from '../../errors.ts'
import type { Evaluation, JudgedImage } from '../../api/contract/results.ts'
import type { Progress } from '../../api/contract/values.ts'
import { evaluationBatches, type Batch } from '../../data/batches.ts'
import { defaultCacheDirectory, openCache } from '../../data/cache.ts'
import type { SkippedFile } from '../../data/finding.ts'
import { at } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import { countBatch, createTally, metricsOf, softmax, topK, type Tally } from '../../train/metrics.ts'
import { openPredictor, type Predictor } from '../../train/predictor.ts'
import { readRecord, readRunData } from '../../train/run-folder.ts'
import type { RunData } from '../../train/run-record.ts'
import { chosenEngine } from '../engine-choice.ts'
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
  const { engine } = await chosenEngine('auto')
  const predictor = await openPredictor(folder, engine, Math.min(batchSize, data.validation.length))
  const tally = createTally(classes.length)
  const skipped: SkippedFile[] = []
  const images: JudgedImage[] = []
  try {
    for await (const batch of await batchesOf(predictor, data, skipped)) {
      const logits = await predictor.compute(batch.pixels, batch.count)
      countBatch(tally, logits, batch.labels.subarray(0, batch.count))
      images.push(...judge(batch, logits, data))
      yield { type: 'progress', done: images.length, total: data.validation.length }
      // A run blocks this thread: without a turn of the event loop no signal would ever arrive.
      await nextTurn()
      throwIfCancelled(signal)
    }
  } finally {
    await predictor.dispose()
  }
  const evaluation = { root: data.validationRoot, ...figures(tally, classes), images, skipped }
  if (weights !== null) await storeEvaluation(folder, weights, evaluation)
  yield { type: 'done', evaluation }
}

const nothingHeldOut =
  'This run held out no images, so there is nothing to judge it by. Start one that holds out some of the images.'

async function batchesOf(
  { preprocessing, batch }: Predictor,
  data: RunData,
  skipped: SkippedFile[],
): Promise<AsyncIterable<Batch>> {
  return evaluationBatches({
    root: data.validationRoot,
    images: data.validation,
    preprocessing,
    batchSize: batch,
    cache: await openCache(defaultCacheDirectory(), { onWarning: log }),
    onSkip: (file) => skipped.push(file),
  })
}

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

function figures(
  tally: Tally,
  classes: readonly string[],
): Pick<Evaluation, 'accuracy' | 'accuracyInterval' | 'loss' | 'confusion' | 'perClass'> {
  const { accuracy, accuracyInterval, loss, confusion, perClass } = metricsOf(tally)
  return {
    accuracy,
    accuracyInterval,
    loss,
    confusion: confusion.map((row) => [...row]),
    perClass: perClass.map((one, label) => ({ name: at(classes, label), ...one })),
  }
}
