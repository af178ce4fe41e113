/** @file Cosine similarity of position embeddings on vectors at known angles, and its properties. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { similarityMap } from '../../../core/inspect/position-similarity.ts'
import { floats, floatTensor } from '../../../core/tensor/tensor.ts'

describe('similarityMap', () => {
  it('is 1, 0, −1 and √½ at known angles, whatever the lengths, and ignores prefix rows', () => {
    const embedding = floats([5, 2], [9, 9, 3, 0, 0, 0.1, -2, 0, 5, 5])
    const map = similarityMap({ embedding, prefixRows: 1, grid: { rows: 2, columns: 2 } }, 0)
    expect(map.shape).toEqual([2, 2])
    const expected = [1, 0, -1, Math.SQRT1_2]
    expected.forEach((value, patch) => expect(map.data[patch]).toBeCloseTo(value, 6))
  })

  it('holds a zero embedding to be similar to nothing', () => {
    const positions = { embedding: floats([2, 1], [0, 1]), prefixRows: 0, grid: { rows: 1, columns: 2 } }
    expect([...similarityMap(positions, 0).data]).toEqual([0, 0])
    expect([...similarityMap(positions, 1).data]).toEqual([0, 1])
  })

  it('is symmetric, 1 at the patch itself and within [−1, 1]', () => {
    const sides = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 1, max: 3 }), (rows, columns, factor) => {
        const patches = rows * columns
        const data = Float32Array.from({ length: patches * 3 }, (_, i) => Math.sin(1 + factor * i * i))
        const positions = {
          embedding: floatTensor([patches, 3], data),
          prefixRows: 0,
          grid: { rows, columns },
        }
        const maps = Array.from({ length: patches }, (_, patch) => similarityMap(positions, patch).data)
        for (const [i, map] of maps.entries()) {
          expect(map[i]).toBeCloseTo(1, 6)
          for (const [j, value] of map.entries()) {
            expect(value).toBe(maps[j]?.[i])
            expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-6)
          }
        }
      }),
    )
  })

  it('refuses an embedding of another grid', () => {
    const positions = { embedding: floats([2, 1], [0, 1]), prefixRows: 0, grid: { rows: 2, columns: 2 } }
    expect(() => similarityMap(positions, 0)).toThrow(/4 patches/)
  })
})
