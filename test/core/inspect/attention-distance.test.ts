/** @file Mean attended distance in cases that can be worked out by hand. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attentionDistance } from '../../../core/inspect/attention-distance.ts'
import { filled, floats, floatTensor } from '../../../core/tensor/tensor.ts'
import { identityAttention, randomAttention } from './attentions.ts'

describe('attentionDistance', () => {
  it('is the patch size where two neighbours attend to each other, for each head on its own', () => {
    const heads = floats([2, 2, 2], [0, 1, 1, 0, 0.5, 0.5, 0.5, 0.5])
    expect(attentionDistance(heads, 0, { rows: 1, columns: 2 }, 16)).toEqual([16, 8])
    expect(attentionDistance(heads, 0, { rows: 2, columns: 1 }, 14)).toEqual([14, 7])
  })

  it('is the mean over all pairs for even attention', () => {
    // In a 2 × 2 grid each patch sees one at 0, two at 1 and one at √2.
    const [distance] = attentionDistance(filled([1, 4, 4], 0.25), 0, { rows: 2, columns: 2 }, 16)
    expect(distance).toBeCloseTo((16 * (2 + Math.SQRT2)) / 4, 9)
  })

  it('is 0 where every patch looks at itself', () => {
    expect(attentionDistance(identityAttention(3, 7), 1, { rows: 2, columns: 3 }, 16)).toEqual([0, 0, 0])
  })

  it('leaves prefix tokens out and does not bring the rest back to 1', () => {
    // Half of every patch's attention goes to the class token, half to the other patch; the class token's own row is ignored.
    const attention = floats([1, 3, 3], [0, 0, 1, 0.5, 0, 0.5, 0.5, 0.5, 0])
    expect(attentionDistance(attention, 1, { rows: 1, columns: 2 }, 16)).toEqual([8])
  })

  it('grows with the patch size, stays under the diagonal and does not change when the grid is turned', () => {
    const sides = fc.integer({ min: 1, max: 5 })
    fc.assert(
      fc.property(sides, sides, fc.nat(), (rows, columns, seed) => {
        const tokens = rows * columns
        const attention = randomAttention(2, tokens, seed)
        const distances = attentionDistance(attention, 0, { rows, columns }, 10)
        const turn = (patch: number): number => (patch % rows) * columns + Math.floor(patch / rows)
        const turned = floatTensor(
          attention.shape,
          attention.data.map((_, cell) => {
            const [head, query, key] = [
              Math.floor(cell / tokens ** 2),
              Math.floor(cell / tokens) % tokens,
              cell % tokens,
            ]
            return attention.data[(head * tokens + turn(query)) * tokens + turn(key)]!
          }),
        )
        const same = attentionDistance(turned, 0, { rows: columns, columns: rows }, 10)
        const larger = attentionDistance(attention, 0, { rows, columns }, 20)
        distances.forEach((distance, head) => {
          expect(same[head]).toBeCloseTo(distance, 9)
          expect(larger[head]).toBeCloseTo(2 * distance, 9)
          expect(distance).toBeLessThanOrEqual(10 * Math.hypot(rows - 1, columns - 1) * (1 + 1e-6))
        })
      }),
    )
  })

  it('refuses attention of another grid', () => {
    expect(() => attentionDistance(identityAttention(1, 4), 1, { rows: 2, columns: 2 }, 16)).toThrow(
      /\[1, 4, 4\]/,
    )
  })
})
