/** @file Answers about runs. The engine trains; its training is started and followed here, for every window. */
import type * as z from 'zod'

import { invariant } from '../../errors.ts'
import type { ApiHandlers, contract } from '../../api/contract.ts'
import type { TrainEvent } from '../../api/contract/metrics.ts'
import { packSteps } from '../../api/contract/step-table.ts'
import type { FineTuneRequest } from '../../api/contract/runs.ts'
import type { Progress } from '../../api/contract/values.ts'
import { augmentedImages } from '../../studio/data/augmented.ts'
import { planRun } from '../../studio/runs/plan-run.ts'
import { restoreRun, setRunAside } from '../../studio/runs/removed-runs.ts'
import { changeCard } from '../../studio/runs/run-card.ts'
import {
  dataOf,
  folderOf,
  listRuns,
  metricsOfRun,
  nameFor,
  newRunId,
  runDetails,
} from '../../studio/runs/runs.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `runs`. */
export function runHandlers(context: ServerContext): ApiHandlers['runs'] {
  const { engine, devices, trainings, thumbnails } = context
  return {
    list: async () => listRuns(trainings),
    get: async ({ run }) => {
      const { trainingRoot, validationRoot } = await dataOf(run)
      thumbnails.allow(trainingRoot)
      thumbnails.allow(validationRoot)
      return runDetails(run, trainings)
    },
    plan: async (request) => {
      // Steps that compete with training would be meaningless, and would slow it down.
      const timeStep = trainings.isBusy() ? null : engine.api().timing.step
      return planRun(request, { devices: await devices(), timeStep })
    },
    augmented: async (request, { signal }) => {
      thumbnails.require(request.folder)
      return augmentedImages(request, signal)
    },
    start: (request, { signal }) => startRun(context, request, signal),
    resume: async ({ run }) => {
      await restoreRun(folderOf(run))
      const events = iteratorOf(engine.api().training.resume({ run }))
      // Waits for the first event, so that a run that cannot be continued says so here.
      const first = await events.next()
      trainings.adopt(run, rest(first, events))
    },
    follow: async function* ({ run, after }, { signal }) {
      for await (const event of trainings.follow(run, signal)) {
        if (event.type !== 'step' || event.step > after) yield event
      }
    },
    pause: async ({ run, paused }) => {
      if (trainings.isTraining(run)) await engine.api().training.pause({ paused })
    },
    stop: async ({ run }) => {
      if (!trainings.isTraining(run)) return
      await engine.api().training.stop()
      await trainings.ended(run)
    },
    rename: async ({ run, name }) => changeCard(folderOf(run), { name }),
    remove: async ({ run }) => setRunAside(folderOf(run)),
    restore: async ({ run }) => restoreRun(folderOf(run)),
    history: async ({ run }) => {
      const metrics = await metricsOfRun(run)
      return {
        steps: packSteps(metrics.filter((metric) => metric.type === 'step')),
        evaluations: metrics.filter((metric) => metric.type === 'evaluation'),
        examples: metrics.filter((metric) => metric.type === 'examples'),
      }
    },
  }
}

type StartItem = z.output<(typeof contract)['runs']['start']['item']>

async function* startRun(
  { engine, trainings }: ServerContext,
  request: FineTuneRequest,
  signal: AbortSignal,
): AsyncGenerator<StartItem> {
  const run = newRunId(nameFor(request), new Date())
  // The caller can only cancel the preparation: training continues when the window is closed.
  const preparation = new AbortController()
  const takeBack = (): void => preparation.abort()
  signal.addEventListener('abort', takeBack, { once: true })
  const items = iteratorOf(engine.api().training.start({ run, request }, { signal: preparation.signal }))
  try {
    yield* progressUntilCreated(items)
  } finally {
    signal.removeEventListener('abort', takeBack)
  }
  trainings.adopt(run, trainEvents(items))
  yield { type: 'done', run }
}

type TrainingItem = Progress | { readonly type: 'created' } | TrainEvent

async function* progressUntilCreated(items: AsyncIterator<TrainingItem>): AsyncGenerator<Progress> {
  for (;;) {
    const { value, done } = await items.next()
    invariant(done !== true, () => 'the engine ended before it had made the run')
    if (value.type === 'created') return
    if (value.type === 'progress') yield value
  }
}

async function* trainEvents(items: AsyncIterator<TrainingItem>): AsyncGenerator<TrainEvent> {
  for (;;) {
    const { value, done } = await items.next()
    if (done === true) return
    if (value.type !== 'created' && value.type !== 'progress') yield value
  }
}

async function* rest<T>(first: IteratorResult<T>, items: AsyncIterator<T>): AsyncGenerator<T> {
  for (let item = first; item.done !== true; item = await items.next()) yield item.value
}

function iteratorOf<T>(items: AsyncIterable<T>): AsyncIterator<T> {
  return items[Symbol.asyncIterator]()
}
