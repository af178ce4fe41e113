/** @file The order of training: every image as often as its class allows, the same again from any position. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Balance } from '../../../core/data/balance.ts'
import { trainingOrder } from '../../../core/data/training-order.ts'

/** Labels of classes of these sizes, mixed. */
function labelsOf(sizes: readonly number[]): number[] {
  const labels = sizes.flatMap((size, label) => Array.from({ length: size }, () => label))
  return labels.map((_, place) => labels[(place * 7919) % labels.length] ?? 0)
}

function take(sizes: readonly number[], balance: Balance, epochs: number, seed = 1) {
  const labels = labelsOf(sizes)
  const rowAt = trainingOrder(labels, seed, balance)
  const rows = Array.from({ length: epochs * labels.length }, (_, place) => rowAt(place))
  const counts = sizes.map((_, label) => rows.filter(({ index }) => labels[index] === label).length)
  return { labels, rows, counts }
}

describe('the order of training', () => {
  it('holds every image once an epoch where nothing is balanced', () => {
    const { rows } = take([40, 3, 8], 'none', 3)
    for (let epoch = 0; epoch < 3; epoch++) {
      const part = rows.slice(epoch * 51, (epoch + 1) * 51)
      expect(part.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([...Array(51).keys()])
      expect(part.every((row) => row.epoch === epoch)).toBe(true)
    }
    expect(rows.slice(0, 51)).not.toEqual(rows.slice(51, 102))
  })

  it('shows all classes equally often where they are fully balanced', () => {
    const { counts } = take([80, 8, 8, 8, 8], 'full', 5)
    const shares = counts.map((count) => count / 560)
    expect(shares).toBeAllclose([0.2, 0.2, 0.2, 0.2, 0.2], { rtol: 0, atol: 0.01 })
  })

  it('shows them by the square roots of their sizes in between', () => {
    const { counts } = take([100, 25, 4], 'sqrt', 10)
    const shares = counts.map((count) => count / 1290)
    expect(shares).toBeAllclose([10 / 17, 5 / 17, 2 / 17], { rtol: 0, atol: 0.02 })
  })

  it('goes round every class evenly, and reports how often an image came before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom<Balance>('none', 'sqrt', 'full'),
        fc.integer({ min: 0, max: 1e6 }),
        (sizes, balance, seed) => {
          const { rows, labels } = take(sizes, balance, 4, seed)
          const seen = new Map<number, number>()
          // Within an epoch the rows are mixed, so an image's visits come in any order.
          for (const { index } of rows) seen.set(index, (seen.get(index) ?? 0) + 1)
          for (const [index, count] of seen) {
            const epochs = rows.filter((row) => row.index === index).map((row) => row.epoch)
            expect(epochs.toSorted((a, b) => a - b)).toEqual([...Array(count).keys()])
          }
          for (const label of new Set(labels)) {
            const own = labels.flatMap((one, index) => (one === label ? [seen.get(index) ?? 0] : []))
            expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is the same from any place', () => {
    const labels = labelsOf([20, 5])
    const [forward, backward] = [trainingOrder(labels, 9, 'sqrt'), trainingOrder(labels, 9, 'sqrt')]
    const places = Array.from({ length: 100 }, (_, place) => place)
    const expected = places.map(forward)
    expect(places.toReversed().map(backward).toReversed()).toEqual(expected)
  })
})
