/** @file The one way a model sees held-out images: every image once, a batch at a time, and the metrics of that. */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { throwIfCancelled } from '../../errors.ts'
import { evaluationBatches, type Batch, type BatchSource } from '../../data/batches.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import { countBatch, createTally, metricsOf, type Metrics } from './metrics.ts'

/** Computes a row for each image: logits [count, K] or features [count, D]. */
export interface RowsOfImages {
  /** Images per batch. */
  readonly batch: number
  /** `pixels` uint8 [count, height, width, 3] of the preprocessing. */
  compute(pixels: Uint8Array, count: number): Promise<FloatTensor>
}

/** Which images, and how they become pixels. */
export type EvaluationSource = Omit<BatchSource, 'batchSize'>

/** A batch and what the model computes of it, a row for each of `batch.indices`. */
export interface ComputedBatch {
  readonly batch: Batch
  readonly rows: FloatTensor
}

/**
 * Runs a model over images that are not varied.
 *
 * @throws AppError `cancelled`
 */
export async function* computeBatches(
  model: RowsOfImages,
  source: EvaluationSource,
): AsyncGenerator<ComputedBatch, void, void> {
  for await (const batch of evaluationBatches({ ...source, batchSize: model.batch })) {
    yield { batch, rows: await model.compute(batch.pixels, batch.count) }
    // A run blocks this thread: without a turn of the event loop no signal would ever arrive.
    await nextTurn()
    throwIfCancelled(source.signal)
  }
}

/** An evaluation under way. */
export interface ImageEvaluation {
  /** Its batches with their logits; reading them is what evaluates. */
  readonly batches: AsyncGenerator<ComputedBatch, void, void>
  /** The metrics of all that was read. */
  readonly metrics: () => Metrics
}

/**
 * Evaluates a model of K = `classes` classes. Files that can no longer be read are not counted.
 *
 * `batches` throws AppError `cancelled`, or `invalid_input` where a logit is not finite.
 */
export function evaluateImages(
  model: RowsOfImages,
  classes: number,
  source: EvaluationSource,
): ImageEvaluation {
  const tally = createTally(classes)
  const counted = async function* (): ImageEvaluation['batches'] {
    for await (const computed of computeBatches(model, source)) {
      const { labels, count } = computed.batch
      countBatch(tally, computed.rows, labels.subarray(0, count))
      yield computed
    }
  }
  return { batches: counted(), metrics: () => metricsOf(tally) }
}
