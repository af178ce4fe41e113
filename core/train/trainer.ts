/**
 * @file The training loop. Everything a step depends on follows from the run's settings and the number of the step,
 * so a run that was stopped or killed continues to the same numbers as one that was not.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { ImageCache } from '../data/cache.ts'
import type { SkippedFile } from '../data/finding.ts'
import type { CheckedImage } from '../data/load.ts'
import { at } from '../tensor/shape.ts'
import type { Parameters } from '../tensor/tensor.ts'
import type { DataSource } from './data-source.ts'
import type { ExamplesEvent, RunResult, TrainEvent } from './events.ts'
import { evaluateImages, type ImageEvaluation } from './evaluate-images.ts'
import { chooseExamples, judgeExamples } from './examples.ts'
import type { PauseSwitch } from './pause-switch.ts'
import { openPhase, type OpenPhase } from './open-phase.ts'
import {
  atOtherSpeed,
  createPace,
  currentSpeed,
  noteStep,
  overallSpeed,
  secondsLeft,
  stepsLeft,
  type Pace,
} from './pace.ts'
import { phaseAt, tensorsAt } from './phases.ts'
import type { RunNote } from './run-note.ts'
import type { Progress, RunRecord } from './run-record.ts'
import { openRunWriter, type RunWriter } from './run-writer.ts'
import { learningRateAt } from './schedule.ts'
import type { LabelledImages, StepResult } from './stepper.ts'

/** A run, new or continued. */
export interface RunToTrain {
  readonly directory: string
  readonly record: RunRecord
  readonly source: DataSource
  /** Weights to start from, and what the optimiser keeps, which is zero in a new run; for the grid of the step's phase. */
  readonly parameters: Parameters
  readonly slots: Parameters | null
  readonly progress: Progress
  /** What was found damaged when it was resumed. */
  readonly notes: readonly RunNote[]
}

/** What training works with. */
export interface TrainTools {
  readonly engine: Engine
  readonly cache?: ImageCache | undefined
  readonly signal?: AbortSignal | undefined
  /** Pauses training between steps, and between the batches of an evaluation. */
  readonly pauseSwitch?: PauseSwitch | undefined
}

/** Everything the loop carries from step to step. */
interface Session extends Omit<RunToTrain, 'parameters' | 'slots'>, TrainTools {
  readonly writer: RunWriter
  active: OpenPhase
  pace: Pace
  readonly skipped: SkippedFile[]
  /** Indices of the validation images whose predictions are reported. */
  readonly examples: readonly number[]
  best: Progress['best']
  lastEvaluation: Progress['evaluation']
  /** Step of the newest checkpoint. */
  savedStep: number
  savedAt: number
  savingMs: number
}

/**
 * Trains to the end, reporting every step. Nothing else writes to the run meanwhile.
 *
 * @throws AppError `cancelled` if the signal stopped it (after saving), `invalid_input` when the loss diverged, `busy`
 *   if another process trains the run
 */
export async function* train(run: RunToTrain, tools: TrainTools): AsyncGenerator<TrainEvent> {
  const writer = await openRunWriter(run.directory, run.record, run.progress)
  let result: RunResult
  try {
    result = yield* trainAlone(run, tools, writer)
  } finally {
    await writer.close()
  }
  // Last of all: whoever receives it may start the next run.
  yield { type: 'done', result }
}

async function* trainAlone(
  run: RunToTrain,
  tools: TrainTools,
  writer: RunWriter,
): AsyncGenerator<TrainEvent, RunResult> {
  const { record, source, progress } = run
  await writer.replaceRecord({ ...record, status: 'running', result: null })
  yield {
    type: 'start',
    step: progress.step,
    steps: record.settings.steps,
    training: source.training,
    validation: source.validation.images.length,
  }
  let session: Session | null = null
  try {
    session = await openSession(run, tools, writer)
    yield* steps(session)
    return await finish(session)
  } catch (error) {
    await noteEnd(writer, record, error)
    throw error
  } finally {
    if (session !== null) await closeSession(session)
  }
}

async function noteEnd(writer: RunWriter, record: RunRecord, error: unknown): Promise<void> {
  const status = AppError.from(error).code === 'cancelled' ? 'stopped' : 'failed'
  try {
    await writer.replaceRecord({ ...record, status, result: null })
  } catch {
    // On a full disk this fails as well. What ended the run is what a person needs to know; the record then still says
    // `running`, so that the run counts as interrupted and can be resumed.
  }
}

async function openSession(run: RunToTrain, tools: TrainTools, writer: RunWriter): Promise<Session> {
  const { parameters, slots, ...rest } = run
  const { best, step, evaluation: lastEvaluation } = run.progress
  const skipped: SkippedFile[] = []
  const phase = phaseAt(run.record, step)
  const onSkip = (file: SkippedFile): void => void skipped.push(file)
  const active = await openPhase({ ...run, ...tools, phase, parameters, slots, step, onSkip })
  const examples = chooseExamples(run.source.validation.images)
  const saved = { savedStep: step, savedAt: performance.now(), savingMs: 0 }
  const opened = { active, pace: createPace(), skipped, examples }
  return { ...rest, ...tools, writer, ...opened, ...saved, best, lastEvaluation }
}

/** Continues at the next resolution: the same weights, with positions and what is kept for them resized. */
async function switchPhase(session: Session, step: number): Promise<void> {
  const { record, active, skipped } = session
  const phase = phaseAt(record, step + 1)
  const tensors = tensorsAt(record, await active.tensors(), active.phase.grid, phase.grid)
  await active.dispose()
  const onSkip = (file: SkippedFile): void => void skipped.push(file)
  session.active = await openPhase({ ...session, ...tensors, phase, step, onSkip })
  session.pace = atOtherSpeed(session.pace, active.phase, phase)
}

async function closeSession(session: Session): Promise<void> {
  await session.active.dispose()
}

async function* steps(session: Session): AsyncGenerator<TrainEvent> {
  const { record, progress } = session
  const { settings } = record
  // A run that was stopped during an evaluation continues with that.
  if (evaluationIsDue(session, progress.step)) yield* evaluateAndSave(session, progress.step)
  await stopIfAsked(session, progress.step)
  if (progress.step === 0 && session.examples.length > 0) yield await firstLook(session)
  for (let step = progress.step + 1; step <= settings.steps; step++) {
    if (step > session.active.phase.endStep) await switchPhase(session, step - 1)
    const start = performance.now()
    // The images of the next batch are decoded in other threads while this step runs.
    yield await performStep(session, step, await session.active.next(), start)
    yield* session.skipped.splice(0).map((file) => ({ type: 'skipped', file }) as const)
    if (isMilestone(session, step)) yield* evaluateAndSave(session, step)
    else if (saveIsDue(session)) yield await save(session, step)
    yield* pauseIfAsked(session, step)
    await stopIfAsked(session, step)
  }
}

async function performStep(
  session: Session,
  step: number,
  images: LabelledImages,
  start: number,
): Promise<TrainEvent> {
  const { active, record } = session
  const { settings } = record
  const { learningRate: peak, warmup, steps: total, clip } = settings
  const learningRate = learningRateAt(step - 1, { peak, warmup, total })
  const scalars = active.optimiser.scalarsAt(step, learningRate)
  const result = await active.stepper.step(images, { ...scalars, clip })
  if (hasDiverged(result)) throw diverged(step, peak)
  noteStep(session.pace, performance.now() - start, images.count)
  const metric = {
    type: 'step',
    step,
    loss: result.loss,
    accuracy: result.accuracy,
    gradNorm: result.gradientNorm,
    learningRate,
  } as const
  await session.writer.append(metric)
  const evaluationsLeft = Math.ceil((total - step) / settings.evaluateEvery)
  return {
    ...metric,
    imagesPerSecond: currentSpeed(session.pace, settings.batch),
    secondsLeft: secondsLeft(session.pace, stepsLeft(record, active.phase, step), evaluationsLeft),
    memoryMB: process.memoryUsage.rss() / 1e6,
  }
}

// Some GPUs turn NaN and infinity into ordinary large numbers, so magnitudes no healthy run reaches count as well.
const hopelessLoss = 1e4
const hopelessNorm = 1e8

function hasDiverged({ loss, gradientNorm }: StepResult): boolean {
  return !(Math.abs(loss) < hopelessLoss && gradientNorm < hopelessNorm)
}

function diverged(step: number, peak: number): AppError {
  return new AppError(
    'invalid_input',
    `Training diverged at step ${step}: the loss is no longer a number. The learning rate ${peak} is too high for ` +
      `this model and data; start again with a lower one, ${(peak / 3).toPrecision(1)} for example.`,
    { step, learningRate: peak },
  )
}

/** Steps after which the model is evaluated and saved: a few along the way, and the last. */
function isMilestone({ record: { settings } }: Session, step: number): boolean {
  return step > 0 && (step % settings.evaluateEvery === 0 || step === settings.steps)
}

function evaluationIsDue(session: Session, step: number): boolean {
  const { source, lastEvaluation } = session
  const isPossible = source.validation.images.length > 0
  return isPossible && isMilestone(session, step) && lastEvaluation?.step !== step
}

async function* evaluateAndSave(session: Session, step: number): AsyncGenerator<TrainEvent> {
  if (evaluationIsDue(session, step)) yield* evaluate(session, step)
  yield await save(session, step)
}

/** Reports nothing if it was stopped on request. */
async function* evaluate(session: Session, step: number): AsyncGenerator<TrainEvent> {
  let start = performance.now()
  const { examples } = session
  const validation = session.source.validation.images
  const { batches, metrics } = evaluating(session, validation, (file) => session.skipped.push(file))
  const images: ExamplesEvent['images'][number][] = []
  for await (const { batch, rows } of batches) {
    images.push(...judgeExamples(validation, examples, batch, rows))
    start += yield* pauseIfAsked(session, step)
    if (session.signal?.aborted === true) return
  }
  const { accuracy, loss, accuracyInterval } = metrics()
  const best = isBetter(accuracy, loss, session.best)
  if (best) await keepBest(session, step, accuracy ?? 0, loss ?? 0)
  session.pace.evaluationMs = performance.now() - start
  const event = { type: 'evaluation', step, accuracy, loss, accuracyInterval, best } as const
  session.lastEvaluation = { step, accuracy, loss }
  await session.writer.append(event)
  yield event
  yield await tellExamples(session, { type: 'examples', step, images })
}

/** What the model says about the examples before it has learned anything. */
async function firstLook(session: Session): Promise<TrainEvent> {
  const { source, examples } = session
  const chosen = examples.map((index) => at(source.validation.images, index))
  const all = chosen.map((_, index) => index)
  const images: ExamplesEvent['images'][number][] = []
  for await (const { batch, rows } of evaluating(session, chosen).batches) {
    images.push(...judgeExamples(chosen, all, batch, rows))
  }
  return tellExamples(session, { type: 'examples', step: 0, images })
}

async function tellExamples(session: Session, event: ExamplesEvent): Promise<TrainEvent> {
  await session.writer.append(event)
  return event
}

/** Over the weights as they stand. A wish to stop is left to who reads the batches. */
function evaluating(
  { source, record, cache, active }: Session,
  images: readonly CheckedImage[],
  onSkip?: (file: SkippedFile) => void,
): ImageEvaluation {
  const { classes, preprocessing } = record
  return evaluateImages(active.classifier, classes.length, {
    root: source.validation.root,
    images,
    preprocessing,
    cache,
    onSkip,
  })
}

/** More images correct, or as many with lower loss: small validation sets tie often. */
function isBetter(accuracy: number | null, loss: number | null, best: Progress['best']): boolean {
  if (accuracy === null || loss === null) return false
  return best === null || accuracy > best.accuracy || (accuracy === best.accuracy && loss < best.loss)
}

async function keepBest(session: Session, step: number, accuracy: number, loss: number): Promise<void> {
  await session.writer.writeBest(await session.active.weights(), step)
  session.best = { step, accuracy, loss }
}

async function save(session: Session, step: number): Promise<TrainEvent> {
  const start = performance.now()
  await session.writer.writeLast({
    ...(await session.active.tensors()),
    progress: { step, best: session.best, evaluation: session.lastEvaluation },
  })
  session.savedStep = step
  session.savedAt = performance.now()
  session.savingMs = session.savedAt - start
  return { type: 'checkpoint', step }
}

const saveEveryMs = 60_000

/** Once a minute, and never more than a twentieth of the time. */
function saveIsDue({ savedAt, savingMs }: Session): boolean {
  return performance.now() - savedAt > Math.max(saveEveryMs, 20 * savingMs)
}

/** Waits while training is paused, with everything saved; returns the milliseconds it took. */
async function* pauseIfAsked(session: Session, step: number): AsyncGenerator<TrainEvent, number, void> {
  // run() blocks this thread: without a turn of the event loop neither this request nor the signal would ever arrive.
  await nextTurn()
  const { pauseSwitch, signal } = session
  if (pauseSwitch?.isOn() !== true || signal?.aborted === true) return 0
  const start = performance.now()
  if (session.savedStep !== step) yield await save(session, step)
  yield { type: 'paused', step }
  await pauseSwitch.released(signal)
  yield { type: 'continued', step }
  return performance.now() - start
}

async function stopIfAsked(session: Session, step: number): Promise<void> {
  await nextTurn()
  const isComplete = step === session.record.settings.steps && !evaluationIsDue(session, step)
  if (session.signal?.aborted !== true || isComplete) return
  if (session.savedStep !== step) await save(session, step)
  throw new AppError('cancelled', `Stopped after step ${step}. Everything is saved; continue with --resume.`)
}

async function finish(session: Session): Promise<RunResult> {
  const { record, lastEvaluation, best, writer } = session
  const result: RunResult = {
    bestAccuracy: best?.accuracy ?? null,
    bestStep: best?.step ?? null,
    finalAccuracy: lastEvaluation?.accuracy ?? null,
    finalLoss: lastEvaluation?.loss ?? null,
    steps: record.settings.steps,
    imagesPerSecond: overallSpeed(session.pace),
  }
  await writer.finish({ ...record, status: 'finished', result })
  return result
}
