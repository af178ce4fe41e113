/** @file Eigenvalues and eigenvectors of symmetric matrices in float64: Householder reduction, then implicit QR steps. */
import { invariant } from '../errors.ts'
import { at } from './shape.ts'
import { addScaled, dot } from './matrix.ts'

/** Eigenpairs, largest eigenvalue first; eigenvector k is row k of `vectors` [count, n], of length 1. */
export interface Eigenpairs {
  readonly values: Float64Array
  readonly vectors: Float64Array
}

/** A symmetric tridiagonal matrix: n diagonal values and the n − 1 beside them. */
interface Tridiagonal {
  readonly diagonal: Float64Array
  readonly beside: Float64Array
}

/**
 * The `count` eigenpairs of the symmetric `matrix` [n, n] with the largest eigenvalues, each with a residual of the
 * order of rounding times the matrix's norm (Golub and Van Loan, Matrix Computations, section 8.3). About 7·n³
 * operations. The sign of a vector is arbitrary.
 */
export function eigenSymmetric(matrix: Float64Array, n: number, count: number): Eigenpairs {
  invariant(matrix.length === n * n && count >= 1 && count <= n, () => {
    return `${count} eigenpairs of ${matrix.length} values as ${n} × ${n}`
  })
  // Scaled to the size of 1, so that squares neither overflow nor underflow.
  const scale = largestMagnitude(matrix) || 1
  const work = matrix.map((value) => value / scale)
  const tridiagonal = tridiagonalise(work, n)
  const all = diagonalise(tridiagonal, n)
  const order = Array.from(all.values.keys()).sort((i, j) => at(all.values, j) - at(all.values, i))
  const vectors = new Float64Array(count * n)
  for (const [row, i] of order.slice(0, count).entries()) {
    vectors.set(all.vectors.subarray(i * n, (i + 1) * n), row * n)
    undoReflections(work, n, vectors.subarray(row * n, (row + 1) * n))
  }
  return { values: Float64Array.from(order.slice(0, count), (i) => scale * at(all.values, i)), vectors }
}

/**
 * Reduces `a` [n, n] to tridiagonal form by reflections I − v·vᵀ with |v|² = 2, applied from both sides. The v of
 * step k stays in row k, right of the diagonal.
 */
function tridiagonalise(a: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n)
  const beside = new Float64Array(Math.max(n - 1, 0))
  for (let k = 0; k < n - 1; k++) {
    const v = a.subarray(k * n + k + 1, (k + 1) * n)
    beside[k] = makeReflector(v)
    reflectBothSides(a, n, k + 1, v)
  }
  for (let k = 0; k < n; k++) diagonal[k] = at(a, k * n + k)
  return { diagonal, beside }
}

/** In a matrix of the size of 1, a row this short is zero: far below rounding. */
const negligibleLength = 1e-40

/** Replaces x by the v whose reflection takes x to the first axis; the result is the value it takes there. */
function makeReflector(x: Float64Array): number {
  const first = at(x, 0)
  const length = Math.sqrt(dot(x, x))
  if (length < negligibleLength) {
    x.fill(0)
    return 0
  }
  const image = first > 0 ? -length : length
  // |x − image·e₁|² = 2·length·(length + |first|)
  const scale = 1 / Math.sqrt(length * (length + Math.abs(first)))
  x[0] = first - image
  for (let k = 0; k < x.length; k++) x[k] = at(x, k) * scale
  return image
}

/** The trailing square of `a` from `start` on becomes H·A·H with H = I − v·vᵀ: A − v·wᵀ − w·vᵀ, w = A·v − ½(vᵀA·v)·v. */
function reflectBothSides(a: Float64Array, n: number, start: number, v: Float64Array): void {
  const row = (i: number): Float64Array => a.subarray((start + i) * n + start, (start + i + 1) * n)
  const w = Float64Array.from(v, (_, i) => dot(row(i), v))
  addScaled(w, v, -0.5 * dot(w, v))
  for (let i = 0; i < v.length; i++) {
    const target = row(i)
    addScaled(target, w, -at(v, i))
    addScaled(target, v, -at(w, i))
  }
}

/** Takes an eigenvector of the tridiagonal matrix back to one of the full matrix, in place. */
function undoReflections(reduced: Float64Array, n: number, vector: Float64Array): void {
  for (let k = n - 2; k >= 0; k--) {
    const v = reduced.subarray(k * n + k + 1, (k + 1) * n)
    const tail = vector.subarray(k + 1)
    addScaled(tail, v, -dot(tail, v))
  }
}

/** All eigenpairs of a tridiagonal matrix, unsorted; its arrays are used up. */
function diagonalise({ diagonal, beside }: Tridiagonal, n: number): Eigenpairs {
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1
  const negligible = Number.EPSILON * largestMagnitude(diagonal, beside)
  let last = n - 1
  // Two or three steps per eigenvalue are usual; thirty per eigenvalue never happen.
  for (let step = 0; last > 0;) {
    if (Math.abs(at(beside, last - 1)) <= negligible) {
      last--
      continue
    }
    let first = last - 1
    while (first > 0 && Math.abs(at(beside, first - 1)) > negligible) first--
    qrStep(diagonal, beside, vectors, n, first, last)
    invariant(++step <= 30 * n, () => `the eigenvalues of a ${n} × ${n} matrix did not settle`)
  }
  return { values: diagonal, vectors }
}

/** One implicit QR step with Wilkinson's shift on the unreduced block from `first` to `last`. */
function qrStep(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  n: number,
  first: number,
  last: number,
): void {
  let x = at(diagonal, first) - wilkinsonShift(diagonal, beside, last)
  let z = at(beside, first)
  for (let k = first; k < last; k++) {
    const length = Math.hypot(x, z)
    const [c, s] = length === 0 ? [1, 0] : [x / length, z / length]
    if (k > first) beside[k - 1] = length
    const [a, b, d] = [at(diagonal, k), at(beside, k), at(diagonal, k + 1)]
    diagonal[k] = c * c * a + 2 * c * s * b + s * s * d
    diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * d
    beside[k] = c * s * (d - a) + (c * c - s * s) * b
    if (k + 1 < last) {
      x = at(beside, k)
      z = s * at(beside, k + 1)
      beside[k + 1] = c * at(beside, k + 1)
    }
    rotateRows(vectors.subarray(k * n, (k + 1) * n), vectors.subarray((k + 1) * n, (k + 2) * n), c, s)
  }
}

/** The eigenvalue of the block's last 2 × 2 corner that is nearer to its last diagonal value. */
function wilkinsonShift(diagonal: Float64Array, beside: Float64Array, last: number): number {
  const half = (at(diagonal, last - 1) - at(diagonal, last)) / 2
  const b = at(beside, last - 1)
  return at(diagonal, last) - (b * b) / (half + (half < 0 ? -1 : 1) * Math.hypot(half, b))
}

function rotateRows(upper: Float64Array, lower: Float64Array, c: number, s: number): void {
  for (let k = 0; k < upper.length; k++) {
    const x = upper[k] ?? 0
    const y = lower[k] ?? 0
    upper[k] = c * x + s * y
    lower[k] = c * y - s * x
  }
}

function largestMagnitude(...arrays: readonly Float64Array[]): number {
  let largest = 0
  for (const array of arrays) for (const value of array) largest = Math.max(largest, Math.abs(value))
  return largest
}
