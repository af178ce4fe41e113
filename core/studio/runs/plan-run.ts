/** @file What a training would be, before it begins: its recipe, and the time it would take on this machine. */
import { resolve } from 'node:path'

import type * as z from 'zod'

import type { contract } from '../../api/contract.ts'
import type { Device } from '../../api/contract/devices.ts'
import type { Plan } from '../../api/contract/runs.ts'
import { chooseRecipe, usualOptimiser, type Recipe } from '../../train/recipe.ts'
import { deviceFor, type UsableDevice } from '../fastest-device.ts'
import { estimate } from './model-costs.ts'
import { trainingSpeed } from './training-speed.ts'

/** A request whose choices left out are filled in. */
export type PlanRequest = z.output<(typeof contract)['runs']['plan']['input']>

// Of a training step, the share that is the forward pass, which is all that an evaluation computes.
const forwardShare = 1 / 3

/**
 * Plans a training on the device asked for.
 *
 * @throws AppError where the model cannot be read or the numbers do not fit together
 */
export async function planRun(request: PlanRequest, devices: readonly Device[]): Promise<Plan> {
  const { training, validation } = request
  const recipe = chooseRecipe(request, { training, validation })
  const { evaluateEvery, ...shown } = recipe
  const evaluations = validation === 0 ? 0 : Math.ceil(recipe.steps / evaluateEvery)
  const device = deviceFor(request.device, devices)
  const speed = device === null ? null : await speedOn(device, request, recipe)
  const images = recipe.steps * recipe.batch + evaluations * validation * forwardShare
  return {
    ...shown,
    ...usualOptimiser,
    evaluations,
    epochs: (recipe.steps * recipe.batch) / training,
    device: device?.name ?? null,
    imagesPerSecond: speed?.imagesPerSecond ?? null,
    seconds: speed === null ? null : images / speed.imagesPerSecond,
    isMeasured: speed?.isMeasured ?? false,
  }
}

async function speedOn(
  { kind, gflops }: UsableDevice,
  { model, resolution }: PlanRequest,
  { batch }: Recipe,
): Promise<{ readonly imagesPerSecond: number; readonly isMeasured: boolean }> {
  const { gflopPerImage } = await estimate({ path: model, resolution, batch })
  const speed = await trainingSpeed(kind, gflops, { source: resolve(model), resolution })
  return { imagesPerSecond: speed.gflops / gflopPerImage, isMeasured: speed.isMeasured }
}
