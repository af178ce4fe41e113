/** @file What a recipe chooses by the number of images; the presets' own numbers are tested where runs begin. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { OptimiserSettings, usualOptimiser } from '../../../core/optim/optimisers.ts'
import { chooseRecipe, type RecipeRequest } from '../../../core/train/recipe.ts'

const usual = { patch: 16, grid: { rows: 14, columns: 14 } }

describe('chooseRecipe', () => {
  it('chooses the peak rate for the optimiser, and takes one that is asked for as it is', () => {
    const peakOf = (request: Partial<RecipeRequest>): number =>
      chooseRecipe({ preset: 'quick', ...request }, { training: 400, validation: 100 }, usual).learningRate
    const adamw = OptimiserSettings.parse({ kind: 'adamw' })
    expect(peakOf({})).toBeCloseTo(0.01, 12)
    expect(peakOf({ optimiser: usualOptimiser })).toBeCloseTo(0.01, 12)
    expect(peakOf({ optimiser: adamw })).toBeCloseTo(1e-4, 12)
    expect(peakOf({ optimiser: adamw, learningRate: 0.003 })).toBe(0.003)
  })

  it('evaluates ten times where that costs little, and at least twice', () => {
    const evaluations = (validation: number): number => {
      const { steps, evaluateEvery } = chooseRecipe(
        { preset: 'paper', steps: 100 },
        { training: 16_000, validation },
        usual,
      )
      return Math.ceil(steps / evaluateEvery)
    }
    // Quick looks at 3,200 images in its steps.
    expect([0, 1, 480, 960, 1200, 4000, 100_000].map(evaluations)).toEqual([10, 10, 10, 5, 4, 2, 2])
  })

  it('never lets evaluations but the first two take more than half of the time of the steps', () => {
    const sizes = fc.record({
      steps: fc.integer({ min: 1, max: 3000 }),
      batch: fc.integer({ min: 1, max: 64 }),
      validation: fc.integer({ min: 1, max: 50_000 }),
    })
    fc.assert(
      fc.property(sizes, ({ steps, batch, validation }) => {
        const images = { training: 100_000, validation }
        const { evaluateEvery } = chooseRecipe({ preset: 'paper', steps, batch, warmup: 0 }, images, usual)
        const evaluations = Math.ceil(steps / evaluateEvery)
        // Steps come in whole numbers, so that there may be a few evaluations more.
        const allowed = Math.max(2, (1.5 * steps * batch) / validation)
        expect(evaluations).toBeLessThanOrEqual(1.6 * allowed + 1)
      }),
    )
  })
})
