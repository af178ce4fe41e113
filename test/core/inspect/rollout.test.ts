/** @file Attention rollout against results by hand and against the plain matrix product it represents. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attentionRollout } from '../../../core/inspect/rollout.ts'
import { floats, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { identityAttention, randomAttention } from './attentions.ts'

const onePatch = { rows: 1, columns: 1 }

describe('attentionRollout', () => {
  const first = floats([1, 2, 2], [0.6, 0.4, 0.2, 0.8])
  const second = floats([1, 2, 2], [0, 1, 0.5, 0.5])

  it('gives hand results for one and two blocks, the last block leftmost', () => {
    // (A₁ + I) / 2 = [[.8, .2], [.1, .9]] and (A₂ + I) / 2 = [[.5, .5], [.25, .75]].
    expect(attentionRollout([first], 1, onePatch, 'class').data[0]).toBeCloseTo(0.2, 7)
    expect(attentionRollout([first, second], 1, onePatch, 'class').data[0]).toBeCloseTo(
      0.5 * 0.2 + 0.5 * 0.9,
      7,
    )
    expect(attentionRollout([second, first], 1, onePatch, 'class').data[0]).toBeCloseTo(
      0.8 * 0.5 + 0.2 * 0.75,
      7,
    )
  })

  it('averages heads and divides by the row sum even where attention does not sum to 1', () => {
    const heads = floats([2, 2, 2], [0, 0.4, 0, 1, 0, 0.8, 0, 1])
    expect(attentionRollout([heads], 1, onePatch, 'class').data[0]).toBeCloseTo(0.6 / 1.6, 7)
  })

  it('reads the row of the class token, of both prefix tokens, or the mean over patches', () => {
    const attention = randomAttention(2, 8, 5)
    const grid = { rows: 2, columns: 3 }
    for (const pooling of ['class', 'distilled', 'mean'] as const) {
      const product = naiveRollout([attention], 8)
      const rows = { class: [0], distilled: [0, 1], mean: [2, 3, 4, 5, 6, 7] }[pooling]
      const expected = product[0]!.map(
        (_, key) => rows.reduce((sum, row) => sum + product[row]![key]!, 0) / rows.length,
      )
      const map = attentionRollout([attention], 2, grid, pooling)
      expect(map.shape).toEqual([2, 3])
      map.data.forEach((share, patch) => expect(share).toBeCloseTo(expected[2 + patch]!, 6))
    }
  })

  it('counts both halves of class token and mean alike, and reads patches as attention pooling does', () => {
    const attention = randomAttention(2, 8, 5)
    const grid = { rows: 2, columns: 3 }
    const rollout = (pooling: 'class' | 'mean' | 'classAndMean'): Float32Array =>
      attentionRollout([attention], 2, grid, pooling).data
    rollout('classAndMean').forEach((share, patch) =>
      expect(share).toBeCloseTo((rollout('class')[patch]! + rollout('mean')[patch]!) / 2, 6),
    )
    const even = floats([2, 1, 6], new Array<number>(12).fill(1 / 6))
    attentionRollout([attention, even], 2, grid, 'attention').data.forEach((share, patch) =>
      expect(share).toBeCloseTo(rollout('mean')[patch]!, 6),
    )
    const third = floats([2, 1, 6], [0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    const ownRow = naiveRollout([attention], 8)[3]!
    attentionRollout([attention, third], 2, grid, 'attention').data.forEach((share, patch) =>
      expect(share).toBeCloseTo(ownRow[2 + patch]!, 6),
    )
  })

  it('equals the matrix product, and the map and the prefix share out 1', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 4 }),
      columns: fc.integer({ min: 1, max: 4 }),
      heads: fc.integer({ min: 1, max: 3 }),
      depth: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(sizes, ({ rows, columns, heads, depth, seed }) => {
        const tokens = 1 + rows * columns
        const blocks = Array.from({ length: depth }, (_, block) =>
          randomAttention(heads, tokens, seed + block),
        )
        const expected = naiveRollout(blocks, tokens)[0]!
        const map = attentionRollout(blocks, 1, { rows, columns }, 'class')
        map.data.forEach((share, patch) => expect(share).toBeCloseTo(expected[1 + patch]!, 6))
        expect(map.data.reduce((a, b) => a + b, 0) + expected[0]!).toBeCloseTo(1, 5)
      }),
    )
  })

  it('is uniform without a class token where every patch attends to itself only', () => {
    const map = attentionRollout([identityAttention(2, 6)], 0, { rows: 2, columns: 3 }, 'mean')
    for (const share of map.data) expect(share).toBeCloseTo(1 / 6, 7)
  })

  it('refuses attention of another grid and class pooling without a class token', () => {
    const attention = identityAttention(1, 4)
    expect(() => attentionRollout([attention], 1, { rows: 2, columns: 2 }, 'class')).toThrow(
      /\[1, 4, 4\].*2 × 2/,
    )
    expect(() => attentionRollout([attention], 0, { rows: 2, columns: 2 }, 'class')).toThrow(/class pooling/)
  })
})

/** M_n · … · M_1 with M the row-normalised mean over heads plus identity. */
function naiveRollout(blocks: readonly FloatTensor[], tokens: number): number[][] {
  const every = Array.from({ length: tokens }, (_, i) => i)
  let product = every.map((i) => every.map((j) => Number(i === j)))
  for (const { shape, data } of blocks) {
    const heads = shape[0]!
    const block = every.map((i) => {
      const row = every.map((j) => {
        let mean = i === j ? 1 : 0
        for (let head = 0; head < heads; head++) mean += data[(head * tokens + i) * tokens + j]! / heads
        return mean
      })
      const sum = row.reduce((a, b) => a + b)
      return row.map((value) => value / sum)
    })
    const before = product
    product = every.map((i) =>
      every.map((j) => every.reduce((sum, k) => sum + block[i]![k]! * before[k]![j]!, 0)),
    )
  }
  return product
}
