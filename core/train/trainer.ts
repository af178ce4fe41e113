/**
 * @file The training loop. Everything a step depends on follows from the run's settings and the number of the step,
 * so a run that was stopped or killed continues to the same numbers as one that was not.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError, invariant } from '../errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { ImageCache } from '../data/cache.ts'
import type { SkippedFile } from '../data/finding.ts'
import type { CheckedImage } from '../data/load.ts'
import { at } from '../tensor/shape.ts'
import type { Parameters } from '../tensor/tensor.ts'
import { beginWithProbe } from './probe/begin-with-probe.ts'
import { isBetter, type Judged } from './evaluation/best.ts'
import { readProbe } from './run/checkpoint-files.ts'
import type { DataSource } from './data-source.ts'
import type { ExamplesEvent, TrainEvent } from './events.ts'
import { evaluateImages, type ImageEvaluation } from './evaluation/evaluate-images.ts'
import { chooseExamples, judgeExamples } from './probe/examples.ts'
import { gatherLogits, heldOutOf, type HeldOut } from './evaluation/held-out.ts'
import { adjustLogits, temperatureAlone } from './evaluation/logit-adjustment.ts'
import type { PauseSwitch } from './pause-switch.ts'
import { atOwnResolution, type ProbeSource } from './probe/run-probe.ts'
import { openPhase, type OpenPhase } from './step/open-phase.ts'
import {
  atOtherSpeed,
  createClock,
  createThroughput,
  overallSpeed,
  secondsOf,
  type Clock,
  type Throughput,
} from './run/throughput.ts'
import { performStep } from './step/perform-step.ts'
import { phaseAt, tensorsAt } from './step/phases.ts'
import type { RunNote } from './run/run-note.ts'
import type { Progress, RunRecord } from './run/run-record.ts'
import { resultOf } from './run/run-result.ts'
import { openRunWriter, type RunWriter } from './run/run-writer.ts'

/** A run, new or continued. */
export interface RunToTrain {
  readonly directory: string
  readonly record: RunRecord
  readonly source: DataSource
  /** Weights to start from, and what the optimiser keeps, which is zero in a new run; for the grid of the step's phase. */
  readonly parameters: Parameters
  readonly slots: Parameters | null
  /** What a new run fits its probe to; null in one that goes on, and where there is no probe. */
  readonly probeFrom: ProbeSource | null
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
interface Session extends Omit<RunToTrain, 'record' | 'parameters' | 'slots'>, TrainTools {
  record: RunRecord
  readonly writer: RunWriter
  active: OpenPhase
  throughput: Throughput
  readonly clock: Clock
  readonly skipped: SkippedFile[]
  /** Paths of those that were told. */
  readonly told: Set<string>
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
  let record: RunRecord
  try {
    record = yield* trainAlone(run, tools, writer)
  } finally {
    await writer.close()
  }
  // Last of all: whoever receives it may start the next run.
  const { result, times } = record
  invariant(result !== null, () => 'a run has ended without a result')
  yield { type: 'done', result, times }
}

async function* trainAlone(
  run: RunToTrain,
  tools: TrainTools,
  writer: RunWriter,
): AsyncGenerator<TrainEvent, RunRecord> {
  const record: RunRecord = { ...run.record, status: 'running', result: null }
  await writer.replaceRecord(record)
  yield startOf(run)
  const clock = createClock(record.times.seconds)
  let begun = { ...run, record }
  let session: Session | null = null
  try {
    if (run.probeFrom !== null)
      begun = { ...begun, ...(yield* beginWithProbe(begun, run.probeFrom, tools, writer)) }
    session = await openSession(begun, tools, writer, clock)
    yield* steps(session)
    return await finish(session)
  } catch (error) {
    await noteEnd(writer, session?.record ?? begun.record, error)
    throw error
  } finally {
    if (session !== null) await closeSession(session)
  }
}

/** The first event of a training. */
export function startOf({ source, progress, record }: RunToTrain): TrainEvent {
  return {
    type: 'start',
    step: progress.step,
    steps: record.settings.steps,
    training: source.training,
    validation: source.validation.images.length,
  }
}

/** Notes in the record of a run that it was stopped, or failed. */
export async function noteEnd(writer: RunWriter, record: RunRecord, error: unknown): Promise<void> {
  const status = AppError.from(error).code === 'cancelled' ? 'stopped' : 'failed'
  try {
    await writer.replaceRecord({ ...record, status, result: null })
  } catch {
    // On a full disk this fails as well. What ended the run is what a person needs to know; the record then still says
    // `running`, so that the run counts as interrupted and can be resumed.
  }
}

/** Ready for the step after those that were made. */
export async function openSession(
  run: RunToTrain,
  tools: TrainTools,
  writer: RunWriter,
  clock: Clock,
): Promise<Session> {
  const { parameters, slots, ...rest } = run
  const { best, step, evaluation: lastEvaluation } = run.progress
  const skipped: SkippedFile[] = []
  const phase = phaseAt(run.record, step)
  const onSkip = (file: SkippedFile): void => void skipped.push(file)
  const active = await openPhase({ ...run, ...tools, phase, parameters, slots, step, onSkip })
  const examples = chooseExamples(run.source.validation.images)
  const saved = { savedStep: step, savedAt: performance.now(), savingMs: 0 }
  const opened = { active, throughput: createThroughput(), clock, skipped, told: new Set<string>(), examples }
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
  session.throughput = atOtherSpeed(session.throughput, active.phase, phase)
}

/** Frees the engine. */
export async function closeSession(session: Session): Promise<void> {
  await session.active.dispose()
}

/** All steps that are left, with evaluations and checkpoints. */
export async function* steps(session: Session): AsyncGenerator<TrainEvent> {
  const { record, progress } = session
  const { settings } = record
  // A run that was stopped during an evaluation continues with that.
  if (evaluationIsDue(session, progress.step)) yield* evaluateAndSave(session, progress.step)
  if (progress.step === 0) yield* tellBeginning(session)
  await stopIfAsked(session, progress.step)
  for (let step = progress.step + 1; step <= settings.steps; step++) {
    if (step > session.active.phase.endStep) await switchPhase(session, step - 1)
    const start = performance.now()
    // The images of the next batch are decoded in other threads while this step runs.
    yield await performStep(session, step, await session.active.next(), start)
    if (isMilestone(session, step)) yield* evaluateAndSave(session, step)
    else if (saveIsDue(session)) yield await save(session, step)
    yield* newlySkipped(session)
    yield* pauseIfAsked(session, step)
    await stopIfAsked(session, step)
  }
}

/** Files that cannot be read any more, each told once: every evaluation meets them anew. */
function* newlySkipped({ skipped, told }: Session): Generator<TrainEvent> {
  for (const file of skipped.splice(0)) {
    if (told.has(file.path)) continue
    told.add(file.path)
    yield { type: 'skipped', file }
  }
}

/** What is known before the first step: how good the probe is that it starts from, and what it says of the examples. */
async function* tellBeginning(session: Session): AsyncGenerator<TrainEvent> {
  const { record, examples } = session
  if (record.settings.head === 'probe' && record.probe !== null) {
    const { accuracy, accuracyInterval, loss } = record.probe
    if (session.best === null) await keepStart(session, { accuracy, loss })
    const event = { type: 'evaluation', step: 0, accuracy, loss, accuracyInterval, best: true } as const
    session.lastEvaluation = { step: 0, accuracy, loss }
    await session.writer.append(event)
    yield event
  }
  if (examples.length > 0) yield await firstLook(session)
}

/** A training that gains nothing leaves the probe that it starts from. */
async function keepStart(session: Session, judged: Judged): Promise<void> {
  const { directory, record, probeFrom, active, writer } = session
  const heldOut = (await readProbe(directory, record))?.heldOut ?? null
  const weights = await active.weights()
  // Its positions as they were pretrained: those of the first steps may be for a lower resolution.
  const parameters = probeFrom === null ? weights : atOwnResolution(weights, probeFrom)
  await writer.writeBest({ parameters, heldOut }, 0)
  noteBest(session, 0, judged)
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
  const { examples, record } = session
  const validation = session.source.validation.images
  const gathered = gatherLogits(validation.length)
  const skipped: SkippedFile[] = []
  const { batches, metrics } = evaluating(session, validation, (file) => skipped.push(file))
  for await (const { batch, rows } of batches) {
    gathered.add(rows, batch.indices)
    start += yield* pauseIfAsked(session, step)
    if (session.signal?.aborted === true) return
  }
  for (const file of skipped) session.skipped.push(file)
  const { images: count, accuracy, loss, accuracyInterval } = metrics()
  const judged = accuracy === null || loss === null ? null : { accuracy, loss }
  const best = judged !== null && isBetter(judged, session.best, count)
  const heldOut = heldOutOf(gathered.logits(), validation, skipped)
  if (best) await keepBest(session, step, judged, heldOut)
  session.throughput.evaluationMs = performance.now() - start
  const event = { type: 'evaluation', step, accuracy, loss, accuracyInterval, best } as const
  session.lastEvaluation = { step, accuracy, loss }
  await session.writer.append(event)
  yield event
  if (examples.length === 0) return
  // As sure as predictions with these weights would be.
  const tempered = adjustLogits(heldOut.logits, temperatureAlone(heldOut, record.classes.length))
  const images = judgeExamples(validation, examples, gathered.indices, tempered)
  yield await tellExamples(session, { type: 'examples', step, images })
}

/** What the model says about the examples before it has learned anything. */
async function firstLook(session: Session): Promise<TrainEvent> {
  const { source, examples } = session
  const chosen = examples.map((index) => at(source.validation.images, index))
  const all = chosen.map((_, index) => index)
  const images: ExamplesEvent['images'][number][][] = []
  for await (const { batch, rows } of evaluating(session, chosen).batches) {
    images.push(judgeExamples(chosen, all, batch.indices, rows))
  }
  return tellExamples(session, { type: 'examples', step: 0, images: images.flat() })
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

async function keepBest(session: Session, step: number, judged: Judged, heldOut: HeldOut): Promise<void> {
  await session.writer.writeBest({ parameters: await session.active.weights(), heldOut }, step)
  noteBest(session, step, judged)
}

function noteBest(session: Session, step: number, judged: Judged): void {
  session.best = { step, ...judged }
  noteTimes(session, secondsOf(session.clock))
}

/** Kept in the record, since checkpoints of the same run are the same bytes however long they took. */
function noteTimes(session: Session, toBest: number | null): void {
  const { record, clock } = session
  session.record = { ...record, times: { seconds: secondsOf(clock), toBest } }
}

async function save(session: Session, step: number): Promise<TrainEvent> {
  const start = performance.now()
  await session.writer.writeLast({
    ...(await session.active.tensors()),
    progress: { step, best: session.best, evaluation: session.lastEvaluation },
  })
  noteTimes(session, session.record.times.toBest)
  await session.writer.replaceRecord(session.record)
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
  const ms = performance.now() - start
  session.clock.pausedMs += ms
  return ms
}

async function stopIfAsked(session: Session, step: number): Promise<void> {
  await nextTurn()
  const isComplete = step === session.record.settings.steps && !evaluationIsDue(session, step)
  if (session.signal?.aborted !== true || isComplete) return
  if (session.savedStep !== step) await save(session, step)
  throw new AppError('cancelled', `Stopped after step ${step}. Everything is saved; continue with --resume.`)
}

async function finish(session: Session): Promise<RunRecord> {
  const { lastEvaluation, best, writer, throughput } = session
  noteTimes(session, session.record.times.toBest)
  const progress = { best, evaluation: lastEvaluation }
  const result = await resultOf({ ...session, progress, imagesPerSecond: overallSpeed(throughput) })
  const record: RunRecord = { ...session.record, status: 'finished', result }
  await writer.finish(record)
  return record
}
