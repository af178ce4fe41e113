/**
 * @file The training loop. Everything a step depends on follows from the run's settings and the number of the step,
 * so a run that was stopped or killed continues to the same numbers as one that was not.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError, invariant } from '../errors.ts'
import { say } from '../sentence.ts'
import type { TrainEvent } from './events.ts'
import { evaluate, evaluationIsDue, isMilestone, tellBeginning } from './judge.ts'
import { mixWithStart } from './mix-with-start.ts'
import { beginWithProbe } from './probe/begin-with-probe.ts'
import type { RunRecord } from './run/run-record.ts'
import { resultOf } from './run/run-result.ts'
import { openRunWriter, type RunWriter } from './run/run-writer.ts'
import { createClock, overallSpeed } from './run/throughput.ts'
import {
  closeSession,
  noteTimes,
  openSession,
  pauseIfAsked,
  save,
  saveIsDue,
  switchPhase,
  type RunToTrain,
  type Session,
  type TrainTools,
} from './session.ts'
import { performStep } from './step/perform-step.ts'

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
    yield* mixWithStart(session)
    return await finish(session)
  } catch (error) {
    await noteEnd(writer, session?.record ?? begun.record, error)
    throw error
  } finally {
    if (session !== null) await closeSession(session)
  }
}

/** The first event of a training. */
export function startOf({ source, progress, record, notes }: RunToTrain): TrainEvent {
  return {
    type: 'start',
    step: progress.step,
    steps: record.settings.steps,
    training: source.training,
    validation: source.validation.images.length,
    notes: [...notes],
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

async function* evaluateAndSave(session: Session, step: number): AsyncGenerator<TrainEvent> {
  if (evaluationIsDue(session, step)) yield* evaluate(session, step)
  yield await save(session, step)
}

async function stopIfAsked(session: Session, step: number): Promise<void> {
  await nextTurn()
  const isComplete = step === session.record.settings.steps && !evaluationIsDue(session, step)
  if (session.signal?.aborted !== true || isComplete) return
  if (session.savedStep !== step) await save(session, step)
  throw new AppError(
    'cancelled',
    say`Stopped after step ${step}. Everything is saved; continue with --resume.`,
  )
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
