/** @file Times training steps of one model at one resolution, for a second or two, and says whether the machine was idle. */
import { cpus } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

import { createOptimiser, optimiserSettings } from '../../optim/optimisers.ts'
import { availableMemory, chooseMicroBatch } from '../../train/step/memory.ts'
import { createStepper, createTrainingState } from '../../train/step/stepper.ts'
import { randomImages, randomParameters, timedStep } from '../bench.ts'
import { chosenEngine, kindOf } from '../engine-choice.ts'
import { trainedModel } from './model-costs.ts'
import type { StepTime, StepToTime } from './step-timing.ts'

// Enough images for the speed of a whole batch, few enough for a large model to be timed in seconds.
const mostImages = 8
const listenMs = 150
const timedMs = 1200
const fewestSteps = 2
// Share of all processors that others may use while the machine still counts as idle.
const calmShare = 0.2

/**
 * Steps on random images with random weights: they cost what real ones cost. The shortest step counts, since whatever
 * else the machine does can only make a step longer.
 *
 * @throws AppError where the model cannot be read, does not fit into memory, or the device cannot be used
 */
export async function timeStep({
  model,
  resolution,
  device,
  optimiser: kind,
}: StepToTime): Promise<StepTime> {
  const isCalm = (await shareInUse()) < calmShare
  const { engine, device: found } = await chosenEngine(kindOf(device))
  const graphs = await trainedModel(model, resolution)
  const { config } = graphs
  const optimiser = createOptimiser(optimiserSettings(kind))
  const images = chooseMicroBatch(config, mostImages, availableMemory(found), { optimiser })
  const choices = { batch: images, microBatch: images, optimiser }
  const state = await createTrainingState(
    engine,
    { config, parameters: randomParameters(config) },
    null,
    choices,
  )
  try {
    const stepper = await createStepper(engine, graphs, state, choices)
    try {
      const shortest = await shortestOf(timedStep(stepper, randomImages(config, images), optimiser))
      return { imagesPerSecond: (1000 * images) / shortest, isCalm }
    } finally {
      await stepper.dispose()
    }
  } finally {
    state.dispose()
  }
}

/** The first step warms up, unless it alone takes as long as all of them should. */
async function shortestOf(step: () => Promise<number>): Promise<number> {
  const first = await step()
  if (first > 2 * timedMs) return first
  const start = performance.now()
  let shortest = first
  for (let done = 0; done < fewestSteps || performance.now() - start < timedMs; done++)
    shortest = Math.min(shortest, await step())
  return shortest
}

/** Share of all processors in use during a moment in which this process does nothing. */
async function shareInUse(): Promise<number> {
  const before = processorTimes()
  await delay(listenMs)
  const after = processorTimes()
  const all = after.all - before.all
  return all <= 0 ? 0 : 1 - (after.idle - before.idle) / all
}

function processorTimes(): { readonly idle: number; readonly all: number } {
  let [idle, all] = [0, 0]
  for (const { times } of cpus()) {
    idle += times.idle
    all += times.user + times.nice + times.sys + times.irq + times.idle
  }
  return { idle, all }
}
