/** @file The one training of the engine process: starts it, reports its events, stops it. */
import { join } from 'node:path'

import type * as z from 'zod'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { TrainEvent } from '../../api/contract/metrics.ts'
import type { FineTuneRequest } from '../../api/contract/runs.ts'
import type { Progress } from '../../api/contract/values.ts'
import { createFeed, withProgress, type Feed } from '../../api/feed.ts'
import { defaultCacheDirectory, openCache } from '../../data/cache.ts'
import type { ChosenEngine } from '../../engine/devices.ts'
import type { TrainEvent as CoreEvent } from '../../train/events.ts'
import { createPauseSwitch, type PauseSwitch } from '../../train/pause-switch.ts'
import { optimiserSettings } from '../../optim/optimisers.ts'
import { usualClip } from '../../train/recipe.ts'
import { resumeRun, startRun, type FineTuneRun } from '../../train/start.ts'
import { searchAndTrain } from '../../train/search/search.ts'
import { chosenEngine, kindOf } from '../engine-choice.ts'
import { log } from '../log.ts'
import { changeCard } from './run-card.ts'
import { nameFor } from './runs.ts'
import { runsFolder } from '../home.ts'
import { labelsOf } from '../labels/labels-of.ts'

/** A request with missing choices filled in. */
export type CompleteRequest = z.output<typeof FineTuneRequest>

/** What training reports, including its start. */
export type TrainingItem = Progress | { readonly type: 'created' } | TrainEvent

/** Trains one run at a time. */
export interface Training {
  start(request: CompleteRequest, run: string, signal: AbortSignal): AsyncIterable<TrainingItem>
  resume(folder: string, signal: AbortSignal): AsyncIterable<TrainEvent>
  /** Asks the training to stop, and waits until it has saved and stopped. */
  stop(): Promise<void>
  /** Pauses training between two steps, or lets it continue. */
  pause(paused: boolean): void
}

interface Active {
  readonly controller: AbortController
  readonly pauseSwitch: PauseSwitch
  readonly onEnd: (() => void)[]
}

/** How training is controlled from outside. */
interface Control {
  readonly signal: AbortSignal
  readonly pauseSwitch: PauseSwitch
}

/** Training that has not started. */
export function createTraining(): Training {
  let active: Active | null = null
  const exclusively = async function* <T>(
    signal: AbortSignal,
    work: (control: Control) => AsyncIterable<T>,
  ): AsyncGenerator<T> {
    if (active !== null)
      throw new AppError('busy', say`Another run is being trained. Wait until it is done, or stop it.`)
    const mine: Active = { controller: new AbortController(), pauseSwitch: createPauseSwitch(), onEnd: [] }
    active = mine
    const feed = createFeed<T>('unread')
    // Read to its end even if the reader has left: only then does it save.
    const control = {
      signal: AbortSignal.any([signal, mine.controller.signal]),
      pauseSwitch: mine.pauseSwitch,
    }
    void pass(work(control), feed).finally(() => {
      active = null
      mine.onEnd.forEach((listener) => listener())
    })
    yield* feed.follow()
  }
  return {
    start: (request, run, signal) => exclusively(signal, (control) => startAndTrain(request, run, control)),
    resume: (folder, signal) => exclusively(signal, (control) => resumeAndTrain(folder, control)),
    pause: (paused) => active?.pauseSwitch.set(paused),
    stop: async () => {
      if (active === null) return
      const { controller, onEnd } = active
      controller.abort()
      await new Promise<void>((resolve) => onEnd.push(resolve))
    },
  }
}

async function pass<T>(items: AsyncIterable<T>, feed: Feed<T>): Promise<void> {
  try {
    for await (const item of items) feed.push(item)
    feed.end()
  } catch (thrown) {
    feed.end(AppError.from(thrown))
  }
}

async function* startAndTrain(
  request: CompleteRequest,
  id: string,
  control: Control,
): AsyncGenerator<TrainingItem> {
  const choice = await chosenEngine(kindOf(request.device))
  const labels = await labelsOf(request.project)
  const optimiser = optimiserSettings(request.optimiser)
  const usual = { optimiser, clip: usualClip, positionResize: 'auto' } as const
  const run = yield* withProgress<TrainingItem, FineTuneRun>(async (report) =>
    startRun(
      { ...request, labels, out: join(runsFolder(), id), ...usual },
      {
        engine: choice.engine.kind,
        memoryMB: choice.device.memoryMB,
        signal: control.signal,
        onProgress: ({ done, total }) => report({ type: 'progress', done, total }),
      },
    ),
  )
  // Before it is trained, because whoever trains it is the only one that writes there.
  await changeCard(join(runsFolder(), id), { name: nameFor(request), project: request.project ?? null })
  yield { type: 'created' }
  yield* trainOn(run, choice, control)
}

async function* resumeAndTrain(folder: string, control: Control): AsyncGenerator<TrainEvent> {
  const run = await resumeRun(folder)
  const choice = await chosenEngine(run.record.settings.engine)
  yield* trainOn(run, choice, control)
}

async function* trainOn(
  run: FineTuneRun,
  choice: ChosenEngine,
  control: Control,
): AsyncGenerator<TrainEvent> {
  const cache = await openCache(defaultCacheDirectory(), { onWarning: log })
  try {
    for await (const event of searchAndTrain(run, { engine: choice.engine, cache, ...control })) {
      yield withDevice(event, choice)
    }
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code !== 'cancelled') throw error
    throw new AppError('cancelled', say`Training was stopped. Everything is saved; press Continue to resume.`)
  }
}

/** With the device, which the loop itself does not know, and what is to be said about it. */
function withDevice(event: CoreEvent, { device: { kind, name }, remarks }: ChosenEngine): TrainEvent {
  if (event.type !== 'start') return event
  return { ...event, device: { kind, name }, remarks: [...remarks] }
}
