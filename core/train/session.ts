/** @file A run in training: what the loop carries from step to step, and what it keeps on disk. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ImageCache } from '../data/cache.ts'
import type { SkippedFile } from '../data/finding.ts'
import type { Engine } from '../engine/engine.ts'
import type { Parameters } from '../tensor/tensor.ts'
import type { DataSource } from './data-source.ts'
import type { Mixture, TrainEvent } from './events.ts'
import type { PauseSwitch } from './pause-switch.ts'
import { chooseExamples } from './probe/examples.ts'
import type { ProbeSource } from './probe/run-probe.ts'
import type { RunNote } from './events.ts'
import type { Progress, RunRecord } from './run/run-record.ts'
import type { RunWriter } from './run/run-writer.ts'
import { atOtherSpeed, createThroughput, secondsOf, type Clock, type Throughput } from './run/throughput.ts'
import { openPhase, type OpenPhase } from './step/open-phase.ts'
import { phaseAt, tensorsAt } from './step/phases.ts'

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
  /**
   * The network before its first step, at the run's own resolution, which the end of a run that starts from the probe is
   * mixed with; null where it is not.
   */
  readonly networkBefore: (() => Promise<Parameters>) | null
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
export interface Session extends Omit<RunToTrain, 'record' | 'parameters' | 'slots'>, TrainTools {
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
  /** Null where no mixtures were tried, or not yet. */
  mixture: Mixture | null
  /** Step of the newest checkpoint. */
  savedStep: number
  savedAt: number
  savingMs: number
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
  return { ...rest, ...tools, writer, ...opened, ...saved, best, lastEvaluation, mixture: null }
}

/** Continues at the next resolution: the same weights, with positions and what is kept for them resized. */
export async function switchPhase(session: Session, step: number): Promise<void> {
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

/** Kept in the record, since checkpoints of the same run are the same bytes however long they took. */
export function noteTimes(session: Session, toBest: number | null): void {
  const { record, clock } = session
  session.record = { ...record, times: { seconds: secondsOf(clock), toBest } }
}

/** Writes everything that is needed to continue after `step`. */
export async function save(session: Session, step: number): Promise<TrainEvent> {
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
export function saveIsDue({ savedAt, savingMs }: Session): boolean {
  return performance.now() - savedAt > Math.max(saveEveryMs, 20 * savingMs)
}

/** Waits while training is paused, with everything saved; returns the milliseconds it took. */
export async function* pauseIfAsked(
  session: Session,
  step: number,
): AsyncGenerator<TrainEvent, number, void> {
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
