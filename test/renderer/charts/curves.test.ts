/** @file Histories as columns: smoothed from the first point on, grown in place, and restarted when a run starts over. */
import { describe, expect, it } from 'vitest'

import { createColumns, valueAt } from '../../../renderer/charts/curves.ts'

const stepAt = (step: number) => ({ step, loss: 10 / step, accuracy: 0.5, gradNorm: 1, learningRate: 0.1 })
const history = (to: number) => Array.from({ length: to }, (_, i) => stepAt(i + 1))

describe('createColumns', () => {
  it('takes in only what is new, with the same result', () => {
    const read = createColumns()
    const all = history(50)
    const first = read(all.slice(0, 20), [])
    const second = read(all, [])
    expect(second.loss.raw.values).toBe(first.loss.raw.values)
    expect(second).toEqual(createColumns()(all, []))
    expect(second.loss.raw.steps).toHaveLength(50)
    // A change is noticed by the new object around the lists.
    expect(second.loss).not.toBe(first.loss)
  })

  it('starts over where the history does', () => {
    const read = createColumns()
    read(history(30), [])
    expect(read(history(10), []).loss.raw.steps).toHaveLength(10)
    expect(read([], []).loss.raw.steps).toEqual([])
  })

  it('averages without leaning towards zero at the beginning', () => {
    const constant = Array.from({ length: 5 }, (_, i) => ({ ...stepAt(i + 1), loss: 3 }))
    for (const value of createColumns()(constant, []).loss.smooth.values) expect(value).toBeCloseTo(3, 12)
    const [first, second] = createColumns()(history(2), []).loss.smooth.values
    expect(first).toBe(10)
    expect(second).toBeCloseTo((0.9 * 0.1 * 10 + 0.1 * 5) / (0.9 * 0.1 + 0.1), 12)
  })

  it('leaves out evaluations without a figure', () => {
    const evaluations = [
      { step: 10, loss: 1, accuracy: 0.5 },
      { step: 20, loss: null, accuracy: null },
    ]
    expect(createColumns()(history(20), evaluations).validationLoss).toEqual({ steps: [10], values: [1] })
  })
})

describe('valueAt', () => {
  const series = { steps: [10, 20, 30], values: [1, 2, 3] }

  it.each([
    [9, undefined],
    [10, 1],
    [29, 2],
    [30, 3],
    [Infinity, 3],
  ])('at %s reads %s', (step, value) => {
    expect(valueAt(series, step)).toBe(value)
  })
})
