/** @file The learning rate of every step: linear warm-up, then a cosine to zero, scaled with the batch size. */
import { AppError, invariant } from '../errors.ts'

/** A run's schedule: the peak rate, the steps of warm-up and all steps, warm-up included. */
export interface Schedule {
  readonly peak: number
  readonly warmup: number
  readonly total: number
}

/** The lengths a person can choose between. */
export type Preset = 'quick' | 'standard' | 'thorough'

/** Batch size for which published learning rates are meant. */
const referenceBatch = 512

/**
 * Steps, warm-up and peak rate at the reference batch. Quick is the length of vit_jax's notebooks, Standard is
 * vit_jax's configs/augreg.py (500 steps are also the ViT paper's for Pets and Flowers), Thorough is the ViT
 * paper's setting for VTAB with the warm-up of the AugReg paper.
 */
export const presets: Readonly<
  Record<Preset, { readonly steps: number; readonly warmup: number; readonly referencePeak: number }>
> = {
  quick: { steps: 100, warmup: 10, referencePeak: 0.03 },
  standard: { steps: 500, warmup: 100, referencePeak: 0.03 },
  thorough: { steps: 2500, warmup: 200, referencePeak: 0.01 },
}

/** The peak rate for a batch of `batch` images: proportional to the batch, `reference` at 512 images. */
export function scaledPeak(reference: number, batch: number): number {
  return (reference * batch) / referenceBatch
}

/**
 * The learning rate of the update `step`, counted from 0:
 * peak · 0.5(1 + cos(π·clip((step − warmup)/(total − warmup), 0, 1))) · min(1, step/warmup), as in vit_jax's
 * utils.py. With a warm-up the first rate is 0; without one the last factor is 1.
 * Throws `invalid_input` unless 0 ≤ warmup < total.
 */
export function learningRateAt(step: number, schedule: Schedule): number {
  checkSchedule(schedule)
  invariant(step >= 0, () => `step ${step} of a schedule`)
  const { peak, warmup, total } = schedule
  const progress = Math.min(Math.max((step - warmup) / (total - warmup), 0), 1)
  const rampUp = warmup === 0 ? 1 : Math.min(1, step / warmup)
  return peak * 0.5 * (1 + Math.cos(Math.PI * progress)) * rampUp
}

function checkSchedule({ warmup, total }: Schedule): void {
  if (warmup >= 0 && warmup < total) return
  throw new AppError(
    'invalid_input',
    `The warm-up is ${warmup} steps and the whole run ${total}: the warm-up must be at least 0 and shorter than ` +
      'the run. Shorten the warm-up or train for more steps.',
    { warmup, total },
  )
}
