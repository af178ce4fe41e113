import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { CheckedImage } from '../../../../core/data/load.ts'
import { chooseExamples } from '../../../../core/train/probe/examples.ts'

function imagesOf(counts: readonly number[]): CheckedImage[] {
  const of = (label: number, count: number): CheckedImage[] =>
    Array.from({ length: count }, (_, i) => ({
      path: `${label}/${i}.jpg`,
      label,
      width: 8,
      height: 8,
      format: 'jpeg',
      bytes: 1,
      modifiedMs: 0,
    }))
  return counts.flatMap((count, label) => of(label, count))
}

describe('chooseExamples', () => {
  const labelsOf = (counts: readonly number[]): number[] => {
    const images = imagesOf(counts)
    return chooseExamples(images).map((index) => images[index]!.label)
  }

  it('spreads eight images over the classes', () => {
    expect(labelsOf([20, 20])).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
    expect(labelsOf([20, 20, 20])).toEqual([0, 0, 0, 1, 1, 1, 2, 2])
    expect(labelsOf(Array.from({ length: 100 }, () => 3))).toHaveLength(8)
    expect(new Set(labelsOf(Array.from({ length: 100 }, () => 3))).size).toBe(8)
    expect(labelsOf([1, 0, 2])).toEqual([0, 2, 2])
    expect(labelsOf([])).toEqual([])
  })

  it('names no image twice, and never more than eight', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 30 }), (counts) => {
        const chosen = chooseExamples(imagesOf(counts))
        expect(new Set(chosen).size).toBe(chosen.length)
        const total = counts.reduce((sum, count) => sum + count, 0)
        expect(chosen.length).toBeLessThanOrEqual(Math.min(8, total))
        expect(chosen.length > 0).toBe(total > 0)
      }),
    )
  })
})
