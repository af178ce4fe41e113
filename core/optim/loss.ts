/** @file Softmax cross-entropy and accuracy of a batch, as graph values. */
import { divide, equal, logSoftmax, maximum, multiply, reduceMax, reduceSum, sumAll } from '../graph/build.ts'
import type { Value } from '../graph/ir.ts'

/**
 * −Σ over images of log p(class), times `weight`.
 *
 * @param logits [B, K]
 * @param targets [B, K], one-hot rows; a row of zeros ignores its image
 * @param weight scalar; 1 / (images in the whole batch) gives the mean, whatever the parts it is computed in
 */
export function crossEntropy(logits: Value, targets: Value, weight: Value): Value {
  return multiply(multiply(sumAll(multiply(logSoftmax(logits), targets)), weight), -1)
}

/**
 * How many images have their class on top, which is the one with the largest target; if m classes tie for the top, an
 * image counts 1/m, the expectation of a fair guess among them. Images whose targets are all zero do not count.
 */
export function countCorrect(logits: Value, targets: Value): Value {
  const onTop = equal(logits, reduceMax(logits, [1]))
  const share = divide(onTop, reduceSum(onTop, [1]))
  // A row of zeros has no target that equals this.
  const largest = maximum(reduceMax(targets, [1]), smallest)
  return sumAll(multiply(share, equal(targets, largest)))
}

// Smaller than any target that counts.
const smallest = 1e-30
