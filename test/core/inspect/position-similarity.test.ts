/** @file Cosine similarity of position embeddings on vectors at known angles, and its properties. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionSimilarity } from '../../../core/inspect/position-similarity.ts'
import { floats, floatTensor } from '../../../core/tensor/tensor.ts'

describe('positionSimilarity', () => {
  it('is 1, 0, −1 and √½ at known angles, whatever the lengths, and ignores prefix rows', () => {
    const positions = floats([5, 2], [9, 9, 3, 0, 0, 0.1, -2, 0, 5, 5])
    const similarity = positionSimilarity(positions, 1, { rows: 2, columns: 2 })
    expect(similarity.shape).toEqual([2, 2, 2, 2])
    const expected = [1, 0, -1, Math.SQRT1_2]
    expected.forEach((value, patch) => expect(similarity.data[patch]).toBeCloseTo(value, 6))
  })

  it('holds a zero embedding to be similar to nothing', () => {
    expect([...positionSimilarity(floats([2, 1], [0, 1]), 0, { rows: 1, columns: 2 }).data]).toEqual([
      0, 0, 0, 1,
    ])
  })

  it('is symmetric, 1 on the diagonal and within [−1, 1]', () => {
    const sides = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 1, max: 3 }), (rows, columns, factor) => {
        const patches = rows * columns
        const data = Float32Array.from({ length: patches * 3 }, (_, i) => Math.sin(1 + factor * i * i))
        const { data: map } = positionSimilarity(floatTensor([patches, 3], data), 0, { rows, columns })
        for (let i = 0; i < patches; i++) {
          expect(map[i * patches + i]).toBeCloseTo(1, 6)
          for (let j = 0; j < patches; j++) {
            expect(map[i * patches + j]).toBe(map[j * patches + i])
            expect(Math.abs(map[i * patches + j]!)).toBeLessThanOrEqual(1 + 1e-6)
          }
        }
      }),
    )
  })

  it('refuses an embedding of another grid', () => {
    expect(() => positionSimilarity(floats([2, 1], [0, 1]), 0, { rows: 2, columns: 2 })).toThrow(/4 patches/)
  })
})
