/**
 * @file The server's answers to the window. What computes is asked of the engine process; everything else is done here,
 * so that lists, folders and thumbnails never wait for a training step.
 */
import { basename, join } from 'node:path'

import type * as z from 'zod'

import { invariant } from '../../errors.ts'
import type {
  ApiHandlers,
  Device,
  FineTuneRequest,
  Progress,
  TrainEvent,
  contract,
} from '../../api/contract.ts'
import { studioVersion } from '../assets.ts'
import { checkFolderItems, sampleItems } from './check-folder.ts'
import type { EngineHost } from './engine-host.ts'
import { listFolder } from './folders.ts'
import { exportFolder, runsFolder, studioHome } from './home.ts'
import { describeModel, estimate, listModels, rememberModel } from './models.ts'
import { dataOf, folderOf, listRuns, metricsOfRun, nameRun, newRunId, runDetails } from './runs.ts'
import { createThumbnails, type Thumbnails } from './thumbnails.ts'
import { createTrainings, type Trainings } from './trainings.ts'

/** The answers, and how to end in order. */
export interface Studio {
  readonly handlers: ApiHandlers
  /** Saves what is being trained and ends the engine. */
  readonly close: () => Promise<void>
}

/** What the handlers work with. */
interface Workshop {
  readonly engine: EngineHost
  readonly trainings: Trainings
  readonly thumbnails: Thumbnails
}

/** The answers of one studio over one engine. */
export function createStudio(engine: EngineHost): Studio {
  const workshop = { engine, trainings: createTrainings(), thumbnails: createThumbnails() }
  return {
    handlers: {
      studio: { version: () => ({ version: studioVersion(), home: studioHome() }) },
      devices: { list: createDeviceList(engine) },
      folders: { list: async ({ path }) => listFolder(path) },
      data: dataHandlers(workshop),
      models: {
        list: listModels,
        describe: async ({ path }) => {
          const described = await describeModel(path)
          await rememberModel(path)
          return described
        },
        estimate: async ({ path, resolution, batch }) => estimate(path, resolution, batch),
      },
      runs: runHandlers(workshop),
      predict: { images: async (input, context) => engine.api().predict.images(input, context) },
    },
    close: async () => engine.close(),
  }
}

/** Devices are looked at once: it takes a second, and a training would spoil the measurement. */
function createDeviceList(engine: EngineHost): () => Promise<Device[]> {
  let known: Promise<Device[]> | undefined
  return async () => {
    known ??= engine.api().devices.list()
    known.catch(() => (known = undefined))
    return known
  }
}

function dataHandlers({ thumbnails }: Workshop): ApiHandlers['data'] {
  return {
    check: async function* ({ folder, validation, resolution }, { signal }) {
      for await (const item of checkFolderItems(folder, {
        signal,
        validationDirectory: validation,
        resolution,
      })) {
        if (item.type === 'done') {
          thumbnails.allow(item.data.root)
          if (item.data.validation !== null) thumbnails.allow(item.data.validation.root)
        }
        yield item
      }
    },
    thumbnail: async (request, { signal }) => thumbnails.get(request, signal),
    sample: (_, { signal }) => sampleItems(signal),
  }
}

function runHandlers({ engine, trainings, thumbnails }: Workshop): ApiHandlers['runs'] {
  return {
    list: async () => listRuns(trainings),
    get: async ({ run }) => {
      const { trainingRoot, validationRoot } = await dataOf(run)
      thumbnails.allow(trainingRoot)
      thumbnails.allow(validationRoot)
      return runDetails(run, trainings)
    },
    start: (request, { signal }) => startRun(engine, trainings, request, signal),
    resume: async ({ run }) => {
      const events = iteratorOf(engine.api().training.resume({ folder: folderOf(run) }))
      // Waits for the first event, so that a run that cannot be continued says so here.
      const first = await events.next()
      trainings.adopt(run, rest(first, events))
    },
    follow: ({ run }, { signal }) => trainings.follow(run, signal),
    stop: async ({ run }) => {
      if (!trainings.isTraining(run)) return
      await engine.api().training.stop()
      await trainings.ended(run)
    },
    metrics: async ({ run }) => metricsOfRun(run),
    evaluate: async function* ({ run }, context) {
      thumbnails.allow((await dataOf(run)).validationRoot)
      yield* engine.api().runs.evaluate({ folder: folderOf(run) }, context)
    },
    export: ({ run, formats, out }, context) =>
      engine.api().runs.export({ folder: folderOf(run), formats, out: out ?? exportFolder(run) }, context),
  }
}

type StartItem = z.output<(typeof contract)['runs']['start']['item']>

async function* startRun(
  engine: EngineHost,
  trainings: Trainings,
  request: FineTuneRequest,
  signal: AbortSignal,
): AsyncGenerator<StartItem> {
  const name = request.name ?? basename(request.data)
  const run = newRunId(name, new Date())
  // The caller may take back the preparation only: the training goes on when the window is closed.
  const preparation = new AbortController()
  const takeBack = (): void => preparation.abort()
  signal.addEventListener('abort', takeBack, { once: true })
  const items = iteratorOf(
    engine.api().training.start({ folder: join(runsFolder(), run), request }, { signal: preparation.signal }),
  )
  try {
    yield* progressUntilCreated(items)
  } finally {
    signal.removeEventListener('abort', takeBack)
  }
  trainings.adopt(run, trainEvents(items))
  await nameRun(run, name)
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
