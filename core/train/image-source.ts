/** @file The images of a fine-tuning: files that were checked and divided when the run began. */
import { createBatches, type TrainingSource } from '../data/batches.ts'
import type { BatchRequest, DataSource } from './data-source.ts'
import { createFrontBatches } from './step/front-batches.ts'
import { preprocessingAt } from './step/phases.ts'
import type { RunData } from './run/run-record.ts'

/** The images of a run as a training reads them. */
export function imageSource(data: RunData): DataSource {
  return {
    training: data.training.length,
    validation: { root: data.validationRoot, images: data.validation },
    open: (request) => {
      const source = trainingSource(data, request)
      const { next } =
        request.front === null ? createBatches(source) : createFrontBatches({ ...source, ...request.front })
      return { next, dispose: () => Promise.resolve() }
    },
  }
}

function trainingSource(
  { trainingRoot, training }: RunData,
  { record, phase, step, cache, onSkip }: BatchRequest,
): TrainingSource {
  const { batch, balance, views, seed } = record.settings
  return {
    root: trainingRoot,
    images: training,
    batchSize: batch,
    preprocessing: preprocessingAt(record, phase),
    augmentation: record.augmentation,
    balance,
    views: views === 0 ? undefined : views,
    seed,
    startStep: step,
    endStep: phase.endStep,
    cache,
    onSkip,
  }
}
