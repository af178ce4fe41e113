/** @file What a run says about every held-out image: known of new runs, looked at once more of those that did not keep it. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { Evaluation } from '../../api/contract/results.ts'
import type { Progress } from '../../api/contract/values.ts'
import { defaultCacheDirectory, openCache } from '../../data/cache.ts'
import type { SkippedFile } from '../../data/finding.ts'
import { keepHeldOut } from '../../train/run/checkpoint-files.ts'
import { evaluateImages } from '../../train/evaluation/evaluate-images.ts'
import { answersFrom } from '../../train/evaluation/held-out-answers.ts'
import { gatherLogits, heldOutOf, type HeldOut } from '../../train/evaluation/held-out.ts'
import { openPredictor } from '../../train/model/predictor.ts'
import { readRecord, readRunData } from '../../train/run/run-folder.ts'
import type { RunData, RunRecord } from '../../train/run/run-record.ts'
import { engineForModel } from '../engine-choice.ts'
import { log } from '../log.ts'
import { readEvaluation, toEvaluation } from './stored-evaluation.ts'

type EvaluationItem = Progress | { readonly type: 'done'; readonly evaluation: Evaluation }

/** Batch size: enough for speed, small enough to react to a request to stop. */
const batchSize = 16

/**
 * Evaluates the run in `folder` on its own held-out images. A finished run of an earlier version keeps what comes of it.
 *
 * @throws AppError `not_found` before its first checkpoint, `invalid_input` where nothing was held out, `cancelled`
 */
export async function* evaluateRun(folder: string, signal: AbortSignal): AsyncGenerator<EvaluationItem> {
  const record = await readRecord(folder)
  const data = await readRunData(folder)
  if (data.validation.length === 0) throw new AppError('invalid_input', nothingHeldOut)
  const known = await readEvaluation(folder)
  if (known !== null) {
    yield { type: 'done', evaluation: known }
    return
  }
  const heldOut = yield* lookAtAll(folder, record, data, signal)
  // Of a run that goes on the next best weights keep it by themselves.
  if (record.status === 'finished') await keepHeldOut(folder, record, heldOut)
  yield { type: 'done', evaluation: toEvaluation(answersFrom(record, data, heldOut)) }
}

const nothingHeldOut = say`This run held out no images, so there is nothing to judge it by. Start one that holds out some of the images.`

async function* lookAtAll(
  folder: string,
  { classes }: RunRecord,
  data: RunData,
  signal: AbortSignal,
): AsyncGenerator<Progress, HeldOut> {
  const { engine } = await engineForModel(folder)
  const total = data.validation.length
  const predictor = await openPredictor(folder, engine, Math.min(batchSize, total))
  const skipped: SkippedFile[] = []
  const gathered = gatherLogits(total)
  const { batches } = evaluateImages(predictor, classes.length, {
    root: data.validationRoot,
    images: data.validation,
    preprocessing: predictor.preprocessing,
    cache: await openCache(defaultCacheDirectory(), { onWarning: log }),
    onSkip: (file) => skipped.push(file),
    signal,
  })
  try {
    for await (const { batch, rows } of batches) {
      gathered.add(rows, batch.indices)
      yield { type: 'progress', done: gathered.indices.length, total }
    }
  } finally {
    await predictor.dispose()
  }
  return heldOutOf(gathered.logits(), data.validation, skipped)
}
