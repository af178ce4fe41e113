/**
 * @file A linear probe as the head of a network: the ridge regression on frozen features, its outputs scaled so that
 * their softmax is as sure as it is right. Fine-tuning that starts from it does not distort the features first
 * (Kumar et al. 2022, "Fine-tuning can distort pretrained features").
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { throwIfCancelled } from '../../errors.ts'
import { at } from '../../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../../tensor/tensor.ts'
import { fitTemperature } from '../evaluation/calibration.ts'
import { fitRidge, type RidgeChoices, type RidgeProbe } from './few-shot.ts'

/** Features [N, D] of images with their labels [N], and for each the fold in which it is held out. */
export interface FoldedFeatures {
  readonly features: FloatTensor
  readonly labels: readonly number[]
  readonly folds: readonly number[]
  /** How probes are fitted to them; as in the paper if it is left out. */
  readonly choices?: RidgeChoices
}

/** A head as a network has it: logits = features · weightᵀ + bias, with weight [K, D] and bias [K]. */
export interface LinearHead {
  readonly weight: FloatTensor
  readonly bias: FloatTensor
}

/**
 * The probe of all images as a head. Its temperature is fitted to what probes of the other folds say of the images of
 * each fold, so that it is that of images which the probe has not seen.
 *
 * @throws AppError `cancelled`, `invalid_input` without any images
 */
export async function fitProbeHead(
  sample: FoldedFeatures,
  classes: number,
  signal?: AbortSignal,
): Promise<LinearHead> {
  return (await fitJudgedHead(sample, classes, signal)).head
}

/** A head, and for every image it was fitted to what a probe of the other folds says [N, K]. */
export interface JudgedHead {
  readonly head: LinearHead
  readonly unseen: FloatTensor
}

/**
 * As `fitProbeHead`, with what its temperature was fitted to.
 *
 * @throws AppError `cancelled`, `invalid_input` without any images
 */
export async function fitJudgedHead(
  sample: FoldedFeatures,
  classes: number,
  signal?: AbortSignal,
): Promise<JudgedHead> {
  const probe = fitRidge(sample.features, sample.labels, classes, sample.choices)
  const unseen = await crossValidate(sample, classes, signal)
  return { head: headOf(probe, fitTemperature({ logits: unseen, labels: sample.labels })), unseen }
}

/**
 * For every image the outputs [N, K] of the probe that was fitted on the other folds; their largest is its answer.
 *
 * @throws AppError `cancelled`
 */
export async function crossValidate(
  { features, labels, folds, choices }: FoldedFeatures,
  classes: number,
  signal?: AbortSignal,
): Promise<FloatTensor> {
  const outputs = new Float32Array(labels.length * classes)
  for (const fold of new Set(folds)) {
    const inside = [...folds.keys()].filter((index) => folds[index] === fold)
    const outside = [...folds.keys()].filter((index) => folds[index] !== fold)
    // With a single fold there is nothing to learn from, and its outputs stay zero.
    if (outside.length === 0) continue
    const known = outside.map((index) => at(labels, index))
    const probe = fitRidge(rowsAt(features, outside), known, classes, choices)
    const { data } = headLogits(headOf(probe, 1), rowsAt(features, inside))
    inside.forEach((index, row) => {
      outputs.set(data.subarray(row * classes, (row + 1) * classes), index * classes)
    })
    // A fit takes this thread for up to a second.
    await nextTurn()
    throwIfCancelled(signal)
  }
  return floatTensor([labels.length, classes], outputs)
}

/** Logits [N, K] of features [N, D]. */
export function headLogits({ weight, bias }: LinearHead, features: FloatTensor): FloatTensor {
  const [count, width] = [at(features.shape, 0), at(features.shape, 1)]
  const classes = at(bias.shape, 0)
  const logits = new Float32Array(count * classes)
  const weights = Array.from({ length: classes }, (_, label) =>
    weight.data.subarray(label * width, (label + 1) * width),
  )
  for (let row = 0; row < count; row++) {
    const feature = features.data.subarray(row * width, (row + 1) * width)
    for (const [label, own] of weights.entries()) {
      let sum = at(bias.data, label)
      for (let d = 0; d < width; d++) sum += (feature[d] ?? 0) * (own[d] ?? 0)
      logits[row * classes + label] = sum
    }
  }
  return floatTensor([count, classes], logits)
}

/** The standardisation of features and the constant column are taken into weights and bias. */
function headOf({ classes, mean, spread, weights, constant }: RidgeProbe, temperature: number): LinearHead {
  const width = mean.length
  const weight = new Float32Array(classes * width)
  const bias = new Float32Array(classes)
  for (let label = 0; label < classes; label++) {
    let offset = constant * at(weights, width * classes + label)
    for (let d = 0; d < width; d++) {
      const slope = at(weights, d * classes + label) / at(spread, d)
      offset -= slope * at(mean, d)
      weight[label * width + d] = slope / temperature
    }
    bias[label] = offset / temperature
  }
  return { weight: floatTensor([classes, width], weight), bias: floatTensor([classes], bias) }
}

function rowsAt({ data, shape }: FloatTensor, indices: readonly number[]): FloatTensor {
  const width = at(shape, 1)
  const rows = new Float32Array(indices.length * width)
  indices.forEach((index, row) => rows.set(data.subarray(index * width, (index + 1) * width), row * width))
  return floatTensor([indices.length, width], rows)
}
