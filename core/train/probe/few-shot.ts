/** @file The ViT paper's few-shot linear evaluation: a ridge regression on frozen features, solved in closed form. */
import { AppError, invariant } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { solvePositiveDefinite } from '../../tensor/cholesky.ts'
import { columnsOf, gram, joined, rowsOf, weightedSum, type Rows } from '../../tensor/matrix.ts'
import { forkRandom, shuffled } from '../../tensor/random.ts'
import { at, showShape } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'

/** A linear classifier on standardised features with a constant last column. */
export interface RidgeProbe {
  readonly classes: number
  /** Mean and spread of the features it was fitted on, [D] each. */
  readonly mean: Float64Array
  readonly spread: Float64Array
  /** [D + 1, K]; the last row belongs to the constant column. */
  readonly weights: Float64Array
  /** What stands in the constant column. */
  readonly constant: number
}

/** Mean and standard deviation of features, [D] each. */
export interface Moments {
  readonly mean: Float64Array
  readonly spread: Float64Array
}

/** What a fit does otherwise than the paper's. */
export interface RidgeChoices {
  /** What features are standardised by; their own moments if it is left out. */
  readonly moments?: Moments
  /** Whether every class counts the same, however many images it has. */
  readonly isBalanced?: boolean
  /** What stands in the constant column: the smaller, the more the bias is penalised. */
  readonly constant?: number
}

/** Which of the two equal forms of the solution is computed: the smaller system wins. */
export type RidgeForm = 'features' | 'samples'

// Constants of big_vision's evaluators/fewshot_lsr.py.
const penalty = 1024
/** What stands in the constant column. */
const constantColumn = 100
const spreadFloor = 1e-5

/**
 * The probe of features [N, D] with `labels` [N] of K classes. Features are standardised (mean 0; standard
 * deviation over N, plus 1e-5), a column of 100 is appended so that the bias is hardly penalised, targets are
 * 2·onehot − 1 and the penalty is 2¹⁰ (ViT paper, section 4.1; big_vision evaluators/fewshot_lsr.py).
 * Throws `invalid_input` without any features to fit.
 */
export function fitRidge(
  features: FloatTensor,
  labels: ArrayLike<number>,
  classes: number,
  choices: RidgeChoices = {},
): RidgeProbe {
  const { count, width } = checkFeatures(features, labels, classes)
  if (count === 0) {
    throw new AppError(
      'invalid_input',
      say`There are 0 images to fit the few-shot probe on; at least 1 is needed.`,
    )
  }
  const { mean, spread } = choices.moments ?? momentsOf(features)
  const standard = { mean, spread, constant: choices.constant ?? constantColumn }
  const design = designRows(features, standard)
  const targets = targetRows(labels, classes)
  if (choices.isBalanced === true) balance([design, targets], labels, classes)
  const weights = solveRidge(design, targets, count > width ? 'features' : 'samples')
  return { classes, ...standard, weights }
}

/** The probe's class for each of the features [N, D]: the largest output, the first of equal ones. */
export function predictRidge(probe: RidgeProbe, features: FloatTensor): Int32Array {
  const weights = rowsOf(probe.weights, probe.classes)
  checkWidth(features, probe.mean)
  return Int32Array.from({ length: at(features.shape, 0) }, (_, row) => {
    const outputs = weightedSum(designRow(features, row, probe), weights)
    return outputs.indexOf(outputs.reduce((most, output) => Math.max(most, output)))
  })
}

/**
 * For every class the indices of its images in the order in which `seed` draws them, each class on its own: the first
 * n of every class are n shots, so that more shots keep those of fewer.
 */
export function drawingOrder(labels: ArrayLike<number>, classes: number, seed: number): number[][] {
  const byClass = Array.from({ length: classes }, (): number[] => [])
  for (let index = 0; index < labels.length; index++) at(byClass, at(labels, index)).push(index)
  return byClass.map((indices, label) => shuffled(indices, forkRandom(seed, label)))
}

/**
 * W [D, K] that minimises |X·W − Y|² + 1024·|W|² for rows X [N, D] and Y [N, K]. The form `features` solves a
 * D × D system, (XᵀX + λI)⁻¹XᵀY; `samples` an N × N system, Xᵀ(XXᵀ + λI)⁻¹Y. Both are the same W.
 */
export function solveRidge(rows: Rows, targets: Rows, form: RidgeForm): Float64Array {
  const columns = columnsOf(rows)
  if (form === 'samples') {
    const dual = solvePositiveDefinite(penalisedGram(rows), rows.length, joined(targets))
    return joined(columns.map((column) => weightedSum(column, rowsOf(dual, at(targets, 0).length))))
  }
  const right = joined(columns.map((column) => weightedSum(column, targets)))
  return solvePositiveDefinite(penalisedGram(columns), columns.length, right)
}

/** V·Vᵀ + λI for rows V [n, m]. */
function penalisedGram(rows: Rows): Float64Array {
  const n = rows.length
  const matrix = gram(rows)
  for (let i = 0; i < n; i++) matrix[i * n + i] = at(matrix, i * n + i) + penalty
  return matrix
}

/** Weighs the squared error of each row so that the rows of every class weigh as much as those of any other. */
function balance(matrices: readonly Rows[], labels: ArrayLike<number>, classes: number): void {
  const counts = new Array<number>(classes).fill(0)
  for (let row = 0; row < labels.length; row++) counts[at(labels, row)] = at(counts, at(labels, row)) + 1
  const present = counts.filter((count) => count > 0).length
  for (let row = 0; row < labels.length; row++) {
    const weight = Math.sqrt(labels.length / present / at(counts, at(labels, row)))
    for (const matrix of matrices) {
      const values = at(matrix, row)
      for (const [k, value] of values.entries()) values[k] = weight * value
    }
  }
}

/** Mean and standard deviation (over N, plus the floor) of every one of the features [N, D]. */
export function momentsOf(features: FloatTensor): Moments {
  const rows = rowsOf(Float64Array.from(features.data), at(features.shape, 1))
  const mean = weightedSum(new Float64Array(rows.length).fill(1 / rows.length), rows)
  const variance = new Float64Array(mean.length)
  for (const row of rows) {
    for (const [k, value] of row.entries())
      variance[k] = at(variance, k) + (value - at(mean, k)) ** 2 / rows.length
  }
  return { mean, spread: variance.map((value) => Math.sqrt(value) + spreadFloor) }
}

type Standard = Pick<RidgeProbe, 'mean' | 'spread' | 'constant'>

/** Standardised features with the constant column, N rows of D + 1. */
function designRows(features: FloatTensor, standard: Standard): Float64Array[] {
  checkWidth(features, standard.mean)
  return Array.from({ length: at(features.shape, 0) }, (_, row) => designRow(features, row, standard))
}

function designRow({ data }: FloatTensor, row: number, { mean, spread, constant }: Standard): Float64Array {
  const width = mean.length
  const design = new Float64Array(width + 1).fill(constant)
  for (let k = 0; k < width; k++) design[k] = (at(data, row * width + k) - at(mean, k)) / at(spread, k)
  return design
}

function checkWidth({ shape }: FloatTensor, mean: Float64Array): void {
  const width = mean.length
  invariant(
    shape.length === 2 && shape[1] === width,
    () => `features ${showShape(shape)} for a probe of ${width}`,
  )
}

/** 2·onehot − 1, N rows of K. */
function targetRows(labels: ArrayLike<number>, classes: number): Float64Array[] {
  return Array.from(labels, (label) => {
    const target = new Float64Array(classes).fill(-1)
    target[label] = 1
    return target
  })
}

function checkFeatures(
  features: FloatTensor,
  labels: ArrayLike<number>,
  classes: number,
): { count: number; width: number } {
  const [count = 0, width = 0] = features.shape
  invariant(features.shape.length === 2 && width > 0 && count === labels.length, () => {
    return `features ${showShape(features.shape)} for ${labels.length} labels`
  })
  for (let i = 0; i < count; i++) {
    const label = at(labels, i)
    invariant(
      Number.isInteger(label) && label >= 0 && label < classes,
      () => `label ${label} of ${classes} classes`,
    )
  }
  return { count, width }
}
