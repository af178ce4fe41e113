/**
 * @file How well one class can be told from all others as the probability that is asked for rises: precision against
 * recall, and the average precision, as scikit-learn's `precision_recall_curve` and `average_precision_score` give them.
 */
import { at } from '../../tensor/shape.ts'

/** What happens if an image counts as of the class from this probability on. */
export interface PrecisionRecallPoint {
  readonly probability: number
  /** Of the images of the class, the share that is found. */
  readonly recall: number
  /** Of the images that count as of the class, the share that belongs to it. */
  readonly precision: number
}

/** The curve of one class, from the highest probability down to full recall. */
export interface PrecisionRecall {
  readonly points: readonly PrecisionRecallPoint[]
  /** Σ (recall − recall before) · precision. */
  readonly averagePrecision: number
}

/**
 * The curve of a class; null where no image belongs to it. Equal probabilities are one point.
 *
 * @param probabilities [n] of the class
 * @param belongs whether each image is of the class
 */
export function precisionRecall(
  probabilities: ArrayLike<number>,
  belongs: readonly boolean[],
): PrecisionRecall | null {
  const total = belongs.filter(Boolean).length
  if (total === 0) return null
  const order = [...belongs.keys()].sort((a, b) => at(probabilities, b) - at(probabilities, a))
  const points: PrecisionRecallPoint[] = []
  let [found, averagePrecision, recallBefore] = [0, 0, 0]
  for (const [place, image] of order.entries()) {
    found += Number(belongs[image])
    const probability = at(probabilities, image)
    const next = order[place + 1]
    if (next !== undefined && at(probabilities, next) === probability) continue
    const [recall, precision] = [found / total, found / (place + 1)]
    points.push({ probability, recall, precision })
    averagePrecision += (recall - recallBefore) * precision
    recallBefore = recall
    if (found === total) break
  }
  return { points, averagePrecision }
}
