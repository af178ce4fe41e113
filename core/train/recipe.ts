/** @file The recipe of a run: every number that a person left open, chosen from the preset and the number of images. */
import { AppError } from '../errors.ts'
import { presets, scaledPeak, type Preset } from './schedule.ts'

/** What a person asks for; what is left out is chosen. */
export interface RecipeRequest {
  readonly preset: Preset
  readonly steps?: number | undefined
  readonly batch?: number | undefined
  /** Peak rate as used, not scaled with the batch. */
  readonly learningRate?: number | undefined
  readonly warmup?: number | undefined
}

/** All choices made. */
export interface Recipe {
  readonly steps: number
  readonly batch: number
  /** Peak rate. */
  readonly learningRate: number
  readonly warmup: number
  /** Steps between evaluations. */
  readonly evaluateEvery: number
}

/** SGD's momentum and the largest norm of a gradient in vit_jax's configs/common.py; nobody needed others yet. */
export const usualOptimiser = { momentum: 0.9, clip: 1 } as const

// Large enough for a calm gradient, small enough for a laptop.
const defaultBatch = 32
const evaluationsPerRun = 10

/**
 * The recipe for learning from `images` images.
 *
 * @throws AppError `invalid_input` where the warm-up is not shorter than the run
 */
export function chooseRecipe(request: RecipeRequest, images: number): Recipe {
  const preset = presets[request.preset]
  const steps = request.steps ?? preset.steps
  const batch = request.batch ?? Math.min(defaultBatch, images)
  const warmup = request.warmup ?? Math.floor((preset.warmup * steps) / preset.steps)
  if (warmup >= steps) {
    const advice = 'Shorten the warm-up or train for more steps.'
    throw new AppError(
      'invalid_input',
      `The warm-up of ${warmup} steps is not shorter than the run of ${steps}. ${advice}`,
    )
  }
  return {
    steps,
    batch,
    learningRate: request.learningRate ?? scaledPeak(preset.referencePeak, batch),
    warmup,
    evaluateEvery: Math.max(1, Math.round(steps / evaluationsPerRun)),
  }
}
