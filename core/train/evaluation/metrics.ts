/**
 * @file The figures of an evaluation: a tally that takes batches of logits and counts every image once, and the metrics
 * computed from it.
 */
import { AppError, invariant } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { at, showShape } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import type { Interval } from '../events.ts'

/** Running counts of an evaluation over K classes. */
export interface Tally {
  readonly classes: number
  images: number
  /** Sum of the images' losses. */
  loss: number
  /** [K, K] row-major: rows are the true class, columns the predicted one. */
  readonly confusion: Uint32Array
  /** Entry r counts the images whose true class was ranked r, 0 being the first. */
  readonly ranks: Uint32Array
}

/** The figures of one class. Null if the figure is undefined: its denominator is zero. */
export interface ClassMetrics {
  /** Images that truly belong to the class. */
  readonly support: number
  /** Of the images predicted as this class, the share that belongs to it. */
  readonly precision: number | null
  /** Of the images of this class, the share that was recognised. */
  readonly recall: number | null
  /** Harmonic mean of the two, 2·right / (support + predicted). */
  readonly f1: number | null
}

/** The figures of a whole evaluation; accuracy, interval and loss are null when no image was counted. */
export interface Metrics {
  readonly images: number
  readonly accuracy: number | null
  /** Wilson's 95 % interval of the accuracy. */
  readonly accuracyInterval: Interval | null
  /** Mean recall of the classes that have images: each class counts alike, however many images it has. */
  readonly balancedAccuracy: number | null
  /** Mean softmax cross-entropy in nats. */
  readonly loss: number | null
  /** Counts, confusion[true][predicted]. */
  readonly confusion: readonly (readonly number[])[]
  readonly perClass: readonly ClassMetrics[]
}

/** The metrics of one class, with its name. */
export interface NamedClassMetrics extends ClassMetrics {
  readonly name: string
}

/** Metrics of classes with names, in the order of rows and columns of the confusion. */
export interface NamedMetrics extends Omit<Metrics, 'perClass'> {
  readonly perClass: readonly NamedClassMetrics[]
}

/** One guess: a class index and its probability (or any other score). */
export interface Guess {
  readonly index: number
  readonly score: number
}

/** An empty tally for K classes. */
export function createTally(classes: number): Tally {
  invariant(Number.isInteger(classes) && classes > 0, () => `a tally of ${classes} classes`)
  const confusion = new Uint32Array(classes * classes)
  return { classes, images: 0, loss: 0, confusion, ranks: new Uint32Array(classes) }
}

/**
 * Counts one batch of `logits` [B, K]. Row i belongs to `labels[i]`; rows beyond the labels are padding and are
 * left out. Equal logits rank by class index, so the first of them is the prediction.
 * Throws `invalid_input` when a logit is not finite, because no prediction follows from it.
 */
export function countBatch(tally: Tally, logits: FloatTensor, labels: ArrayLike<number>): void {
  const { classes } = tally
  const [rows, columns] = [at(logits.shape, 0), at(logits.shape, -1)]
  invariant(logits.shape.length === 2 && columns === classes && labels.length <= rows, () => {
    return `logits ${showShape(logits.shape)} for ${labels.length} labels and ${classes} classes`
  })
  for (let row = 0; row < labels.length; row++) {
    countImage(tally, logits.data.subarray(row * classes, (row + 1) * classes), at(labels, row))
  }
}

function countImage(tally: Tally, logits: Float32Array, label: number): void {
  invariant(Number.isInteger(label) && label >= 0 && label < tally.classes, () => `label ${label}`)
  if (!logits.every(Number.isFinite)) {
    throw new AppError(
      'invalid_input',
      say`The model's output for image ${tally.images + 1} is not a finite number, so it predicts nothing: its weights have diverged. Train with a lower learning rate, or check the checkpoint.`,
    )
  }
  const own = at(logits, label)
  let [best, rank] = [0, 0]
  for (const [index, value] of logits.entries()) {
    if (value > at(logits, best)) best = index
    if (value > own || (value === own && index < label)) rank++
  }
  const cell = label * tally.classes + best
  tally.images++
  tally.loss += crossEntropy(logits, label)
  tally.confusion[cell] = at(tally.confusion, cell) + 1
  tally.ranks[rank] = at(tally.ranks, rank) + 1
}

/** The figures of everything counted so far. */
export function metricsOf(tally: Tally): Metrics {
  const { classes, images } = tally
  const confusion = Array.from({ length: classes }, (_, label) => [
    ...tally.confusion.subarray(label * classes, (label + 1) * classes),
  ])
  const perClass = confusion.map((row, label) => classMetrics(row, label, confusion))
  return {
    images,
    accuracy: topAccuracy(tally, 1),
    accuracyInterval: wilsonInterval(at(tally.ranks, 0), images),
    balancedAccuracy: meanRecall(perClass),
    loss: share(tally.loss, images),
    confusion,
    perClass,
  }
}

/** Metrics with the names of their classes. */
export function namedMetrics(metrics: Metrics, names: readonly string[]): NamedMetrics {
  return {
    ...metrics,
    perClass: metrics.perClass.map((one, label) => ({ name: at(names, label), ...one })),
  }
}

function meanRecall(perClass: readonly ClassMetrics[]): number | null {
  const recalls = perClass.flatMap(({ recall }) => (recall === null ? [] : [recall]))
  return share(
    recalls.reduce((sum, recall) => sum + recall, 0),
    recalls.length,
  )
}

function classMetrics(row: readonly number[], label: number, confusion: readonly number[][]): ClassMetrics {
  const right = at(row, label)
  const support = row.reduce((sum, count) => sum + count, 0)
  const predicted = confusion.reduce((sum, other) => sum + at(other, label), 0)
  return {
    support,
    precision: share(right, predicted),
    recall: share(right, support),
    f1: share(2 * right, support + predicted),
  }
}

/** Share of the images whose true class is among the first `k` guesses; null when no image was counted. */
export function topAccuracy(tally: Tally, k: number): number | null {
  const hits = tally.ranks.subarray(0, k).reduce((sum, count) => sum + count, 0)
  return share(hits, tally.images)
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

// The two-sided 95 % quantile of the standard normal distribution.
const z95 = 1.959963984540054

/**
 * Wilson's score interval of a share at 95 %: unlike the normal approximation it stays inside [0, 1] and is accurate
 * for few images and for shares of 0 and 1. Null when `total` is 0.
 */
export function wilsonInterval(right: number, total: number): Interval | null {
  if (total === 0) return null
  const p = right / total
  const shrink = 1 + z95 ** 2 / total
  const centre = (p + z95 ** 2 / (2 * total)) / shrink
  const half = (z95 * Math.sqrt((p * (1 - p)) / total + z95 ** 2 / (4 * total ** 2))) / shrink
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** The probabilities of one row of logits [K], in float64; they sum to 1. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const powers = relativePowers(logits)
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** The probability of each of a row of logits [K] by itself, in float64. */
export function sigmoid(logits: ArrayLike<number>): Float64Array {
  return Float64Array.from(logits, (value) => 1 / (1 + Math.exp(-value)))
}

/** −ln softmax(logits)[label]; the large terms are subtracted from each other first, so nothing is lost. */
function crossEntropy(logits: ArrayLike<number>, label: number): number {
  const sum = relativePowers(logits).reduce((total, power) => total + power, 0)
  return Math.log(sum) + (largestOf(logits) - at(logits, label))
}

/** exp(x) relative to the largest, so that nothing overflows. */
function relativePowers(values: ArrayLike<number>): Float64Array {
  const largest = largestOf(values)
  return Float64Array.from(values, (value) => Math.exp(value - largest))
}

function largestOf(values: ArrayLike<number>): number {
  let largest = -Infinity
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, at(values, i))
  return largest
}

/** The `k` highest of one row of scores, best first; of equal scores the lower index comes first. */
export function topK(scores: ArrayLike<number>, k: number): Guess[] {
  return Array.from(scores, (score, index) => ({ index, score }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, k)
}
