/** @file The schedule against its formula's landmarks and the rates of the golden fine-tuning runs. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import { learningRateAt, presets, scaledPeak, type Schedule } from '../../../core/train/schedule.ts'
import { readGolden } from '../../support/golden.ts'
import { sharedFolder, withoutShared } from '../../support/shared.ts'

describe('learningRateAt', () => {
  it('rises linearly from 0 to the peak and falls along a cosine to 0', () => {
    const schedule = { peak: 0.4, warmup: 10, total: 110 }
    expect(learningRateAt(0, schedule)).toBe(0)
    expect(learningRateAt(5, schedule)).toBeCloseTo(0.2, 12)
    expect(learningRateAt(10, schedule)).toBeCloseTo(0.4, 12)
    expect(learningRateAt(35, schedule)).toBeCloseTo(0.2 * (1 + Math.SQRT1_2), 12)
    expect(learningRateAt(60, schedule)).toBeCloseTo(0.2, 12)
    expect(learningRateAt(110, schedule)).toBeCloseTo(0, 12)
    expect(learningRateAt(500, schedule)).toBeCloseTo(0, 12)
  })

  it('starts at the peak without a warm-up', () => {
    expect(learningRateAt(0, { peak: 0.1, warmup: 0, total: 3 })).toBe(0.1)
  })

  it('never leaves [0, peak], rises in the warm-up and falls after it', () => {
    const schedules = fc
      .record({
        peak: fc.double({ min: 1e-5, max: 1, noNaN: true }),
        warmup: fc.nat(50),
        rest: fc.integer({ min: 1, max: 200 }),
      })
      .map(({ peak, warmup, rest }) => ({ peak, warmup, total: warmup + rest }))
    fc.assert(
      fc.property(schedules, (schedule) => {
        const rates = Array.from({ length: schedule.total + 1 }, (_, step) => learningRateAt(step, schedule))
        rates.forEach((rate, step) => {
          expect(rate).toBeGreaterThanOrEqual(0)
          expect(rate).toBeLessThanOrEqual(schedule.peak)
          if (step > 0 && step <= schedule.warmup) expect(rate).toBeGreaterThan(rates[step - 1]!)
          if (step > schedule.warmup) expect(rate).toBeLessThanOrEqual(rates[step - 1]!)
        })
      }),
    )
  })

  it('refuses a warm-up that is not shorter than the run, with both numbers', () => {
    for (const [warmup, total] of [
      [10, 10],
      [20, 10],
      [-1, 10],
      [0, 0],
      [NaN, 10],
    ] as const) {
      const schedule: Schedule = { peak: 0.1, warmup, total }
      expect(() => learningRateAt(0, schedule)).toThrow(AppError)
      expect(() => learningRateAt(0, schedule)).toThrow(`${warmup} steps and the whole run ${total}`)
    }
  })

  // The golden runs warm up for two steps and then hold the rate, which is this schedule with an endless decay.
  it.skipIf(sharedFolder === null)(`warms up as the golden runs do${withoutShared}`, () => {
    const runs = readGolden().finetune
    expect(runs.length).toBeGreaterThan(0)
    for (const { steps } of runs) {
      steps.forEach(({ lr }, step) => {
        expect(learningRateAt(step, { peak: 0.01, warmup: 2, total: 1e9 })).toBeCloseTo(lr, 12)
      })
    }
  })
})

describe('presets and scaling', () => {
  it('scales the peak in proportion to small batches, and with the root of large ones', () => {
    expect(scaledPeak(0.015, 32)).toBe(0.015)
    expect(scaledPeak(0.015, 8)).toBeCloseTo(0.00375, 12)
    expect(scaledPeak(0.015, 128)).toBeCloseTo(0.03, 12)
  })

  it('stays within the published grid at the batch it is for', () => {
    for (const { referencePeak } of Object.values(presets)) {
      expect(scaledPeak(referencePeak, 512)).toBeGreaterThanOrEqual(0.003)
      expect(scaledPeak(referencePeak, 512)).toBeLessThanOrEqual(0.06 + 1e-12)
    }
  })

  it('gives schedules that are valid', () => {
    for (const { steps, warmup, referencePeak } of Object.values(presets)) {
      expect(learningRateAt(warmup, { peak: referencePeak, warmup, total: steps })).toBeCloseTo(
        referencePeak,
        12,
      )
    }
  })
})
