/** @file Mean attended distance: how far, in pixels of the input image, each head looks. */
import { at } from '../tensor/shape.ts'
import type { FloatTensor } from '../tensor/tensor.ts'
import type { Grid } from '../vit/config.ts'
import { checkAttention } from './attention.ts'

/**
 * Pixels per head, from one block's attention weights on one image: [H, T, T], T = prefix + N tokens, rows are queries.
 * For each patch as query the distances to all patches are summed with the attention as weight, then the queries are
 * averaged. Rows and columns of prefix tokens are left out and the remaining weights are not renormalised to sum 1, as
 * in the reference code of the figure (ViT paper, D.7). Average the result over images.
 */
export function attentionDistance(
  attention: FloatTensor,
  prefix: number,
  grid: Grid,
  patch: number,
): number[] {
  checkAttention(attention, prefix, grid)
  const distances = distancesByOffset(grid, patch)
  const patches = grid.rows * grid.columns
  const tokens = prefix + patches
  return Array.from({ length: at(attention.shape, 0) }, (_, head) => {
    let sum = 0
    for (let query = 0; query < patches; query++) {
      const start = (head * tokens + prefix + query) * tokens + prefix
      sum += attendedDistance(attention.data.subarray(start, start + patches), query, grid, distances)
    }
    return sum / patches
  })
}

/** One query's sum of weight · distance. */
function attendedDistance(weights: Float32Array, query: number, grid: Grid, distances: Float64Array): number {
  const [ownRow, ownColumn] = [Math.floor(query / grid.columns), query % grid.columns]
  let sum = 0
  for (let row = 0; row < grid.rows; row++) {
    const offset = Math.abs(row - ownRow) * grid.columns
    for (let column = 0; column < grid.columns; column++) {
      const weight = weights[row * grid.columns + column] ?? 0
      sum += weight * (distances[offset + Math.abs(column - ownColumn)] ?? 0)
    }
  }
  return sum
}

/** [rows, columns]: the distance in pixels between patches that are this many rows and columns apart. */
function distancesByOffset({ rows, columns }: Grid, patch: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, offset) => {
    return patch * Math.hypot(Math.floor(offset / columns), offset % columns)
  })
}
