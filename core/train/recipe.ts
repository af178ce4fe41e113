/** @file The recipe of a run: every number that a person left open, chosen from the preset and the number of images. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import type { Augment } from '../data/augmentation.ts'
import { createOptimiser, usualOptimiser, type OptimiserSettings } from '../optim/optimisers.ts'
import { patchCount, type VitConfig } from '../vit/config.ts'
import { lowStepsOf, type HeadStart, type Progressive } from './choices.ts'
import { lengthOf, planSearch, type ImageCounts, type TrainingLength } from './search/plan-search.ts'
import type { Search } from './search/search-record.ts'
import { presets, scaledPeak, type Preset, type PresetRecipe } from './schedule.ts'

/** What a person asks for; what is left out is chosen. */
export interface RecipeRequest {
  readonly preset: Preset
  readonly steps?: number | undefined
  readonly batch?: number | undefined
  /** Peak learning rate used as given, not scaled with the batch size. */
  readonly learningRate?: number | undefined
  readonly warmup?: number | undefined
  /** SGD with momentum where it is left out. */
  readonly optimiser?: OptimiserSettings | undefined
  readonly augment?: Augment | undefined
  readonly head?: HeadStart | undefined
  /** Null for one resolution. */
  readonly progressive?: Progressive | null | undefined
  /** Whether the best of several peak rates and augmentations is found first; of one that is given there is no choice. */
  readonly search?: boolean | undefined
}

/** All choices made. */
export interface Recipe {
  readonly steps: number
  readonly batch: number
  /** Peak rate. */
  readonly learningRate: number
  readonly warmup: number
  readonly augment: Augment
  readonly head: HeadStart
  readonly progressive: Progressive | null
  /** Steps between evaluations. */
  readonly evaluateEvery: number
  /** A search that comes first; null for none. */
  readonly search: Search | null
}

/** The largest norm of a gradient in vit_jax's configs/common.py. */
export const usualClip = 1

// Large enough for a stable gradient, small enough for a laptop.
const defaultBatch = 32
const mostEvaluations = 10
// One midway and one at the end, so that there is something to see and to choose from.
const fewestEvaluations = 2

/**
 * The recipe for this many images.
 *
 * @throws AppError `invalid_input` where the warm-up is not shorter than the run
 */
export function chooseRecipe(
  request: RecipeRequest,
  { training, validation }: ImageCounts,
  config: Pick<VitConfig, 'grid' | 'patch'>,
): Recipe {
  const preset = presets[request.preset]
  const steps = request.steps ?? preset.steps
  const batch = request.batch ?? Math.min(defaultBatch, training)
  const warmup = request.warmup ?? Math.floor((preset.warmup * steps) / preset.steps)
  if (warmup >= steps) {
    const advice = say`Shorten the warm-up or train for more steps.`
    throw new AppError(
      'invalid_input',
      say`The warm-up of ${warmup} steps is not shorter than the run of ${steps}. ${advice}`,
    )
  }
  const { rateShare } = createOptimiser(request.optimiser ?? usualOptimiser)
  const progressive = request.progressive === undefined ? lowerFirst(preset, config) : request.progressive
  // A step at half the resolution costs a quarter.
  const fullSteps = steps * (1 - 0.75 * (progressive?.share ?? 0))
  const chosen = {
    steps,
    batch,
    learningRate: request.learningRate ?? rateShare * scaledPeak(preset.referencePeak, batch),
    warmup,
    augment: request.augment ?? preset.augment,
    head: request.head ?? preset.head,
    progressive,
    evaluateEvery: Math.max(1, Math.round(steps / evaluationsFor(fullSteps * batch, validation))),
  }
  const { search = preset.search } = request
  return {
    ...chosen,
    search: search
      ? planSearch({
          ...chosen,
          isRequired: request.search === true,
          isRateGiven: request.learningRate !== undefined,
          isAugmentGiven: request.augment !== undefined,
          training,
          length: lengthOf({ ...chosen, low: lowOf(chosen, config) }, { training, validation }),
        })
      : null,
  }
}

/** Steps at the lower resolution, and what one of them costs. */
function lowOf(
  { steps, progressive }: Pick<Recipe, 'steps' | 'progressive'>,
  { grid, patch }: Pick<VitConfig, 'grid' | 'patch'>,
): TrainingLength['low'] {
  if (progressive === null) return null
  const low = lowStepsOf(steps, progressive.share)
  const rows = progressive.resolution / patch
  return low === 0 ? null : { steps: low, cost: rows ** 2 / patchCount(grid) }
}

// Below 7 × 7 patches too little of a picture is left to learn from.
const fewestRows = 7

/** Most steps at half the resolution, where that leaves enough patches. */
function lowerFirst(
  { lowShare }: PresetRecipe,
  { grid, patch }: Pick<VitConfig, 'grid' | 'patch'>,
): Progressive | null {
  const rows = Math.round(grid.rows / 2)
  if (lowShare === null || rows < fewestRows || grid.rows !== grid.columns) return null
  return { resolution: rows * patch, share: lowShare }
}

/**
 * As many evaluations as take no more than half the time that the steps take, within bounds. An image costs a third of
 * what it costs in a step, where the forward pass is followed by a backward pass of twice the work.
 */
function evaluationsFor(imagesInSteps: number, validation: number): number {
  const affordable = Math.floor(imagesInSteps / 2 / (validation / 3))
  return Math.min(mostEvaluations, Math.max(fewestEvaluations, affordable))
}
