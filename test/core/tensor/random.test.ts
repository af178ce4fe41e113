/** @file Seeded random numbers: repeatable, correctly distributed, and independent between forks. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  createRandom,
  forkRandom,
  integer,
  normal,
  shuffled,
  uniform,
  type Random,
} from '../../../core/tensor/random.ts'

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw)
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
const count = 100_000
// Five standard errors: a correct generator fails one such check in two million.
const tolerance = 5 / Math.sqrt(count)

function correlation(a: Random, b: Random): number {
  const pairs = draws(count, () => (uniform(a) - 0.5) * (uniform(b) - 0.5) * 12)
  return Math.abs(mean(pairs))
}

describe('uniform', () => {
  it('fills [0, 1) evenly', () => {
    const random = createRandom(1)
    const values = draws(count, () => uniform(random))
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    const bins = new Array<number>(16).fill(0)
    for (const value of values) bins[Math.floor(value * 16)]! += 1
    const expected = count / 16
    const chiSquare = bins.reduce((sum, observed) => sum + (observed - expected) ** 2 / expected, 0)
    // The 99.99 % quantile with 15 degrees of freedom.
    expect(chiSquare).toBeLessThan(44.3)
  })

  it('gives successive values that do not depend on each other', () => {
    const random = createRandom(2)
    expect(
      Math.abs(mean(draws(count, () => (uniform(random) - 0.5) * (uniform(random) - 0.5) * 12))),
    ).toBeLessThan(tolerance)
  })

  it('continues from its state alone', () => {
    const random = createRandom(3)
    draws(10, () => uniform(random))
    const continued: Random = { state: random.state }
    expect(draws(5, () => uniform(continued))).toEqual(draws(5, () => uniform(random)))
  })
})

describe('normal', () => {
  it('has mean 0, variance 1, no skew, kurtosis 3, and is finite', () => {
    const random = createRandom(4)
    const values = draws(count, () => normal(random))
    const moment = (power: number): number => mean(values.map((x) => x ** power))
    expect(values.every(Number.isFinite)).toBe(true)
    expect(Math.abs(moment(1))).toBeLessThan(tolerance)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(tolerance * Math.sqrt(2))
    expect(Math.abs(moment(3))).toBeLessThan(tolerance * Math.sqrt(15))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(tolerance * Math.sqrt(96))
  })
})

describe('integer', () => {
  it('gives every number below the bound, and no other', () => {
    const random = createRandom(5)
    expect(new Set(draws(500, () => integer(random, 7)))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
    expect(integer(random, 1)).toBe(0)
  })
})

describe('createRandom and forkRandom', () => {
  it('give unrelated streams for neighbouring seeds and keys', () => {
    for (const other of [createRandom(8), forkRandom(7, 0), forkRandom(7, 1)]) {
      expect(correlation(createRandom(7), other)).toBeLessThan(tolerance)
    }
    expect(correlation(forkRandom(7, 0, 1), forkRandom(7, 1, 0))).toBeLessThan(tolerance)
  })

  it('give the same stream for the same seed and keys, and another for other keys', () => {
    expect(forkRandom(1, 2, 3)).toEqual(forkRandom(1, 2, 3))
    const keys = Array.from({ length: 40 }, (_, epoch) =>
      Array.from({ length: 40 }, (__, image) => [epoch, image]),
    )
    const states = keys.flat().map((pair) => forkRandom(1, ...pair).state)
    expect(new Set(states).size).toBe(1600)
  })

  it('take any integer as a seed', () => {
    for (const seed of [-1, 0, 2 ** 31, 2 ** 32 - 1]) {
      const random = createRandom(seed)
      expect(uniform(random)).toBeLessThan(1)
      expect(Number.isInteger(random.state) && random.state >= 0 && random.state < 2 ** 32).toBe(true)
    }
  })
})

describe('shuffled', () => {
  it('is a permutation and leaves the list as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const before = [...items]
        const result = shuffled(items, createRandom(seed))
        expect(items).toEqual(before)
        expect(result.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b))
      }),
      { seed: 20 },
    )
  })

  it('puts every item at every place equally often', () => {
    const random = createRandom(6)
    const places = draws(6000, () => shuffled([0, 1, 2, 3], random).indexOf(0))
    const expected = 1500
    const chiSquare = [0, 1, 2, 3]
      .map((place) => places.filter((other) => other === place).length)
      .reduce((sum, observed) => sum + (observed - expected) ** 2 / expected, 0)
    // The 99.99 % quantile with 3 degrees of freedom.
    expect(chiSquare).toBeLessThan(21.1)
  })
})
