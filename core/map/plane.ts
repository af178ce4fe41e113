/** @file The plane in which feature vectors differ most: where a layout starts, so that its large shape is theirs. */
import { dot } from '../tensor/matrix.ts'
import { createRandom, normal } from '../tensor/random.ts'
import { at } from '../tensor/shape.ts'
import type { FloatTensor } from '../tensor/tensor.ts'

/** Enough for a start; the components need not be exact. */
const rounds = 16

/**
 * Coordinates [n, 2] of rows [n, D] along about their first two principal components, by subspace iteration from a
 * seeded start.
 */
export function leadingPlane(rows: FloatTensor, seed: number): Float64Array {
  const [count = 0, width = 1] = rows.shape
  const centred = withoutMean(rows)
  const random = createRandom(seed)
  let basis = orthonormal([0, 1].map(() => Float64Array.from({ length: width }, () => normal(random))))
  const coordinates = new Float64Array(2 * count)
  for (let round = 0; round < rounds; round++) {
    const next = basis.map(() => new Float64Array(width))
    for (let row = 0; row < count; row++) {
      for (const [axis, direction] of basis.entries()) {
        const place = along(centred, row * width, direction)
        coordinates[2 * row + axis] = place
        addTo(at(next, axis), centred, row * width, place)
      }
    }
    basis = orthonormal(next)
  }
  return coordinates
}

function withoutMean({ shape, data }: FloatTensor): Float32Array {
  const [count = 0, width = 1] = shape
  const mean = new Float64Array(width)
  for (let row = 0; row < count; row++) addTo(mean, data, row * width, 1 / count)
  return data.map((value, index) => value - at(mean, index % width))
}

function along(rows: Float32Array, start: number, direction: Float64Array): number {
  let sum = 0
  for (let i = 0; i < direction.length; i++) sum += (rows[start + i] ?? 0) * (direction[i] ?? 0)
  return sum
}

function addTo(target: Float64Array, rows: Float32Array, start: number, weight: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + weight * (rows[start + i] ?? 0)
}

/** Gram and Schmidt; a direction of length 0 stays one. */
function orthonormal([first = new Float64Array(0), second = new Float64Array(0)]: readonly Float64Array[]) {
  const one = scaled(first)
  const shared = dot(one, second)
  return [one, scaled(second.map((value, i) => value - shared * at(one, i)))]
}

function scaled(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector)) || 1
  return vector.map((value) => value / length)
}
