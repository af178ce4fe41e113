/** @file Which positions the model considers similar: cosine similarity between position embeddings. */
import { invariant } from '../errors.ts'
import { at, showShape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { dot } from '../tensor/matrix.ts'
import { patchCount, type Grid } from '../vit/config.ts'

/** Position embeddings [prefixRows + N, D] of a grid of patches. */
export interface Positions {
  readonly embedding: FloatTensor
  readonly prefixRows: number
  readonly grid: Grid
}

/**
 * Cosine similarity of one patch's position embedding with every patch's, [rows, columns] (ViT paper, figure 7,
 * centre). `patch` is its index, counted row by row. Prefix rows are left out. An embedding of length 0 is similar to
 * nothing: 0.
 */
export function similarityMap(positions: Positions, patch: number): FloatTensor {
  const directions = directionsOf(positions)
  const direction = at(directions, patch)
  const { rows, columns } = positions.grid
  return floatTensor(
    [rows, columns],
    Float32Array.from(directions, (other) => dot(direction, other)),
  )
}

function directionsOf({ embedding, prefixRows, grid }: Positions): Float64Array[] {
  const patches = patchCount(grid)
  const width = at(embedding.shape, -1)
  invariant(at(embedding.shape, 0) === prefixRows + patches, () => {
    return `position embedding ${showShape(embedding.shape)} for ${prefixRows} prefix rows and ${patches} patches`
  })
  return Array.from({ length: patches }, (_, patch) => {
    const start = (prefixRows + patch) * width
    return unitVector(embedding.data.subarray(start, start + width))
  })
}

function unitVector(values: Float32Array): Float64Array {
  const vector = Float64Array.from(values)
  const length = Math.sqrt(dot(vector, vector))
  return length === 0 ? vector : vector.map((value) => value / length)
}
