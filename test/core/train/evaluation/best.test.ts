/** @file Which weights are the best: clear differences by accuracy, unclear ones by loss. */
import { describe, expect, it } from 'vitest'

import { isBetter } from '../../../../core/train/evaluation/best.ts'

describe('isBetter', () => {
  const best = { accuracy: 0.9, loss: 0.5 }

  it('takes the smaller loss where either accuracy lies in the interval of the other', () => {
    // One image of 40 fewer, and answers that are much surer.
    expect(isBetter({ accuracy: 0.875, loss: 0.33 }, best, 40)).toBe(true)
    expect(isBetter({ accuracy: 0.925, loss: 0.75 }, best, 40)).toBe(false)
    expect(isBetter({ accuracy: 0.9, loss: 0.5 }, best, 40)).toBe(false)
  })

  it('takes the higher accuracy where the difference is not luck', () => {
    expect(isBetter({ accuracy: 0.875, loss: 0.33 }, best, 10_000)).toBe(false)
    expect(isBetter({ accuracy: 0.925, loss: 0.75 }, best, 10_000)).toBe(true)
    expect(isBetter({ accuracy: 0.5, loss: 0.1 }, best, 40)).toBe(false)
  })

  it('takes anything where there is nothing yet', () => {
    expect(isBetter({ accuracy: 0, loss: 9 }, null, 40)).toBe(true)
  })
})
