/** @file Dense float64 matrices as lists of rows (views into one array where possible), and the loops every solver shares. */
import { at } from './shape.ts'

/** A matrix row by row; all rows have the same length. */
export type Rows = readonly Float64Array[]

/** Σ a·b over the length of `a`. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? 0) * (b[k] ?? 0)
  return sum
}

/** target += weight · source, over the length of `target`. */
export function addScaled(target: Float64Array, source: Float64Array, weight: number): void {
  for (let k = 0; k < target.length; k++) target[k] = (target[k] ?? 0) + weight * (source[k] ?? 0)
}

/** Σ weights[i] · rows[i], for at least one row. */
export function weightedSum(weights: Float64Array, rows: Rows): Float64Array {
  const result = new Float64Array(at(rows, 0).length)
  for (const [i, row] of rows.entries()) addScaled(result, row, at(weights, i))
  return result
}

/** The rows of a row-major matrix, as views. */
export function rowsOf(matrix: Float64Array, width: number): Float64Array[] {
  return Array.from({ length: matrix.length / width }, (_, i) => matrix.subarray(i * width, (i + 1) * width))
}

/** The columns of at least one row, as copies. */
export function columnsOf(rows: Rows): Float64Array[] {
  return Array.from(at(rows, 0), (_, column) => Float64Array.from(rows, (row) => at(row, column)))
}

/** The rows concatenated, row-major. */
export function joined(rows: Rows): Float64Array {
  const width = at(rows, 0).length
  const result = new Float64Array(rows.length * width)
  for (const [i, row] of rows.entries()) result.set(row, i * width)
  return result
}

/** The dot products of all rows with each other, [n, n] row-major. */
export function gram(rows: Rows): Float64Array {
  const n = rows.length
  const result = new Float64Array(n * n)
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j <= i; j++) {
      const product = dot(row, at(rows, j))
      result[i * n + j] = product
      result[j * n + i] = product
    }
  }
  return result
}
