/** @file How fast a run is and how long it will still take. */
import { invariant } from '../../errors.ts'
import { patchCount } from '../../vit/config.ts'
import { phaseAt, type Phase } from '../step/phases.ts'
import type { RunRecord } from './run-record.ts'

/** Collects durations of steps and evaluations, in milliseconds. */
export interface Throughput {
  stepMs: number | null
  evaluationMs: number
  trainedMs: number
  trainedImages: number
}

/** Nothing measured yet. */
export function createThroughput(): Throughput {
  return { stepMs: null, evaluationMs: 0, trainedMs: 0, trainedImages: 0 }
}

// Weight of the newest step in the moving average: small enough to be steady, large enough to notice a busy machine.
const newest = 0.2

/** Notes a step on `images` images. */
export function noteStep(throughput: Throughput, ms: number, images: number): void {
  throughput.stepMs = throughput.stepMs === null ? ms : throughput.stepMs + newest * (ms - throughput.stepMs)
  throughput.trainedMs += ms
  throughput.trainedImages += images
}

/** Images per second over the last few steps of `batch` images. */
export function currentSpeed(throughput: Throughput, batch: number): number {
  invariant(throughput.stepMs !== null, () => 'no step was timed yet')
  return (1000 * batch) / Math.max(throughput.stepMs, 1e-3)
}

/** Images per second over all steps, evaluations left out; 0 before the first. */
export function overallSpeed(throughput: Throughput): number {
  return throughput.trainedMs === 0 ? 0 : (1000 * throughput.trainedImages) / throughput.trainedMs
}

/** Seconds until `steps` more steps and `evaluations` more evaluations are done. */
export function secondsLeft(throughput: Throughput, steps: number, evaluations: number): number {
  return ((throughput.stepMs ?? 0) * steps + throughput.evaluationMs * evaluations) / 1000
}

/** What is left of a training, counted in steps of the phase it is in: a step costs about what its patches cost. */
export function stepsLeft(record: RunRecord, phase: Phase, step: number): number {
  const { steps } = record.settings
  const here = Math.min(phase.endStep, steps) - step
  const later = steps - phase.endStep
  return here + Math.max(0, later) * costRatio(phase, phaseAt(record, phase.endStep + 1))
}

/** The throughput after a switch from one phase to the next, until steps there have been timed. */
export function atOtherSpeed(throughput: Throughput, from: Phase, to: Phase): Throughput {
  return {
    ...throughput,
    stepMs: throughput.stepMs === null ? null : throughput.stepMs * costRatio(from, to),
  }
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
