/** @file Figures of held-out logits under an adjustment, against counts by hand. */
import { describe, expect, it } from 'vitest'

import { floats } from '../../../../core/tensor/tensor.ts'
import { figuresOf } from '../../../../core/train/evaluation/held-out-figures.ts'
import { logitAdjustment, temperatureAlone } from '../../../../core/train/evaluation/logit-adjustment.ts'

describe('figuresOf', () => {
  // Eight images of a frequent class and two of a rare one, of which one is just missed.
  const labels = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
  const frequent = Array.from({ length: 8 }, () => [3, 0]).flat()
  const logits = floats([10, 2], [...frequent, 0.5, 0, 0, 2])
  const heldOut = { logits, skipped: [], temperature: 2 }

  it('counts every class alike in the balanced accuracy, and compares calibration before and after', () => {
    const figures = figuresOf(heldOut, labels, temperatureAlone(heldOut, 2))
    expect(figures.accuracy).toBeCloseTo(0.9, 12)
    expect(figures.balancedAccuracy).toBeCloseTo(0.75, 12)
    // At T = 2 the logits 3, 2 and 0.5 stand for 0.818, 0.731 and 0.562; before for 0.953, 0.881 and 0.622.
    const { before, after } = figures.calibrationError!
    expect(before).toBeLessThan(after)
    expect(figures.thresholds).toEqual([
      { precision: 0.9, threshold: { probability: expect.closeTo(0.562, 3), answered: 1, precision: 0.9 } },
      { precision: 0.95, threshold: { probability: expect.closeTo(0.731, 3), answered: 0.9, precision: 1 } },
      { precision: 0.99, threshold: { probability: expect.closeTo(0.731, 3), answered: 0.9, precision: 1 } },
    ])
  })

  it('finds the rare class where fairness is asked for', () => {
    const figures = figuresOf(heldOut, labels, logitAdjustment(2, 0.5, [90, 10]))
    expect(figures.balancedAccuracy).toBe(1)
    expect(figures.confusion).toEqual([
      [8, 0],
      [0, 2],
    ])
  })
})
