/** @file Where rows and pictures of a wall are in pixels. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createWallGeometry, fitColumns } from '../../../../renderer/views/data/wall-geometry.ts'
import { createWallPlan } from '../../../../renderer/views/data/wall-plan.ts'

const walls = fc.record({
  counts: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
  columns: fc.integer({ min: 1, max: 7 }),
  side: fc.integer({ min: 20, max: 300 }),
})

function geometryOf({ counts, columns, side }: { counts: number[]; columns: number; side: number }) {
  let start = 0
  const sections = counts.map((count) => {
    start += count
    return { start: start - count, count }
  })
  return createWallGeometry(createWallPlan(sections, columns), {
    columns,
    side,
    gap: 6,
    heading: 40,
    foot: 80,
  })
}

describe('the geometry of a wall', () => {
  it('places each row right below the one before, and finds it by any height in it', () => {
    fc.assert(
      fc.property(walls, (wall) => {
        const geometry = geometryOf(wall)
        let top = 0
        for (let row = 0; row < geometry.plan.rows; row++) {
          expect(geometry.topOf(row)).toBe(top)
          const height = geometry.plan.row(row).kind === 'heading' ? 40 : wall.side + 6
          expect(geometry.rowAt(top)).toBe(row)
          expect(geometry.rowAt(top + height - 1)).toBe(row)
          top += height
        }
        expect(geometry.height).toBe(top + 80)
      }),
    )
  })

  it('finds exactly the pictures that a box touches', () => {
    const boxes = fc.array(fc.integer({ min: -50, max: 3000 }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(walls, boxes, (wall, [a = 0, b = 0, c = 0, d = 0]) => {
        const geometry = geometryOf(wall)
        const box = {
          left: Math.min(a, b),
          right: Math.max(a, b),
          top: Math.min(c, d),
          bottom: Math.max(c, d),
        }
        const touched: number[] = []
        for (let place = 0; place < geometry.plan.pictures; place++) {
          const row = geometry.plan.rowOf(place)
          const left = 6 + (place - geometry.plan.rowEnds(place).first) * (wall.side + 6)
          const top = geometry.topOf(row)
          const isBeside = left + wall.side < box.left || left > box.right
          if (!isBeside && top + wall.side >= box.top && top <= box.bottom) touched.push(place)
        }
        expect(geometry.picturesIn(box)).toEqual(touched)
      }),
    )
  })

  it('fills the width with pictures of about the wanted side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 2560 }), fc.integer({ min: 72, max: 400 }), (width, wanted) => {
        const { columns, side } = fitColumns(width, wanted, 6)
        expect(columns * (side + 6) + 6).toBeLessThanOrEqual(width)
        expect(columns * (side + 6) + 6).toBeGreaterThan(width - columns)
        // With at least two columns, none is half as large again as was wanted.
        if (columns > 1) expect(side).toBeLessThan(1.5 * (wanted + 6))
      }),
    )
  })
})
