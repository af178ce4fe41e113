import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { nearestNeighbours, unitRows } from '../../../core/map/neighbours.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'

function randomRows(count: number, width: number, seed: number): FloatTensor {
  const random = createRandom(seed)
  return floatTensor(
    [count, width],
    Float32Array.from({ length: count * width }, () => normal(random)),
  )
}

/** Every similarity, sorted: the plain way. */
function sorted(rows: FloatTensor, references: FloatTensor, row: number): { index: number; score: number }[] {
  const [count = 0, width = 1] = references.shape
  return Array.from({ length: count }, (_, index) => {
    let score = 0
    for (let i = 0; i < width; i++) {
      score += (rows.data[row * width + i] ?? 0) * (references.data[index * width + i] ?? 0)
    }
    return { index, score }
  }).sort((a, b) => b.score - a.score)
}

describe('unitRows', () => {
  it('gives every row the length 1, but for one of zeros', () => {
    const { data } = unitRows(floatTensor([2, 2], Float32Array.of(3, 4, 0, 0)))
    expect(data).toBeAllclose(Float32Array.of(0.6, 0.8, 0, 0), { rtol: 1e-6, atol: 1e-7 })
  })
})

describe('nearestNeighbours', () => {
  const engine = createOrtEngine('cpu')

  it('finds what sorting all similarities finds, over more rows than a block has', async () => {
    const rows = unitRows(randomRows(700, 8, 1))
    const found = await nearestNeighbours(rows, rows, 6, (row) => row, { engine })
    expect(found.count).toBe(6)
    for (const row of [0, 1, 511, 512, 699]) {
      const expected = sorted(rows, rows, row)
        .filter(({ index }) => index !== row)
        .slice(0, 6)
      expect([...found.indices.subarray(6 * row, 6 * row + 6)]).toEqual(expected.map(({ index }) => index))
      const scores = Float32Array.from(expected, ({ score }) => score)
      expect(found.similarities.slice(6 * row, 6 * row + 6)).toBeAllclose(scores, { rtol: 1e-5, atol: 1e-6 })
    }
  })

  it('looks among other references, and says how far it is', async () => {
    const rows = unitRows(randomRows(5, 4, 2))
    const others = unitRows(randomRows(30, 4, 3))
    const told: number[][] = []
    const onProgress = (done: number, total: number): void => void told.push([done, total])
    const found = await nearestNeighbours(rows, others, 3, () => undefined, { engine, onProgress })
    const nearest = [0, 1, 2, 3, 4].map((row) => sorted(rows, others, row)[0]?.index)
    expect([0, 3, 6, 9, 12].map((place) => found.indices[place])).toEqual(nearest)
    expect(told).toEqual([[5, 5]])
  })

  it('stops when it is cancelled', async () => {
    const rows = unitRows(randomRows(20, 4, 4))
    const search = nearestNeighbours(rows, rows, 3, (row) => row, { engine, signal: AbortSignal.abort() })
    await expect(search).rejects.toMatchObject({ code: 'cancelled' })
  })
})
