/**
 * @file Formula-driven pretraining: classification of pictures that are rendered on the fly. Every number follows from
 * the settings and the step, so a run that was stopped or killed resumes to the same numbers.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import type { Engine, State } from '../engine/engine.ts'
import { lockFolder } from '../files/lock.ts'
import { createPace, currentSpeed, noteStep, secondsLeft } from '../train/pace.ts'
import { openHistory, type History } from '../train/history.ts'
import { learningRateAt } from '../train/schedule.ts'
import { renderBatch, type RenderedBatch } from './batch.ts'
import { createFormulaClasses } from './formula-classes.ts'
import {
  pretrainingModel,
  removeLeftovers,
  writeCheckpoint,
  type Pretraining,
  type PretrainingSettings,
} from './pretraining-folder.ts'
import {
  createPretrainingStepper,
  namedShapes,
  namedState,
  stateFrom,
  type PretrainingResult,
  type PretrainingState,
} from './pretraining-step.ts'
import { renderAhead, type RenderOrder } from './render-ahead.ts'

/** What pretraining works with. */
export interface PretrainTools {
  readonly engine: Engine
  /** The bundle of render-worker.ts; without it the pictures are rendered between the steps. */
  readonly renderEntry?: URL | undefined
  readonly workers: number
  readonly signal?: AbortSignal | undefined
}

/** Means over the steps since the last report. */
export interface PretrainStep {
  readonly type: 'step'
  readonly step: number
  readonly loss: number
  readonly accuracy: number
  readonly gradNorm: number
  /** Of this step. */
  readonly learningRate: number
  readonly imagesPerSecond: number
  readonly secondsLeft: number
}

/** What pretraining reports as it runs. */
export type PretrainEvent = PretrainStep | { readonly type: 'checkpoint'; readonly step: number }

const tellEvery = 20
const saveEveryMs = 120_000

/**
 * Trains to the last step; the checkpoint holds the result.
 *
 * @throws AppError `cancelled` when the signal stopped it (after saving), `invalid_input` when the loss diverged
 */
export async function* pretrain(from: Pretraining, tools: PretrainTools): AsyncGenerator<PretrainEvent> {
  const lock = await lockFolder(from.directory)
  try {
    await removeLeftovers(from.directory)
    yield* pretrainAlone(from, tools)
  } finally {
    await lock.release()
  }
}

async function* pretrainAlone(from: Pretraining, tools: PretrainTools): AsyncGenerator<PretrainEvent> {
  const { directory, settings } = from
  const history = await openHistory(directory, from.step)
  const state = await tools.engine.createState(namedState(from.state))
  const stepper = await createPretrainingStepper(
    tools.engine,
    pretrainingModel(settings),
    state,
    settings.batch,
  )
  const recent = createRecent(settings)
  let [step, savedAt, startedAt] = [from.step, performance.now(), performance.now()]
  try {
    for await (const batch of picturesOf(settings, tools, step)) {
      step++
      const rates = { ...settings, step, learningRate: rateAt(step, settings) }
      recent.note(await stepper.step(batch, rates), performance.now() - startedAt)
      startedAt = performance.now()
      const isLast = step >= settings.steps
      if (step % tellEvery === 0 || isLast) yield await tell(history, recent.take(step))
      // A step blocks this thread: without a turn of the event loop no signal would ever arrive.
      await nextTurn()
      const isStopped = tools.signal?.aborted === true && !isLast
      if (isLast || isStopped || performance.now() - savedAt > saveEveryMs) {
        await history.sync()
        await writeCheckpoint(directory, await readState(state, settings), step)
        savedAt = performance.now()
        yield { type: 'checkpoint', step }
      }
      if (isStopped) throw stopped(step)
      if (isLast) break
    }
  } finally {
    await history.close()
    await stepper.dispose()
    state.dispose()
  }
}

function stopped(step: number): AppError {
  return new AppError('cancelled', `Stopped after step ${step}. Everything is saved; continue with --resume.`)
}

async function tell(history: History, event: PretrainStep): Promise<PretrainStep> {
  await history.append(event)
  return event
}

function rateAt(step: number, { learningRate, warmup, steps }: PretrainingSettings): number {
  return learningRateAt(step - 1, { peak: learningRate, warmup, total: steps })
}

async function readState(state: State, settings: PretrainingSettings): Promise<PretrainingState> {
  const model = pretrainingModel(settings)
  return stateFrom(await state.read(namedShapes(model).keys()), model)
}

/** The batches of steps `done` + 1 and so on. */
function picturesOf(
  settings: PretrainingSettings,
  { renderEntry, workers }: PretrainTools,
  done: number,
): AsyncGenerator<RenderedBatch, never> {
  const order: RenderOrder = {
    classCount: settings.classes,
    classSeed: settings.classSeed,
    seed: settings.seed,
    batchSize: settings.batch,
    resolution: settings.resolution,
  }
  return renderEntry === undefined
    ? renderHere(order, done + 1)
    : renderAhead(order, renderEntry, workers, done + 1)
}

async function* renderHere(order: RenderOrder, firstStep: number): AsyncGenerator<RenderedBatch, never> {
  const classes = createFormulaClasses(order.classCount, order.classSeed)
  for (let step = firstStep; ; step++) {
    yield renderBatch(classes, order.seed, step, order.batchSize, order.resolution)
  }
}

interface Recent {
  note(result: PretrainingResult, ms: number): void
  /** The means up to `step`, and forgets them. */
  take(step: number): PretrainStep
}

function createRecent(settings: PretrainingSettings): Recent {
  const pace = createPace()
  let noted: PretrainingResult[] = []
  const mean = (pick: (result: PretrainingResult) => number): number =>
    noted.reduce((sum, result) => sum + pick(result), 0) / noted.length
  return {
    note(result, ms) {
      if (!Number.isFinite(result.loss)) throw diverged(settings.learningRate)
      noteStep(pace, ms, settings.batch)
      noted.push(result)
    },
    take(step) {
      const event: PretrainStep = {
        type: 'step',
        step,
        loss: mean(({ loss }) => loss),
        accuracy: mean(({ accuracy }) => accuracy),
        gradNorm: mean(({ gradientNorm }) => gradientNorm),
        learningRate: rateAt(step, settings),
        imagesPerSecond: currentSpeed(pace, settings.batch),
        secondsLeft: secondsLeft(pace, settings.steps - step, 0),
      }
      noted = []
      return event
    },
  }
}

function diverged(learningRate: number): AppError {
  return new AppError(
    'invalid_input',
    `Pretraining diverged: the loss is no longer a number. The learning rate ${learningRate} is too high; start again with a lower one.`,
  )
}
