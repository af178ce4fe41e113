import { describe, expect, it } from 'vitest'

import { nearestTo, nextTowards, within, type Hittable } from '../../../../renderer/views/map/hits.ts'

/** Photos on a grid of three by three, a third apart, row by row; the last has no place. */
function grid(hidden: readonly number[] = []): Hittable {
  const xs = Float32Array.from({ length: 10 }, (_, i) => (i === 9 ? Number.NaN : (i % 3) / 3))
  const ys = Float32Array.from({ length: 10 }, (_, i) => (i === 9 ? Number.NaN : Math.floor(i / 3) / 3))
  return { xs, ys, shown: Uint8Array.from(xs, (_, i) => Number(!hidden.includes(i))) }
}

describe('nearestTo', () => {
  it('finds the nearest photo that is shown and within reach', () => {
    expect(nearestTo(grid(), { x: 0.3, y: 0.3 }, 0.1)).toBe(4)
    expect(nearestTo(grid([4]), { x: 0.3, y: 0.3 }, 0.1)).toBeNull()
    expect(nearestTo(grid([4]), { x: 0.3, y: 0.29 }, 0.5)).toBe(1)
  })
})

describe('within', () => {
  it('finds what a line goes around, also where the line is hollow', () => {
    const corners = [
      { x: -0.1, y: -0.1 },
      { x: 0.8, y: -0.1 },
      { x: 0.8, y: 0.1 },
      { x: 0.1, y: 0.1 },
      { x: 0.1, y: 0.8 },
      { x: -0.1, y: 0.8 },
    ]
    expect(within(grid(), corners)).toEqual([0, 1, 2, 3, 6])
    expect(within(grid([2, 3]), corners)).toEqual([0, 1, 6])
    expect(within(grid(), corners.slice(0, 2))).toEqual([])
  })
})

describe('nextTowards', () => {
  it('goes ahead rather than aside, and nowhere beyond the edge', () => {
    expect(nextTowards(grid(), 4, { x: 1, y: 0 })).toBe(5)
    expect(nextTowards(grid(), 4, { x: 0, y: -1 })).toBe(1)
    expect(nextTowards(grid([1]), 4, { x: 0, y: -1 })).toBeNull()
    expect(nextTowards(grid(), 8, { x: 1, y: 0 })).toBeNull()
  })
})
