/** @file Where the pictures of a wall are, and where the arrow keys lead. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createWallPlan, type WallSection } from '../../../../renderer/views/data/wall-plan.ts'

function sectionsOf(counts: readonly number[]): WallSection[] {
  let start = 0
  return counts.map((count) => {
    const section = { start, count }
    start += count
    return section
  })
}

const walls = fc.record({
  counts: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
  columns: fc.integer({ min: 1, max: 9 }),
})

describe('the plan of a wall', () => {
  it('shows every picture exactly once, each section under its heading', () => {
    fc.assert(
      fc.property(walls, ({ counts, columns }) => {
        const plan = createWallPlan(sectionsOf(counts), columns)
        const shown: number[] = []
        const headings: number[] = []
        for (let row = 0; row < plan.rows; row++) {
          const place = plan.row(row)
          if (place.kind === 'heading') {
            headings.push(place.section)
            expect(plan.headingOf(place.section)).toBe(row)
            continue
          }
          expect(place.count).toBeLessThanOrEqual(columns)
          for (let index = 0; index < place.count; index++) {
            shown.push(place.first + index)
            expect(plan.rowOf(place.first + index)).toBe(row)
          }
        }
        expect(shown).toEqual(Array.from({ length: plan.pictures }, (_, index) => index))
        expect(headings).toEqual(counts.map((_, index) => index))
      }),
    )
  })

  it('leads up and down in the same column where there is one, and never out of the wall', () => {
    fc.assert(
      fc.property(walls, fc.nat(), fc.integer({ min: -9, max: 9 }), ({ counts, columns }, pick, rows) => {
        const plan = createWallPlan(sectionsOf(counts), columns)
        const from = pick % plan.pictures
        const to = plan.vertically(from, rows)
        expect(to).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThan(plan.pictures)
        expect(Math.sign(to - from)).toBe(to === from ? 0 : Math.sign(rows))
        const column = (picture: number): number => picture - plan.rowEnds(picture).first
        expect(column(to)).toBeLessThanOrEqual(column(from))
      }),
    )
  })

  it('skips headings', () => {
    const plan = createWallPlan(sectionsOf([5, 2]), 3)
    // 0 1 2 / 3 4 // 5 6
    expect([plan.vertically(1, 1), plan.vertically(4, 1), plan.vertically(2, 1)]).toEqual([4, 6, 4])
    expect([plan.vertically(6, -1), plan.vertically(6, -2), plan.vertically(6, 1)]).toEqual([4, 1, 6])
    expect(plan.rowEnds(4)).toEqual({ first: 3, last: 4 })
  })
})
