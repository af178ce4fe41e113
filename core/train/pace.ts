/** @file How fast a run is and how long it will still take. */
import { invariant } from '../errors.ts'

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
