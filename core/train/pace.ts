/** @file How fast a run is and how long it will still take. */
import { invariant } from '../errors.ts'
import { patchCount } from '../vit/config.ts'
import { phaseAt, type Phase } from './phases.ts'
import type { RunRecord } from './run-record.ts'

/** Collects durations of steps and evaluations, in milliseconds. */
export interface Pace {
  stepMs: number | null
  evaluationMs: number
  trainedMs: number
  trainedImages: number
}

/** A pace without measurements yet. */
export function createPace(): Pace {
  return { stepMs: null, evaluationMs: 0, trainedMs: 0, trainedImages: 0 }
}

// Weight of the newest step in the moving average: small enough to be steady, large enough to notice a busy machine.
const newest = 0.2

/** Notes a step on `images` images. */
export function noteStep(pace: Pace, ms: number, images: number): void {
  pace.stepMs = pace.stepMs === null ? ms : pace.stepMs + newest * (ms - pace.stepMs)
  pace.trainedMs += ms
  pace.trainedImages += images
}

/** Images per second over the last few steps of `batch` images. */
export function currentSpeed(pace: Pace, batch: number): number {
  invariant(pace.stepMs !== null, () => 'no step was timed yet')
  return (1000 * batch) / Math.max(pace.stepMs, 1e-3)
}

/** Images per second over all steps, evaluations left out; 0 before the first. */
export function overallSpeed(pace: Pace): number {
  return pace.trainedMs === 0 ? 0 : (1000 * pace.trainedImages) / pace.trainedMs
}

/** Seconds until `steps` more steps and `evaluations` more evaluations are done. */
export function secondsLeft(pace: Pace, steps: number, evaluations: number): number {
  return ((pace.stepMs ?? 0) * steps + pace.evaluationMs * evaluations) / 1000
}

/** What is left of a training, counted in steps of the phase it is in: a step costs about what its patches cost. */
export function stepsLeft(record: RunRecord, phase: Phase, step: number): number {
  const { steps } = record.settings
  const here = Math.min(phase.endStep, steps) - step
  const later = steps - phase.endStep
  return here + Math.max(0, later) * costRatio(phase, phaseAt(record, phase.endStep + 1))
}

/** The pace after a switch from one phase to the next, until steps there have been timed. */
export function atOtherSpeed(pace: Pace, from: Phase, to: Phase): Pace {
  return { ...pace, stepMs: pace.stepMs === null ? null : pace.stepMs * costRatio(from, to) }
}

function costRatio(from: Phase, to: Phase): number {
  return patchCount(to.grid) / patchCount(from.grid)
}

/** The time that a run takes, pauses left out. */
export interface Clock {
  /** Counted before, in milliseconds. */
  readonly beforeMs: number
  readonly startedAt: number
  pausedMs: number
}

/** A clock that goes on after so many seconds. */
export function createClock(seconds: number): Clock {
  return { beforeMs: 1000 * seconds, startedAt: performance.now(), pausedMs: 0 }
}

/** Seconds counted so far. */
export function secondsOf({ beforeMs, startedAt, pausedMs }: Clock): number {
  return (beforeMs + performance.now() - startedAt - pausedMs) / 1000
}
