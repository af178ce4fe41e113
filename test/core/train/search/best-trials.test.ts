import { describe, expect, it } from 'vitest'

import { bestTrials } from '../../../../core/train/search/best-trials.ts'
import type { Trial } from '../../../../core/train/search/search-record.ts'

const trial = (learningRate: number, accuracy: number | null, loss: number | null): Trial => ({
  learningRate,
  augment: 'mild',
  round: 1,
  steps: 10,
  state: accuracy === null ? 'failed' : 'done',
  accuracy,
  loss,
  losses: [],
})

const rates = (trials: readonly Trial[]): number[] => trials.map(({ learningRate }) => learningRate)

describe('the best trials', () => {
  it('have the smaller losses where accuracies are too close to tell', () => {
    const trials = [trial(1, 0.9, 0.5), trial(2, 0.88, 0.3), trial(3, 0.92, 0.4), trial(4, 0.9, 0.6)]
    expect(rates(bestTrials(trials, 3, 80))).toEqual([2, 3, 1])
  })

  it('have clearly more right, whatever the loss', () => {
    const trials = [trial(1, 0.5, 0.5), trial(2, 0.9, 0.7), trial(3, 0.4, 0.2)]
    expect(rates(bestTrials(trials, 2, 200))).toEqual([2, 1])
  })

  it('are the first of equal ones, and fewer where others diverged', () => {
    const trials = [trial(1, null, null), trial(2, 0.9, 0.5), trial(3, 0.9, 0.5)]
    expect(rates(bestTrials(trials, 3, 80))).toEqual([2, 3])
    expect(bestTrials(trials.slice(0, 1), 3, 80)).toEqual([])
  })
})
