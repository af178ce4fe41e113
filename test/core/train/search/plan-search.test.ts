/** @file What a search may cost, for any length of training, and which grid it has. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  costOf,
  costOfRounds,
  developmentImages,
  lengthOf,
  planSearch,
  type SearchRequest,
} from '../../../../core/train/search/plan-search.ts'
import { trialsOf } from '../../../../core/train/search/search-record.ts'

const request = (changes: Partial<SearchRequest> = {}): SearchRequest => ({
  isRequired: false,
  learningRate: 0.01,
  augment: 'standard',
  isRateGiven: false,
  isAugmentGiven: false,
  training: 400,
  length: lengthOf(
    { steps: 1000, batch: 32, low: { steps: 800, cost: 0.25 }, evaluateEvery: 100, head: 'probe' },
    { training: 400, validation: 100 },
  ),
  ...changes,
})

describe('a training', () => {
  it('costs its steps, cheaper ones at a lower resolution, and a third of a step for what only runs forward', () => {
    const { length } = request()
    // 200 full and 800 quarter steps of 32 images; ten evaluations of 100 images, and the features of 500.
    expect(costOf(length)).toBeCloseTo((200 + 800 / 4) * 32 + (10 * 100 + 500) / 3, 9)
  })
})

describe('a search', () => {
  it('of a thorough training has nine trials of 12 % of its steps and three of 28 %', () => {
    const { length, training } = request()
    const search = planSearch(request())!
    expect(search.rounds).toEqual([
      { trials: 9, steps: 120 },
      { trials: 3, steps: 280 },
    ])
    expect(trialsOf(search)).toBe(12)
    const trials = costOfRounds(search.rounds, length, training)
    // 9 · 120 + 3 · 280 = 1920 steps, of which four in five cost a quarter, 12 evaluations and the features of all.
    expect(trials).toBeCloseTo(1920 * 0.4 * 32 + (12 * 80 + 400) / 3, 9)
    expect(trials / costOf(length)).toBeCloseTo(1.88, 2)
  })

  it('costs with the training at most three trainings, whatever these are', () => {
    const sizes = fc.record({
      steps: fc.integer({ min: 1, max: 5000 }),
      batch: fc.integer({ min: 1, max: 256 }),
      lowShare: fc.option(fc.double({ min: 0.05, max: 0.95, noNaN: true }), { nil: null }),
      lowCost: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      evaluations: fc.integer({ min: 1, max: 10 }),
      training: fc.integer({ min: 2, max: 20_000 }),
      validation: fc.integer({ min: 0, max: 5000 }),
      isRateGiven: fc.boolean(),
    })
    const isPlanned = { yes: 0, no: 0 }
    fc.assert(
      fc.property(sizes, (one) => {
        const { steps, batch, lowShare, lowCost, evaluations, training, validation, isRateGiven } = one
        const low = lowShare === null ? null : { steps: Math.round(steps * lowShare), cost: lowCost }
        const evaluateEvery = Math.max(1, Math.round(steps / evaluations))
        const length = lengthOf({ steps, batch, low, evaluateEvery, head: 'probe' }, { training, validation })
        const search = planSearch(request({ training, length, isRateGiven }))
        isPlanned[search === null ? 'no' : 'yes']++
        if (search === null) return
        const trials = costOfRounds(search.rounds, length, training)
        expect(costOf(length) + trials).toBeLessThanOrEqual(3 * costOf(length))
        expect(search.rounds.at(-1)!.steps).toBeGreaterThanOrEqual(60)
      }),
      { numRuns: 500 },
    )
    expect(isPlanned.yes).toBeGreaterThan(100)
    expect(isPlanned.no).toBeGreaterThan(10)
  })

  it('has one round where one axis is given', () => {
    expect(planSearch(request({ isRateGiven: true }))).toMatchObject({
      learningRates: [0.01],
      augments: ['gentle', 'mild', 'standard'],
      rounds: [{ trials: 3, steps: 280 }],
    })
  })

  it('is refused, or left out, where the training is too short for trials that say something', () => {
    const length = { ...request().length, steps: 80, low: { steps: 64, cost: 0.25 } }
    expect(planSearch(request({ length }))).toBeNull()
    expect(() => planSearch(request({ length, isRequired: true }))).toThrow(
      'A training of 80 steps is too short for a search',
    )
    expect(planSearch(request({ length: { ...length, steps: 300, low: null } }))).not.toBeNull()
  })

  it('is judged by at most a thousand images', () => {
    expect([400, 5000, 100_000].map(developmentImages)).toEqual([80, 1000, 1000])
  })

  it('is refused, or left out, where there is nothing to find', () => {
    const both = request({ isRateGiven: true, isAugmentGiven: true })
    expect(planSearch(both)).toBeNull()
    expect(() => planSearch({ ...both, isRequired: true })).toThrow('nothing to find')
  })
})
