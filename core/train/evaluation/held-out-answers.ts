/** @file What a run says about its held-out images as it answers now, from what is kept with its weights. */
import type { FloatTensor } from '../../tensor/tensor.ts'
import { readHeldOut } from '../run/checkpoint-files.ts'
import { figuresOf, type HeldOutFigures } from './held-out-figures.ts'
import { imagesOf, type HeldOut } from './held-out.ts'
import { adjustLogits, drawnCounts, logitAdjustment, type LogitAdjustment } from './logit-adjustment.ts'
import { readRecord, readRunData } from '../run/run-folder.ts'
import type { RunData, RunRecord } from '../run/run-record.ts'

/** Held-out images with what is said about them. */
export interface HeldOutAnswers {
  readonly record: RunRecord
  readonly data: RunData
  readonly images: RunData['validation']
  readonly skipped: HeldOut['skipped']
  /** Adjusted, [n, K], in the order of the images. */
  readonly logits: FloatTensor
  readonly figures: HeldOutFigures
}

/**
 * The answers of the run in `directory`, with another fairness than its own where one is given; null where it is not
 * known what it says.
 *
 * @throws AppError `not_found` where there is no run, `invalid_input` where its files are damaged
 */
export async function heldOutAnswers(directory: string, fairness?: number): Promise<HeldOutAnswers | null> {
  const stored = await readRecord(directory)
  const record = fairness === undefined ? stored : { ...stored, answers: { ...stored.answers, fairness } }
  const data = await readRunData(directory)
  const heldOut = await readHeldOut(directory, record)
  return heldOut === null ? null : answersFrom(record, data, heldOut)
}

/** The answers that follow from held-out logits. */
export function answersFrom(record: RunRecord, data: RunData, heldOut: HeldOut): HeldOutAnswers {
  const { skipped, temperature } = heldOut
  const images = [...imagesOf(data.validation, skipped)]
  const adjustment = adjustmentOf(record, data, temperature)
  const labels = images.map(({ label }) => label)
  return {
    record,
    data,
    images,
    skipped,
    logits: adjustLogits(heldOut.logits, adjustment),
    figures: figuresOf(heldOut, labels, adjustment),
  }
}

/** What is done to the logits of a run as it answers now. */
export function adjustmentOf(
  { classes, settings, answers }: RunRecord,
  { training }: RunData,
  temperature: number,
): LogitAdjustment {
  const labels = training.map(({ label }) => label)
  return logitAdjustment(temperature, answers.fairness, drawnCounts(labels, classes.length, settings.balance))
}
