/** @file How a run answers after its training, as records and requests say it; nothing about the training changes. */
import * as z from 'zod'

/** Beyond the full correction for the shares of the classes nothing is gained. */
export const maxFairness = 1

/** How a person wants a run to answer. */
export const Answering = z.strictObject({
  /** Whose answers: the trained weights', or those of the linear probe on the frozen features. */
  model: z.enum(['trained', 'probe']),
  /** τ of `logitAdjustment`. */
  fairness: z.number().min(0).max(maxFairness),
  /** Answers with less probability count as unsure; null where nobody has chosen it. */
  unsureBelow: z.number().min(0).max(1).nullable(),
})
export type Answering = z.output<typeof Answering>

/** Nothing chosen. */
export const plainAnswers: Answering = { model: 'trained', fairness: 0, unsureBelow: null }

/** Below this probability answers are unsure as long as nobody has chosen another. */
export const usualThreshold = 0.6

/** The probability below which answers are unsure. */
export function thresholdOf({ unsureBelow }: Pick<Answering, 'unsureBelow'>): number {
  return unsureBelow ?? usualThreshold
}
