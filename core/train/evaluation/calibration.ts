/**
 * @file Whether probabilities can be believed: the temperature that makes them so (Guo et al. 2017), the error that is
 * left, and from which probability on answers are right as often as a person wants.
 */
import { invariant } from '../../errors.ts'
import { at, showShape } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import type { Interval } from '../events.ts'
import { softmax, wilsonInterval } from './metrics.ts'

/** What a model says of images whose classes are known: logits [n, K] and labels [n]. */
export interface LabelledLogits {
  readonly logits: FloatTensor
  readonly labels: ArrayLike<number>
}

/** The probability of the answer to each image, and whether it is right. */
export interface Answers {
  readonly confidences: Float64Array
  readonly right: readonly boolean[]
}

const hottest = 100
// Narrows the interval of ln T, 9.2 wide, to 5e-6.
const sections = 30
const golden = (Math.sqrt(5) - 1) / 2
// So many tell T within a few per cent, and a large validation set would take seconds.
const mostImages = 5000

/**
 * T with which softmax(z / T) has the least negative log-likelihood, between 0.01 and 100; 1 where all logits are
 * equal, or there are none. One image more is counted whose class is any of them alike, so that T stays finite where
 * every answer is right.
 */
export function fitTemperature({ logits, labels }: LabelledLogits): number {
  const rows = everyNth(rowsOf(logits, labels), mostImages)
  const n = rows.length
  if (rows.every(({ row }) => row.every((value) => value === row[0]))) return 1
  const wanted = rows.map(({ row, label }) => (n * at(row, label) + mean(row)) / (n + 1))
  const loss = (logT: number): number => {
    const T = Math.exp(logT)
    return rows.reduce((sum, { row }, i) => sum + logSumExp(row, T) - at(wanted, i) / T, 0)
  }
  return Math.exp(leastBySections(loss, -Math.log(hottest), Math.log(hottest)))
}

/** The place of the least value of a function with one valley, by golden sections. */
function leastBySections(value: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)]
  let [atLeft, atRight] = [value(left), value(right)]
  for (let section = 0; section < sections; section++) {
    if (atLeft <= atRight) {
      ;[high, right, atRight] = [right, left, atLeft]
      left = high - golden * (high - low)
      atLeft = value(left)
    } else {
      ;[low, left, atLeft] = [left, right, atRight]
      right = low + golden * (high - low)
      atRight = value(right)
    }
  }
  return (low + high) / 2
}

/** The mean cross-entropy of softmax(z / T); 0 without images. */
export function meanLoss({ logits, labels }: LabelledLogits, temperature: number): number {
  const rows = rowsOf(logits, labels)
  const sum = rows.reduce(
    (total, { row, label }) => total + logSumExp(row, temperature) - at(row, label) / temperature,
    0,
  )
  return rows.length === 0 ? 0 : sum / rows.length
}

/** The most probable class of every image, by the probabilities softmax(z). */
export function answersOf({ logits, labels }: LabelledLogits): Answers {
  const rows = rowsOf(logits, labels)
  const confidences = new Float64Array(rows.length)
  const right = rows.map(({ row, label }, i) => {
    const best = row.indexOf(largest(row))
    confidences[i] = at(softmax(row), best)
    return best === label
  })
  return { confidences, right }
}

const binCount = 15
// Fewer images leave bins of equal width empty or with one image.
const enoughForEqualWidth = 500

/**
 * Expected calibration error Σ n_b/n · |accuracy_b − confidence_b| over 15 bins of equal width. Where there are fewer than
 * 500 images, so many bins would measure little but chance (of 125 images whose probabilities are exact, 6 %): then over as
 * many bins of equally many images as keep the accuracy rising from bin to bin, which is nearly free of that (Roelofs et
 * al. 2022, "Mitigating bias in calibration error estimation", ECE-sweep). Null without images.
 */
export function calibrationError(answers: Answers): number | null {
  const n = answers.confidences.length
  if (n === 0) return null
  return binsOf(answers).reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0) / n
}

/** A point of a reliability diagram: answers of about the same probability. */
export interface ReliabilityBin {
  readonly images: number
  /** Mean probability of their answers. */
  readonly confidence: number
  /** Share of them that is right, with Wilson's 95 % interval. */
  readonly accuracy: number
  readonly interval: Interval
}

/** The bins that `calibrationError` sums over, from the least sure; those without images are left out. */
export function reliabilityOf(answers: Answers): ReliabilityBin[] {
  return binsOf(answers).flatMap(({ count, confidence, right }) => {
    const interval = wilsonInterval(right, count)
    if (interval === null) return []
    return [{ images: count, confidence: confidence / count, accuracy: right / count, interval }]
  })
}

function binsOf({ confidences, right }: Answers): Bin[] {
  const order = [...confidences.keys()].sort((a, b) => at(confidences, a) - at(confidences, b))
  const answers: Ordered = {
    confidences: order.map((image) => at(confidences, image)),
    right: order.map((image) => Number(right[image])),
  }
  return order.length < enoughForEqualWidth ? risingBins(answers) : binsOfEqualWidth(answers)
}

/** From the least sure answer to the surest; right ones are 1, others 0. */
interface Ordered {
  readonly confidences: readonly number[]
  readonly right: readonly number[]
}

/** Sums over the answers of a bin. */
interface Bin {
  readonly count: number
  readonly confidence: number
  readonly right: number
}

function binsOfEqualWidth(answers: Ordered): Bin[] {
  const { confidences } = answers
  const edges = Array.from({ length: binCount - 1 }, (_, bin) => (bin + 1) / binCount)
  const starts = edges.map((edge) => {
    const place = confidences.findIndex((confidence) => confidence >= edge)
    return place === -1 ? confidences.length : place
  })
  return binsBetween(answers, [0, ...starts, confidences.length])
}

/** The most bins of equally many answers, one more at a time, before the accuracy of one is below that of the bin before. */
function risingBins(answers: Ordered): Bin[] {
  const n = answers.confidences.length
  let rising = binsBetween(answers, [0, n])
  for (let count = 2; count <= n; count++) {
    const edges = Array.from({ length: count + 1 }, (_, edge) => Math.floor((edge * n) / count))
    const bins = binsBetween(answers, edges)
    const accuracies = bins.map((bin) => bin.right / bin.count)
    if (accuracies.some((accuracy, bin) => bin > 0 && accuracy < at(accuracies, bin - 1))) break
    rising = bins
  }
  return rising
}

function binsBetween({ confidences, right }: Ordered, edges: readonly number[]): Bin[] {
  return edges.slice(1).map((to, bin) => {
    const from = at(edges, bin)
    return {
      count: to - from,
      confidence: sumOf(confidences.slice(from, to)),
      right: sumOf(right.slice(from, to)),
    }
  })
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** What becomes of answers when those below a probability are called unsure. */
export interface Threshold {
  readonly probability: number
  /** Share of the images that are answered. */
  readonly answered: number
  /** Share of the answers that are right. */
  readonly precision: number
}

/**
 * The lowest probability from which on at least this share of the answers is right, so that as many as can be are
 * answered; null where no probability does it.
 */
export function thresholdFor({ confidences, right }: Answers, precision: number): Threshold | null {
  const order = [...confidences.keys()].sort((a, b) => at(confidences, b) - at(confidences, a))
  let found: Threshold | null = null
  let correct = 0
  for (const [place, image] of order.entries()) {
    correct += Number(right[image])
    const probability = at(confidences, image)
    const next = order[place + 1]
    // Equal probabilities are answered together or not at all.
    if (next !== undefined && at(confidences, next) === probability) continue
    const answered = place + 1
    if (correct >= precision * answered)
      found = { probability, answered: answered / order.length, precision: correct / answered }
  }
  return found
}

interface LabelledRow {
  readonly row: Float32Array
  readonly label: number
}

function rowsOf({ shape, data }: FloatTensor, labels: ArrayLike<number>): LabelledRow[] {
  const [n = 0, classes = 0] = shape
  invariant(shape.length === 2 && n === labels.length, () => {
    return `logits ${showShape(shape)} for ${labels.length} labels`
  })
  return Array.from(labels, (label, i) => ({ row: data.subarray(i * classes, (i + 1) * classes), label }))
}

/** At most `most` items at equal distances. */
function everyNth<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.ceil(items.length / most)
  return step <= 1 ? items : items.filter((_, index) => index % step === 0)
}

function logSumExp(row: Float32Array, temperature: number): number {
  const top = largest(row)
  let sum = 0
  for (let k = 0; k < row.length; k++) sum += Math.exp((at(row, k) - top) / temperature)
  return top / temperature + Math.log(sum)
}

function largest(row: Float32Array): number {
  return row.reduce((most, value) => Math.max(most, value), -Infinity)
}

function mean(row: Float32Array): number {
  return row.reduce((sum, value) => sum + value, 0) / row.length
}
