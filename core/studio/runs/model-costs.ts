/** @file What training a model costs on this machine: memory, arithmetic, and its speed. */
import { AppError } from '../../errors.ts'
import { say, inTurn } from '../../sentence.ts'
import type { Device } from '../../api/contract/devices.ts'
import type { Estimate, TrainingSpeed } from '../../api/contract/models.ts'
import type { ModelOverrides } from '../../api/contract/overrides.ts'
import { availableMemory, chooseMicroBatch, trainingMemory } from '../../train/step/memory.ts'
import { gridOf } from '../../train/model/prepare.ts'
import { chooseRecipe } from '../../train/recipe.ts'
import { Preset } from '../../train/schedule.ts'
import { trialStepsOf } from '../../train/search/search-record.ts'
import type { Normalisation, VitConfig } from '../../vit/config.ts'
import { deviceFor } from '../fastest-device.ts'
import { rememberedOverrides } from '../models/models.ts'
import { recognise } from '../models/recognise-model.ts'
import { stepGflop } from './step-work.ts'
import { expectedGflops } from './expected-speed.ts'

/** What an estimate is for. */
export interface EstimateRequest {
  readonly path: string
  readonly overrides?: ModelOverrides | undefined
  readonly resolution: number
  readonly batch: number
}

/**
 * What training a model costs at a square resolution; without corrections, those remembered for it apply.
 *
 * @throws AppError `invalid_input` when the resolution is not a multiple of the patch side
 */
export async function estimate({ path, overrides, resolution, batch }: EstimateRequest): Promise<Estimate> {
  const { config, normalisation } = await trainedModel(path, resolution, overrides)
  const available = availableMemory()
  const microBatch = fittingMicroBatch(config, batch, available)
  return {
    memoryMB: Math.round(trainingMemory(config, microBatch ?? 1) / 1e6),
    availableMB: Math.round(available / 1e6),
    microBatch,
    gflopPerImage: stepGflop(config, normalisation),
  }
}

/**
 * The network that training makes of a model at a square resolution, for the fewest classes; more make hardly any
 * difference.
 */
export async function trainedModel(
  path: string,
  resolution: number,
  overrides?: ModelOverrides,
): Promise<{ readonly config: VitConfig; readonly normalisation: Normalisation }> {
  const { config, normalisation } = await recognise(path, overrides ?? (await rememberedOverrides(path)))
  return { config: { ...config, grid: gridOf(resolution, config.patch), classes: 2 }, normalisation }
}

function fittingMicroBatch(config: VitConfig, batch: number, available: number): number | null {
  try {
    return chooseMicroBatch(config, batch, available)
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code === 'out_of_memory') return null
    throw error
  }
}

// More than a batch, so that the batch is the usual one.
const manyImages = { training: 1_000_000, validation: 0 }
// Large enough for most steps at half its resolution.
const usualModel = { patch: 16, grid: { rows: 14, columns: 14 } }

/**
 * How fast this machine trains on its fastest device, and how long the presets are.
 *
 * @throws AppError `unsupported` where no device can be used
 */
export function speedOf(devices: readonly Device[]): TrainingSpeed {
  const device = deviceFor('auto', devices)
  if (device === null) {
    const reasons = inTurn(devices.map(({ name, reason }) => say`${name}: ${reason ?? ''}`))
    throw new AppError('unsupported', say`No device on this machine can train. ${reasons}`)
  }
  const recipes = Preset.options.map((preset) => ({
    preset,
    ...chooseRecipe({ preset }, manyImages, usualModel),
  }))
  return {
    device: device.name,
    gflops: expectedGflops(device),
    batch: recipes[0]?.batch ?? 1,
    presets: recipes.map(({ preset, steps, progressive, search }) => ({
      preset,
      // A step at half the resolution costs a quarter.
      fullSteps: Math.round((steps + trialStepsOf(search)) * (1 - 0.75 * (progressive?.share ?? 0))),
    })),
  }
}
