import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { CheckedData } from '../../../../core/data/check.ts'
import type { CheckedImage } from '../../../../core/data/load.ts'
import { splitImages } from '../../../../core/data/split.ts'
import { planFewShot, type FewShotSettings } from '../../../../core/train/probe/few-shot-plan.ts'

const settings: FewShotSettings = {
  shots: [1, 5, 10, 25],
  seeds: 3,
  validationSplit: 0.2,
  mostTraining: Infinity,
  mostTests: 1000,
}

function imagesOf(counts: readonly number[], prefix = ''): CheckedImage[] {
  return counts.flatMap((count, label) =>
    Array.from({ length: count }, (_, index) => ({
      path: `${prefix}${label}/${index}.png`,
      label,
      width: 8,
      height: 8,
      format: 'png' as const,
      bytes: 1,
      modifiedMs: 1,
    })),
  )
}

function checkedOf(counts: readonly number[], validation?: readonly number[]): CheckedData {
  const classes = counts.map((_, label) => `class ${label}`)
  const folder = { root: '/data', classes, bad: [], findings: [], aside: [], unused: [] }
  const training = { ...folder, images: imagesOf(counts), counts }
  if (validation === undefined) return training
  const images = imagesOf(validation, 'test/')
  return { ...training, validation: { ...folder, root: '/test', images, counts: validation } }
}

describe('the plan of a preview', () => {
  it('tests on what a fine-tuning would hold out, and never learns from it', () => {
    const checked = checkedOf([40, 30, 20])
    const plan = planFewShot(checked, settings)
    expect(plan.tests.images).toEqual(splitImages(checked.images, 0.2, 0).validation)
    const learned = new Set(plan.training.images.map(({ path }) => path))
    expect(plan.tests.images.some(({ path }) => learned.has(path))).toBe(false)
  })

  it('takes the validation folder where there is one', () => {
    const plan = planFewShot(checkedOf([5, 5], [3, 4]), settings)
    expect(plan).toMatchObject({ heldOut: 7, tests: { root: '/test' }, training: { root: '/data' } })
    expect(plan.tests.images).toHaveLength(7)
  })

  it('draws every class as often as it can, in an order of its own for every seed', () => {
    const plan = planFewShot(checkedOf([40, 6], [3, 3]), { ...settings, shots: [10] })
    const classesOf = plan.orders.map((order) => order.map((indices) => indices.length))
    expect(classesOf).toEqual([
      [10, 6],
      [10, 6],
      [10, 6],
    ])
    for (const [label, indices] of plan.orders.flatMap((order) => [...order.entries()]))
      for (const index of indices) expect(plan.training.images[index]?.label).toBe(label)
    expect(new Set(plan.orders.map((order) => JSON.stringify(order))).size).toBe(3)
  })

  it('leaves out shots that no class has more images for, or that would be too many images', () => {
    const shotsOf = (counts: readonly number[], shots: readonly number[]): readonly number[] =>
      planFewShot(checkedOf(counts, [1, 1]), { ...settings, shots }).shots
    expect(shotsOf([100, 2], [25, 1, 5, 10, 5])).toEqual([1, 5, 10, 25])
    expect(shotsOf([7, 2], [1, 5, 10, 25])).toEqual([1, 5, 10])
    expect(shotsOf([5, 2], [1, 5, 10, 25])).toEqual([1, 5])
    expect(shotsOf([2, 2], [25])).toEqual([25])
    const few = (mostTraining: number): readonly number[] =>
      planFewShot(checkedOf([30, 30], [1, 1]), { ...settings, mostTraining }).shots
    expect([few(20), few(19), few(1)]).toEqual([[1, 5, 10], [1, 5], [1]])
  })

  it('tests on no more than it shall, evenly from all classes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (counts, mostTests) => {
          const { tests, heldOut } = planFewShot(
            checkedOf(
              counts.map(() => 3),
              counts,
            ),
            { ...settings, mostTests },
          )
          expect(heldOut).toBe(counts.reduce((sum, count) => sum + count))
          expect(tests.images).toHaveLength(Math.min(mostTests, heldOut))
          const taken = counts.map((_, label) => tests.images.filter((image) => image.label === label).length)
          const most = Math.max(...taken)
          counts.forEach((count, label) =>
            expect(taken[label]).toBeGreaterThanOrEqual(Math.min(count, most - 1)),
          )
        },
      ),
    )
  })

  it('says so where there is nothing to test on or only one class', () => {
    expect(() => planFewShot(checkedOf([1, 1]), settings)).toThrow(/no images in \/data to test on/)
    expect(() => planFewShot(checkedOf([9]), settings)).toThrow(/Two classes/)
  })
})
