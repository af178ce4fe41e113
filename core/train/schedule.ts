/** @file The learning rate of every step: linear warm-up, then a cosine to zero, scaled with the batch size. */
import * as z from 'zod'

import type { Augment } from '../data/augmentation.ts'
import { AppError, invariant } from '../errors.ts'
import { say } from '../sentence.ts'
import type { HeadStart } from './choices.ts'

/** A run's schedule: the peak rate, the steps of warm-up and all steps, warm-up included. */
export interface Schedule {
  readonly peak: number
  readonly warmup: number
  readonly total: number
}

/** What a person can choose between: three lengths, and the ViT paper's own recipe. */
export const Preset = z.enum(['quick', 'standard', 'thorough', 'paper'])
export type Preset = z.output<typeof Preset>

/** Batch size that the presets' peak rates are meant for. */
const referenceBatch = 32

/** What a preset decides unless a person does. */
export interface PresetRecipe {
  readonly steps: number
  readonly warmup: number
  /** Peak rate for a batch of 32. */
  readonly referencePeak: number
  readonly augment: Augment
  readonly head: HeadStart
  /** Share of the steps at half the resolution, where that leaves enough patches; null for one resolution. */
  readonly lowShare: number | null
  /** Whether peak rate and crop are searched for. */
  readonly search: boolean
}

const usual = { augment: 'standard', head: 'probe', lowShare: 0.8, search: false } as const

/**
 * Quick, Standard and Thorough begin with the probe's head and make most steps at half the resolution, which costs a
 * quarter; their lengths and rates are measured (README, "Figures"). Quick sees each photo a few times only, so it varies
 * them less: its mild crop gains on photos and on drawings, where strong crops first cost what the features know. Thorough
 * searches for its rate and crop first. `paper` is the ViT paper's for small sets (500 steps for Pets and Flowers) with the
 * warm-up of vit_jax's configs/augreg.py: a zero head, one resolution, and a peak rate measured for small batches, because
 * published ones are for batches of 512.
 */
export const presets: Readonly<Record<Preset, PresetRecipe>> = {
  quick: { ...usual, steps: 80, warmup: 8, referencePeak: 0.01, augment: 'mild' },
  standard: { ...usual, steps: 300, warmup: 30, referencePeak: 0.01 },
  thorough: { ...usual, steps: 1000, warmup: 100, referencePeak: 0.01, search: true },
  paper: {
    ...usual,
    steps: 500,
    warmup: 100,
    referencePeak: 0.01,
    head: 'zero',
    lowShare: null,
  },
}

/**
 * The peak rate for a batch of `batch` images, `reference` at 32: proportional to smaller batches, with the square root of
 * larger ones, which leads to the published rates at 512.
 */
export function scaledPeak(reference: number, batch: number): number {
  const share = batch / referenceBatch
  return reference * (share < 1 ? share : Math.sqrt(share))
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
    say`The warm-up is ${warmup} steps and the whole run ${total}: the warm-up must be at least 0 and shorter than the run. Shorten the warm-up or train for more steps.`,
    { warmup, total },
  )
}
