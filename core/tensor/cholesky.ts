/** @file Linear systems with a symmetric positive definite matrix, in float64. */
import { invariant } from '../errors.ts'
import { at } from './shape.ts'
import { addScaled, dot } from './matrix.ts'

/**
 * X [n, K] with A·X = B for the symmetric positive definite `matrix` A [n, n] and `right` B [n, K], by Cholesky's
 * factorisation A = L·Lᵀ. Only the lower triangle of A is read. A matrix that is not positive definite is a bug.
 */
export function solvePositiveDefinite(matrix: Float64Array, n: number, right: Float64Array): Float64Array {
  const columns = right.length / n
  invariant(matrix.length === n * n && Number.isInteger(columns), () => {
    return `${matrix.length} and ${right.length} values for a system of ${n} unknowns`
  })
  const factor = choleskyFactor(matrix, n)
  const solution = right.slice()
  const row = (i: number): Float64Array => solution.subarray(i * columns, (i + 1) * columns)
  // L·Y = B downwards, then Lᵀ·X = Y upwards.
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) addScaled(row(i), row(j), -at(factor, i * n + j))
    divide(row(i), at(factor, i * n + i))
  }
  for (let i = n - 1; i >= 0; i--) {
    divide(row(i), at(factor, i * n + i))
    for (let j = 0; j < i; j++) addScaled(row(j), row(i), -at(factor, i * n + j))
  }
  return solution
}

/** L in the lower triangle of [n, n]; anything above the diagonal is meaningless. */
function choleskyFactor(matrix: Float64Array, n: number): Float64Array {
  const factor = matrix.slice()
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const known = dot(factor.subarray(i * n, i * n + j), factor.subarray(j * n, j * n + j))
      const rest = at(factor, i * n + j) - known
      if (i === j)
        invariant(rest > 0, () => `pivot ${i} of ${n} is ${rest}: the matrix is not positive definite`)
      factor[i * n + j] = i === j ? Math.sqrt(rest) : rest / at(factor, j * n + j)
    }
  }
  return factor
}

function divide(values: Float64Array, by: number): void {
  for (let k = 0; k < values.length; k++) values[k] = at(values, k) / by
}
