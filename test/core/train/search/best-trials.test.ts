import { describe, expect, it } from 'vitest'

import { bestOfEachRate, bestTrial } from '../../../../core/train/search/best-trials.ts'
import type { Trial } from '../../../../core/train/search/search-record.ts'

const trial = (
  learningRate: number,
  accuracy: number | null,
  loss: number | null,
  augment: Trial['augment'] = 'mild',
): Trial => ({
  learningRate,
  augment,
  round: 1,
  steps: 10,
  state: accuracy === null ? 'failed' : 'done',
  accuracy,
  loss,
  losses: [],
})

describe('the best trial', () => {
  it('has the smallest loss where accuracies are too close to tell', () => {
    const trials = [trial(1, 0.9, 0.5), trial(2, 0.88, 0.3), trial(3, 0.92, 0.4)]
    expect(bestTrial(trials, 80)?.learningRate).toBe(2)
  })

  it('has clearly more right, whatever the loss', () => {
    const trials = [trial(1, 0.5, 0.5), trial(2, 0.9, 0.7), trial(3, 0.4, 0.2)]
    expect(bestTrial(trials, 200)?.learningRate).toBe(2)
  })

  it('is the first of equal ones, and none where all diverged', () => {
    expect(bestTrial([trial(1, null, null), trial(2, 0.9, 0.5), trial(3, 0.9, 0.5)], 80)?.learningRate).toBe(
      2,
    )
    expect(bestTrial([trial(1, null, null)], 80)).toBeNull()
  })

  it('of each rate goes on, however much better another rate is', () => {
    const trials = [
      trial(1, 0.9, 0.1, 'gentle'),
      trial(1, 0.9, 0.2, 'mild'),
      trial(2, 0.6, 0.9, 'gentle'),
      trial(2, 0.6, 0.8, 'mild'),
      trial(3, null, null, 'gentle'),
    ]
    expect(bestOfEachRate(trials, 80).map((one) => [one.learningRate, one.augment])).toEqual([
      [1, 'gentle'],
      [2, 'mild'],
    ])
  })
})
