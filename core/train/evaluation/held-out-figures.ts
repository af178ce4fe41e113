/** @file Everything that follows from what a model says about held-out images: accuracy, calibration, thresholds. */
import { at } from '../../tensor/shape.ts'
import {
  answersOf,
  calibrationError,
  reliabilityOf,
  thresholdFor,
  type Answers,
  type ReliabilityBin,
  type Threshold,
} from './calibration.ts'
import type { CalibrationError } from '../events.ts'
import type { HeldOut } from './held-out.ts'
import { adjustLogits, temperatureAlone, type LogitAdjustment } from './logit-adjustment.ts'
import { countBatch, createTally, metricsOf, type Metrics } from './metrics.ts'

/** Figures of adjusted logits. */
export interface HeldOutFigures extends Metrics {
  /** Of the probabilities before and after the temperature; null without images. */
  readonly calibrationError: CalibrationError | null
  /** What it says beside how often that is right, before and after the temperature. */
  readonly reliability: Readonly<Record<'before' | 'after', readonly ReliabilityBin[]>>
  /** For each of `precisions` the threshold that reaches it; null where none does. */
  readonly thresholds: readonly { readonly precision: number; readonly threshold: Threshold | null }[]
}

/** Shares of right answers that a person can ask for. */
const precisions = [0.9, 0.95, 0.99] as const

/** What held-out logits say under an adjustment; `labels` are those of their rows. */
export function figuresOf(
  { logits, temperature }: HeldOut,
  labels: readonly number[],
  adjustment: LogitAdjustment,
): HeldOutFigures {
  const classes = at(logits.shape, 1)
  const tally = createTally(classes)
  const adjusted = { logits: adjustLogits(logits, adjustment), labels }
  countBatch(tally, adjusted.logits, labels)
  const answers = answersOf(adjusted)
  const tempered = adjustLogits(logits, temperatureAlone({ temperature }, classes))
  const before = answersOf({ logits, labels })
  const after = answersOf({ logits: tempered, labels })
  return {
    ...metricsOf(tally),
    calibrationError: compare(before, after),
    reliability: { before: reliabilityOf(before), after: reliabilityOf(after) },
    thresholds: precisions.map((precision) => ({ precision, threshold: thresholdFor(answers, precision) })),
  }
}

function compare(before: Answers, after: Answers): CalibrationError | null {
  const [raw, tempered] = [before, after].map(calibrationError)
  return typeof raw === 'number' && typeof tempered === 'number' ? { before: raw, after: tempered } : null
}
