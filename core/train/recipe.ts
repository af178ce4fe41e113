/** @file The recipe of a run: every number that a person left open, chosen from the preset and the number of images. */
import { AppError } from '../errors.ts'
import { presets, scaledPeak, type Preset } from './schedule.ts'

/** What a person asks for; what is left out is chosen. */
export interface RecipeRequest {
  readonly preset: Preset
  readonly steps?: number | undefined
  readonly batch?: number | undefined
  /** Peak learning rate used as given, not scaled with the batch size. */
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

/** The largest norm of a gradient in vit_jax's configs/common.py. */
export const usualClip = 1

// Large enough for a stable gradient, small enough for a laptop.
const defaultBatch = 32
const mostEvaluations = 10
// One midway and one at the end, so that there is something to see and to choose from.
const fewestEvaluations = 2

/** How many images a run trains on, and how many it is validated on. */
export interface ImageCounts {
  readonly training: number
  readonly validation: number
}

/**
 * The recipe for this many images.
 *
 * @throws AppError `invalid_input` where the warm-up is not shorter than the run
 */
export function chooseRecipe(request: RecipeRequest, { training, validation }: ImageCounts): Recipe {
  const preset = presets[request.preset]
  const steps = request.steps ?? preset.steps
  const batch = request.batch ?? Math.min(defaultBatch, training)
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
    evaluateEvery: Math.max(1, Math.round(steps / evaluationsFor(steps * batch, validation))),
  }
}

/**
 * As many evaluations as take no more than half the time that the steps take, within bounds. An image costs a third of
 * what it costs in a step, where the forward pass is followed by a backward pass of twice the work.
 */
function evaluationsFor(imagesInSteps: number, validation: number): number {
  const affordable = Math.floor(imagesInSteps / 2 / (validation / 3))
  return Math.min(mostEvaluations, Math.max(fewestEvaluations, affordable))
}
