/** @file Which positions the model holds to be alike: cosine similarity between position embeddings. */
import { invariant } from '../errors.ts'
import { at, showShape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { dot } from '../tensor/matrix.ts'
import { patchCount, type Grid } from '../vit/config.ts'

/**
 * Cosine similarity of every patch's position embedding with every other's, [rows, columns, rows, columns]: entry
 * [r, c] is the map of patch (r, c) (ViT paper, figure 7, centre). `positions` is [prefixRows + N, D]; prefix rows
 * are left out. An embedding of length 0 is similar to nothing: 0.
 */
export function positionSimilarity(positions: FloatTensor, prefixRows: number, grid: Grid): FloatTensor {
  const patches = patchCount(grid)
  const width = at(positions.shape, -1)
  invariant(at(positions.shape, 0) === prefixRows + patches, () => {
    return `position embedding ${showShape(positions.shape)} for ${prefixRows} prefix rows and ${patches} patches`
  })
  const directions = Array.from({ length: patches }, (_, patch) => {
    const start = (prefixRows + patch) * width
    return unitVector(positions.data.subarray(start, start + width))
  })
  const data = new Float32Array(patches * patches)
  for (const [i, a] of directions.entries()) {
    for (const [j, b] of directions.entries()) data[i * patches + j] = dot(a, b)
  }
  return floatTensor([grid.rows, grid.columns, grid.rows, grid.columns], data)
}

function unitVector(values: Float32Array): Float64Array {
  const vector = Float64Array.from(values)
  const length = Math.sqrt(dot(vector, vector))
  return length === 0 ? vector : vector.map((value) => value / length)
}
