/** @file A chart's rows: no spike is lost, and taking in what is new gives the same as taking in everything. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createRowReader } from '../../../renderer/charts/pixel-rows.ts'

const total = 1000
const pixels = 100
const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: total })

function seriesOf(list: readonly number[]) {
  return { steps: list.map((_, i) => i + 1), values: list }
}

describe('createRowReader', () => {
  it('keeps the lowest and the highest value of every column of pixels', () => {
    fc.assert(
      fc.property(values, (list) => {
        const [x, rows] = createRowReader(total, pixels)([seriesOf(list)])
        expect(x).toHaveLength(2 * pixels)
        for (let column = 0; column < pixels; column++) {
          const inside = list.filter((_, i) => Math.min(pixels - 1, Math.floor((i + 1) / 10)) === column)
          const [low, high] = [rows![2 * column], rows![2 * column + 1]]
          expect(low).toBe(inside.length === 0 ? null : Math.min(...inside))
          expect(high).toBe(inside.length < 2 ? null : Math.max(...inside))
        }
      }),
    )
  })

  it('gives the same however often the curve has grown in between', () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat(total), { maxLength: 5 }), (list, stops) => {
        const reader = createRowReader(total, pixels)
        const grown = { steps: [] as number[], values: [] as number[] }
        for (const stop of [...stops.toSorted((a, b) => a - b), total]) {
          for (let i = grown.values.length; i < Math.min(stop, list.length); i++) {
            grown.steps.push(i + 1)
            grown.values.push(list[i] ?? 0)
          }
          reader([grown])
        }
        expect(reader([grown])[1]).toEqual(createRowReader(total, pixels)([seriesOf(list)])[1])
      }),
    )
  })

  it('starts over for another curve', () => {
    const reader = createRowReader(total, pixels)
    reader([seriesOf([1, 2, 3])])
    expect(reader([seriesOf([7])])[1]?.filter((value) => value !== null)).toEqual([7])
  })
})
