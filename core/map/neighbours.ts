/** @file The nearest neighbours of feature vectors by cosine: exact, a block of rows at a time, computed by an engine. */
import { throwIfCancelled } from '../errors.ts'
import type { Engine, Program } from '../engine/engine.ts'
import { feed, matmul, state, swapLastAxes } from '../graph/build.ts'
import { at } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'

/** For each of n rows its nearest references, nearest first. */
export interface Neighbours {
  /** k, neighbours per row. */
  readonly count: number
  /** [n, k], indices of references. */
  readonly indices: Uint32Array<ArrayBuffer>
  /** [n, k], cosine similarities. */
  readonly similarities: Float32Array<ArrayBuffer>
}

/** What a search works with. */
export interface SearchTools {
  readonly engine: Engine
  readonly signal?: AbortSignal | undefined
  /** Called with the rows done and all there are. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** Scores of one block at most: 64 MB. */
const mostScores = 2 ** 24
const mostRows = 512

/** Rows [n, D] at length 1; a row of zeros stays one. */
export function unitRows({ shape, data }: FloatTensor): FloatTensor {
  const width = at(shape, 1)
  const result = new Float32Array(data.length)
  for (let start = 0; start < data.length; start += width) {
    let square = 0
    for (let i = start; i < start + width; i++) square += (data[i] ?? 0) ** 2
    const length = Math.sqrt(square) || 1
    for (let i = start; i < start + width; i++) result[i] = (data[i] ?? 0) / length
  }
  return floatTensor([...shape], result)
}

/**
 * The `count` references [m, D] nearest to each row [n, D], both of length 1. `own` names the reference that is a row
 * itself and does not count as its neighbour. There must be more references than `count`.
 *
 * @throws AppError `cancelled`, `out_of_memory`
 */
export async function nearestNeighbours(
  rows: FloatTensor,
  references: FloatTensor,
  count: number,
  own: (row: number) => number | undefined,
  { engine, signal, onProgress }: SearchTools,
): Promise<Neighbours> {
  const [total = 0, width = 1] = rows.shape
  const others = at(references.shape, 0)
  const block = Math.max(1, Math.min(mostRows, total, Math.floor(mostScores / others)))
  const indices = new Uint32Array(total * count)
  const similarities = new Float32Array(total * count)
  const held = await engine.createState(new Map([['references', references]]))
  let program: Program | undefined
  try {
    program = await engine.load(scoreGraph(block, others, width), held)
    for (let start = 0; start < total; start += block) {
      throwIfCancelled(signal)
      const part = new Float32Array(block * width)
      part.set(rows.data.subarray(start * width, Math.min(total, start + block) * width))
      const found = await program.run(new Map([['rows', floatTensor([block, width], part)]]))
      const scores = at([...found.values()], 0).data
      for (let row = start; row < Math.min(total, start + block); row++) {
        const line = scores.subarray((row - start) * others, (row - start + 1) * others)
        const [from, to] = [row * count, (row + 1) * count]
        largest(line, own(row), indices.subarray(from, to), similarities.subarray(from, to))
      }
      onProgress?.(Math.min(total, start + block), total)
    }
    return { count, indices, similarities }
  } finally {
    await program?.dispose()
    held.dispose()
  }
}

/** Similarities [B, m] of a block of rows with all references. */
function scoreGraph(block: number, references: number, width: number): Parameters<Engine['load']>[0] {
  const scores = matmul(feed('rows', [block, width]), swapLastAxes(state('references', [references, width])))
  return { outputs: new Map([['scores', scores]]), updates: new Map() }
}

/** Fills in the largest of `scores`, the largest first and of equal ones the earlier, but for the one at `own`. */
function largest(
  scores: Float32Array,
  own: number | undefined,
  indices: Uint32Array,
  values: Float32Array,
): void {
  values.fill(-Infinity)
  const last = values.length - 1
  let least = -Infinity
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? 0
    if (!(score > least) || index === own) continue
    let place = last
    for (; place > 0 && score > (values[place - 1] ?? 0); place--) {
      values[place] = values[place - 1] ?? 0
      indices[place] = indices[place - 1] ?? 0
    }
    values[place] = score
    indices[place] = index
    least = values[last] ?? 0
  }
}
