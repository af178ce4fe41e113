/** @file Which weights of a run are the best: by accuracy, and by loss where accuracies are too close to tell. */
import { wilsonInterval } from './metrics.ts'

/** What the same held-out images say about some weights. */
export interface Judged {
  readonly accuracy: number
  /** Mean cross-entropy. */
  readonly loss: number
}

/**
 * Whether `candidate` is better than `best`, both judged by `images` images. Where each accuracy lies in the other's 95 %
 * interval, a difference may be luck, and the smaller loss decides: it also sees how sure the answers are.
 */
export function isBetter(candidate: Judged, best: Judged | null, images: number): boolean {
  if (best === null) return true
  return areAlike(candidate, best, images) ? candidate.loss < best.loss : candidate.accuracy > best.accuracy
}

function areAlike(a: Judged, b: Judged, images: number): boolean {
  return isWithin(a.accuracy, b.accuracy, images) && isWithin(b.accuracy, a.accuracy, images)
}

function isWithin(accuracy: number, other: number, images: number): boolean {
  const interval = wilsonInterval(other * images, images)
  return interval === null || (accuracy >= interval.low && accuracy <= interval.high)
}
