/**
 * @file A handful of validation images that stay the same for a whole run, and what the model says about them. They are
 * taken from the evaluation's own logits, so they cost nothing and change no number of the run.
 */
import type { CheckedImage } from '../../data/load.ts'
import { at } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import type { ExampleJudgement } from '../events.ts'
import { softmax, topK } from '../evaluation/metrics.ts'

const mostExamples = 8
const shownGuesses = 3

/**
 * Indices of up to eight images: as many classes as possible, evenly spread over the labels, and for each class images
 * evenly spread over its list. Ordered by label, then as in the list.
 */
export function chooseExamples(images: readonly CheckedImage[]): readonly number[] {
  const byLabel = new Map<number, number[]>()
  for (const [index, { label }] of images.entries()) {
    const known = byLabel.get(label)
    if (known === undefined) byLabel.set(label, [index])
    else known.push(index)
  }
  const classes = spread(
    [...byLabel.keys()].sort((a, b) => a - b),
    mostExamples,
  )
  const perClass = Math.floor(mostExamples / Math.max(1, classes.length))
  const extra = mostExamples - perClass * classes.length
  return classes.flatMap((label, place) =>
    spread(byLabel.get(label) ?? [], perClass + (place < extra ? 1 : 0)),
  )
}

/** `count` values at equal distances, or all of them if there are no more. */
function spread<T>(values: readonly T[], count: number): T[] {
  if (values.length <= count) return [...values]
  return Array.from({ length: count }, (_, i) => at(values, Math.floor(((i + 0.5) * values.length) / count)))
}

/** What `logits` [n, K] say about those of the images with these `indices` [n] that are among `chosen`. */
export function judgeExamples(
  images: readonly CheckedImage[],
  chosen: readonly number[],
  indices: readonly number[],
  logits: FloatTensor,
): ExampleJudgement[] {
  const classes = at(logits.shape, 1)
  return indices.flatMap((index, row) => {
    if (!chosen.includes(index)) return []
    const { path, label } = at(images, index)
    const probabilities = softmax(logits.data.subarray(row * classes, (row + 1) * classes))
    const top = topK(probabilities, shownGuesses).map((guess) => ({
      label: guess.index,
      probability: guess.score,
    }))
    return [{ path, label, probability: at(probabilities, label), top }]
  })
}
