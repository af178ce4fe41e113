/**
 * @file Labels suggested for images that have none: a linear probe in closed form on the features of a few labelled
 * ones, its outputs made probabilities by the temperature that suits labelled images which it had not seen. Every class
 * counts the same, because a person labels as it comes, and features are standardised by all images, labelled or not.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { throwIfCancelled } from '../../errors.ts'
import { foldsOf, type SplitEntry } from '../../data/split.ts'
import { at } from '../../tensor/shape.ts'
import { stacked, type FloatTensor } from '../../tensor/tensor.ts'
import { softmax } from '../evaluation/metrics.ts'
import { drawingOrder, momentsOf } from './few-shot.ts'
import { fitJudgedHead, headLogits, type LinearHead } from './probe-head.ts'

/** An image with its label, an index into the classes that may be suggested, and its features [D]. */
export interface LabelledFeatures {
  readonly image: SplitEntry
  readonly row: Float32Array
}

/** A probe that suggests labels. */
export interface Suggester {
  readonly head: LinearHead
  /** Of the labelled images, how many a probe that had not seen them puts into their class. */
  readonly judged: { readonly right: number; readonly images: number }
}

/** What is suggested for one image. */
export interface Suggestion {
  readonly label: number
  /** Of that label. */
  readonly probability: number
  /** How much the probability of the best label is above that of the second. */
  readonly margin: number
}

// Beyond these a probe hardly gets better, and it is fitted again after every few labels.
const mostImages = 500
const mostOfClass = 10
// So many tell mean and spread.
const mostOthers = 2000
const folds = 5
const seed = 0

// The bias is penalised like everything else: there are too few images to say that a class is rare.
const constant = 1

/**
 * Fits a probe to labelled images, each of the `classes` with at least one, and about as many of each where they are
 * very many.
 *
 * @param others features of images without a label
 * @throws AppError `cancelled`
 */
export async function fitSuggester(
  labelled: readonly LabelledFeatures[],
  others: readonly Float32Array[],
  classes: number,
  signal?: AbortSignal,
): Promise<Suggester> {
  const chosen = evenPart(labelled, classes)
  const images = chosen.map(({ image }) => image)
  const labels = images.map(({ label }) => label)
  const rows = chosen.map(({ row }) => row)
  const moments = momentsOf(stacked([...rows, ...everyNth(others, mostOthers)]))
  const choices = { moments, isBalanced: true, constant }
  const sample = { features: stacked(rows), labels, folds: foldsOf(images, folds, seed), choices }
  const { head, unseen } = await fitJudgedHead(sample, classes, signal)
  const right = labels.filter((label, row) => largest(rowOf(unseen, row)) === label).length
  return { head, judged: { right, images: labels.length } }
}

const rowsPerTurn = 1000

/**
 * What a probe suggests for images with these features, in their order. Other work gets its turn in between.
 *
 * @throws AppError `cancelled`
 */
export async function suggest(
  { head }: Suggester,
  rows: readonly Float32Array[],
  signal?: AbortSignal,
): Promise<Suggestion[]> {
  const found: Suggestion[] = []
  for (let start = 0; start < rows.length; start += rowsPerTurn) {
    const part = rows.slice(start, start + rowsPerTurn)
    const logits = headLogits(head, stacked(part))
    for (const index of part.keys()) found.push(suggestionOf(softmax(rowOf(logits, index))))
    await nextTurn()
    throwIfCancelled(signal)
  }
  return found
}

function suggestionOf(probabilities: Float64Array): Suggestion {
  const label = largest(probabilities)
  const probability = at(probabilities, label)
  const second = probabilities.reduce((most, one, index) => (index === label ? most : Math.max(most, one)), 0)
  return { label, probability, margin: probability - second }
}

/** In turns from every class, so that a class with few images keeps all of them. */
function evenPart(labelled: readonly LabelledFeatures[], classes: number): LabelledFeatures[] {
  const most = Math.max(mostImages, mostOfClass * classes)
  if (labelled.length <= most) return [...labelled]
  const labels = labelled.map(({ image }) => image.label)
  const orders = drawingOrder(labels, classes, seed)
  const chosen: number[] = []
  for (let turn = 0; chosen.length < most; turn++) {
    for (const order of orders) {
      const index = order[turn]
      if (index !== undefined) chosen.push(index)
    }
  }
  return chosen.map((index) => at(labelled, index))
}

function everyNth<T>(values: readonly T[], most: number): T[] {
  const step = Math.ceil(values.length / most)
  return values.filter((_, index) => index % step === 0)
}

function rowOf({ data, shape }: FloatTensor, row: number): Float32Array {
  const width = at(shape, 1)
  return data.subarray(row * width, (row + 1) * width)
}

/** Index of the largest value, the first of equal ones. */
function largest(values: Float32Array | Float64Array): number {
  let best = 0
  for (let index = 1; index < values.length; index++) if (at(values, index) > at(values, best)) best = index
  return best
}
