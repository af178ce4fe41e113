/** @file Predictions for every image in a folder, reported a few at a time. */
import { relative } from 'node:path'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type * as z from 'zod'

import type { contract } from '../../api/contract.ts'
import { findImages, predictFiles, type PredictOptions } from '../../train/model/predict.ts'
import { openPredictor } from '../../train/model/predictor.ts'
import { engineForModel } from '../engine-choice.ts'
import { rememberedOverrides } from '../models/models.ts'

type Part = z.output<(typeof contract)['predict']['folder']['item']>

/** Batch size: enough for speed, small enough to react to a request to stop. */
const batchSize = 16
/** A window need not be updated more often. */
const reportEveryMs = 250

/**
 * Says what every image in `folder` shows. The first item says how many there are.
 *
 * @throws AppError `not_found` where there is no such folder, `invalid_input` where there is nothing in it, `cancelled`
 */
export async function* predictFolder(
  model: string,
  folder: string,
  options: PredictOptions,
): AsyncGenerator<Part> {
  const candidates = await findImages([folder], options.signal)
  const total = candidates.length
  if (total === 0) {
    throw new AppError(
      'invalid_input',
      say`There are no images in ${folder}. Choose a folder that contains some.`,
    )
  }
  yield { done: 0, total, images: [], skipped: [] }
  const { engine } = await engineForModel(model)
  // Not the predictor of single images: those are answered while a large folder is being processed.
  const predictor = await openPredictor(
    model,
    engine,
    Math.min(batchSize, total),
    await rememberedOverrides(model),
  )
  try {
    let part: Part = { done: 0, total, images: [], skipped: [] }
    let reportedAt = performance.now()
    for await (const prediction of predictFiles(predictor, candidates, options)) {
      part.done++
      const path = relative(folder, prediction.file)
      if ('reason' in prediction) part.skipped.push({ path, reason: prediction.reason })
      else part.images.push({ path, top: [...prediction.top] })
      if (part.done < total && performance.now() - reportedAt < reportEveryMs) continue
      yield part
      part = { done: part.done, total, images: [], skipped: [] }
      reportedAt = performance.now()
    }
  } finally {
    await predictor.dispose()
  }
}
