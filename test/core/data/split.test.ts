import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { foldsOf, splitImages, type SplitEntry } from '../../../core/data/split.ts'
import { createRandom, shuffled } from '../../../core/tensor/random.ts'

const dataSets = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })
  .map((counts) =>
    counts.flatMap((count, label) =>
      Array.from({ length: count }, (_, index): SplitEntry => ({ path: `${label}/${index}.png`, label })),
    ),
  )
const fractions = fc.double({ min: 0.01, max: 0.99, noNaN: true })

function contents(side: readonly SplitEntry[]): Set<string> {
  return new Set(side.map((image) => image.duplicateOf ?? image.path))
}

describe('splitImages', () => {
  it('puts every image on exactly one side, about the fraction of each class, at least one on each side', () => {
    fc.assert(
      fc.property(dataSets, fractions, fc.integer(), (images, fraction, seed) => {
        const { training, validation } = splitImages(images, fraction, seed)
        const paths = [...training, ...validation].map(({ path }) => path)
        expect(paths.sort()).toEqual(images.map(({ path }) => path).sort())
        for (const label of new Set(images.map((image) => image.label))) {
          const total = images.filter((image) => image.label === label).length
          const held = validation.filter((image) => image.label === label).length
          expect(held).toBe(total === 1 ? 0 : Math.min(Math.max(Math.round(total * fraction), 1), total - 1))
        }
      }),
    )
  })

  it('depends on the seed and not on the order of the list', () => {
    fc.assert(
      fc.property(dataSets, fc.integer(), fc.integer(), (images, seed, order) => {
        expect(splitImages(shuffled(images, createRandom(order)), 0.2, seed)).toEqual(
          splitImages(images, 0.2, seed),
        )
      }),
    )
    const images = Array.from({ length: 50 }, (_, index) => ({ path: `${index}`, label: 0 }))
    expect(splitImages(images, 0.2, 1)).not.toEqual(splitImages(images, 0.2, 2))
  })

  it('never separates exact copies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 40 }), fc.integer(), (count, seed) => {
        const images = Array.from({ length: count }, (_, index): SplitEntry => {
          const original = `${index % 4}`
          return index < 4
            ? { path: original, label: 0 }
            : { path: `x${index}`, label: 0, duplicateOf: original }
        })
        const { training, validation } = splitImages(images, 0.3, seed)
        expect([...contents(training)].filter((content) => contents(validation).has(content))).toEqual([])
      }),
    )
  })
})

describe('foldsOf', () => {
  it('spreads every class evenly over the folds, whatever the order of the list', () => {
    fc.assert(
      fc.property(dataSets, fc.integer({ min: 2, max: 6 }), fc.integer(), (images, folds, seed) => {
        const found = foldsOf(images, folds, seed)
        for (const label of [...new Set(images.map((image) => image.label)), null]) {
          const sizes = Array.from({ length: folds }, (_, fold) => {
            return images.filter((image, i) => found[i] === fold && (label ?? image.label) === image.label)
              .length
          })
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        }
        const reversed = foldsOf([...images].reverse(), folds, seed)
        expect(reversed.reverse()).toEqual(found)
      }),
    )
  })

  it('keeps images that look alike in one fold', () => {
    const images = Array.from({ length: 40 }, (_, i) => ({ path: `${i}`, label: 0, group: `${i % 8}` }))
    const found = foldsOf(images, 5, 3)
    images.forEach((_, i) => expect(found[i]).toBe(found[i % 8]))
    expect(new Set(found).size).toBe(5)
  })
})
