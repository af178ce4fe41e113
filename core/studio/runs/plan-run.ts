/** @file What a training run would be, before it starts: its recipe, and the time it would take on this machine. */
import type * as z from 'zod'

import type { contract } from '../../api/contract.ts'
import type { Device } from '../../api/contract/devices.ts'
import type { Plan } from '../../api/contract/runs.ts'
import { optimiserSettings } from '../../optim/optimisers.ts'
import { chooseRecipe, usualClip, type Recipe } from '../../train/recipe.ts'
import { developmentImages } from '../../train/search/plan-search.ts'
import { trialsOf, trialStepsOf } from '../../train/search/search-record.ts'
import { shownOptimiser } from './shown-settings.ts'
import { deviceFor, type UsableDevice } from '../fastest-device.ts'
import { trainedModel } from './model-costs.ts'
import { fastestWhileBusy, knownSpeed, rememberSpeed } from './step-speeds.ts'
import type { StepTime, StepToTime } from './step-timing.ts'
import { stepGflop } from './step-work.ts'
import { expectedGflops } from './expected-speed.ts'

/** A request with missing choices filled in. */
export type PlanRequest = z.output<(typeof contract)['runs']['plan']['input']>

// Of a training step, the share that is the forward pass, which is all that an evaluation computes.
const forwardShare = 1 / 3

/** What a plan works with. */
export interface PlanTools {
  readonly devices: readonly Device[]
  /** Null while the engine is busy. */
  readonly timeStep: ((subject: StepToTime) => Promise<StepTime>) | null
}

/**
 * Plans a training run on the requested device. Its time follows from steps of this very model at this resolution:
 * timed earlier, or timed now, which takes a second or two. If neither is possible, it is an estimate and says so.
 *
 * @throws AppError where the model cannot be read or the numbers do not fit together
 */
export async function planRun(request: PlanRequest, { devices, timeStep }: PlanTools): Promise<Plan> {
  const { model, resolution, training, validation } = request
  const { config } = await trainedModel(model, resolution)
  const optimiser = optimiserSettings(request.optimiser)
  const recipe = chooseRecipe({ ...request, optimiser }, { training, validation }, config)
  const { evaluateEvery, search, ...shown } = recipe
  const evaluations = validation === 0 ? 0 : Math.ceil(recipe.steps / evaluateEvery)
  const device = deviceFor(request.device, devices)
  const speedAt = async (side: number): Promise<Speed | null> =>
    device === null
      ? null
      : speedOn(device, { model, resolution: side, optimiser: request.optimiser }, timeStep)
  const speed = await speedAt(resolution)
  const lower = recipe.progressive === null ? speed : await speedAt(recipe.progressive.resolution)
  return {
    ...shown,
    ...shownOptimiser(optimiser),
    clip: usualClip,
    train: request.train ?? { part: 'everything' },
    trials: search === null ? 0 : trialsOf(search),
    evaluations,
    epochs: (recipe.steps * recipe.batch) / training,
    device: device?.name ?? null,
    imagesPerSecond: speed?.imagesPerSecond ?? null,
    seconds:
      speed === null || lower === null
        ? null
        : secondsOf(recipe, { training, validation, evaluations }, speed, lower),
    isMeasured: speed?.isMeasured === true && lower?.isMeasured === true,
  }
}

/**
 * Steps at both resolutions, those of a search included, and what only runs forward: evaluations, and the features that
 * a probe is fitted on.
 */
function secondsOf(
  { steps: own, batch, progressive, head, search }: Recipe,
  {
    training,
    validation,
    evaluations,
  }: { readonly training: number; readonly validation: number; readonly evaluations: number },
  speed: Speed,
  lower: Speed,
): number {
  const steps = own + trialStepsOf(search)
  const judged = search === null ? 0 : trialsOf(search) * developmentImages(training)
  const lowSteps = progressive === null ? 0 : Math.round(steps * progressive.share)
  const probed = head === 'probe' || validation > 0 ? training + validation : 0
  const forward = (evaluations * validation + probed + judged) * forwardShare
  const full = ((steps - lowSteps) * batch + forward) / speed.imagesPerSecond
  return full + (lowSteps * batch) / lower.imagesPerSecond
}

interface Speed {
  readonly imagesPerSecond: number
  readonly isMeasured: boolean
}

async function speedOn(
  device: UsableDevice,
  { model, resolution, optimiser }: Pick<PlanRequest, 'model' | 'resolution' | 'optimiser'>,
  timeStep: PlanTools['timeStep'],
): Promise<Speed> {
  const { config, normalisation } = await trainedModel(model, resolution)
  const known = await knownSpeed({ config, device, optimiser })
  if (known !== null) return { imagesPerSecond: known, isMeasured: true }
  if (timeStep === null) {
    const guess = expectedGflops(device) / stepGflop(config, normalisation)
    return { imagesPerSecond: guess, isMeasured: false }
  }
  const { imagesPerSecond, isCalm } = await timeStep({ model, resolution, device: device.kind, optimiser })
  const timed = { config, device, optimiser }
  if (!isCalm) return { imagesPerSecond: fastestWhileBusy(timed, imagesPerSecond), isMeasured: false }
  await rememberSpeed(timed, imagesPerSecond)
  return { imagesPerSecond, isMeasured: true }
}
