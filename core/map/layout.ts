/**
 * @file Feature vectors laid out in two dimensions so that neighbours stay neighbours: UMAP (McInnes, Healy and Melville
 * 2018) on neighbours that are known already, begun in the plane of the principal components. The same order gives the
 * same layout.
 */
import { UMAP } from 'umap-js'

import { createRandom, uniform } from '../tensor/random.ts'
import { at } from '../tensor/shape.ts'
import type { FloatTensor } from '../tensor/tensor.ts'
import type { Neighbours } from './neighbours.ts'
import { leadingPlane } from './plane.ts'

/** What to lay out. */
export interface LayoutOrder {
  /** [n, D] */
  readonly rows: FloatTensor
  /** Of each row among the others. */
  readonly neighbours: Neighbours
  readonly seed: number
}

/** Rounds of UMAP's optimisation; from this start more change little. */
const epochs = 300
/** UMAP's own spread of a start. */
const startWidth = 10

/** Yields how many rounds are done, of how many; gives the places, [n, 2]. */
export function* layOut({
  rows,
  neighbours,
  seed,
}: LayoutOrder): Generator<[number, number], Float32Array<ArrayBuffer>> {
  const count = at(rows.shape, 0)
  const random = createRandom(seed)
  const umap = new UMAP({
    nNeighbors: neighbours.count + 1,
    nEpochs: epochs,
    random: () => uniform(random),
  })
  const { indices, distances } = withThemselves(neighbours, count)
  umap.setPrecomputedKNN(indices, distances)
  // With its neighbours known, the library asks nothing of a vector.
  umap.initializeFit(indices.map(() => []))
  const places = umap.getEmbedding()
  begin(places, leadingPlane(rows, seed))
  for (let epoch = 0; epoch < epochs; epoch = umap.step()) yield [epoch, epochs]
  return Float32Array.from({ length: 2 * count }, (_, i) => at(at(umap.getEmbedding(), i >> 1), i & 1))
}

/** The library counts every row as the nearest neighbour of itself. */
function withThemselves(
  { count, indices, similarities }: Neighbours,
  rows: number,
): { indices: number[][]; distances: number[][] } {
  const slice = (values: Iterable<number> & ArrayLike<number>, row: number): number[] =>
    Array.from({ length: count }, (_, i) => at(values, row * count + i))
  const every = Array.from({ length: rows }, (_, row) => row)
  return {
    indices: every.map((row) => [row, ...slice(indices, row)]),
    distances: every.map((row) => [0, ...slice(similarities, row).map((s) => Math.max(0, 1 - s))]),
  }
}

/** Moves what the library placed at random to `plane` [n, 2], scaled to its own spread. */
function begin(places: readonly number[][], plane: Float64Array): void {
  const most = plane.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1
  for (const [row, place] of places.entries()) {
    // What it was placed at keeps equal rows apart.
    for (const axis of [0, 1]) {
      place[axis] = (startWidth * at(plane, 2 * row + axis)) / most + at(place, axis) / 1000
    }
  }
}
