import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { brightnessOf, shadeOf } from '../../../renderer/charts/spotlight.ts'

describe('the light of an attention map', () => {
  it('is between 0 and 1 and keeps the order of the shares', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (shares) => {
        const light = brightnessOf(shares)
        expect(light.every((one) => one >= 0 && one <= 1)).toBe(true)
        for (const [i, a] of shares.entries())
          for (const [j, b] of shares.entries())
            if (a <= b) expect(light[i]).toBeLessThanOrEqual(light[j] ?? Number.NaN)
      }),
      { numRuns: 50 },
    )
  })

  it('is not dimmed by one patch that draws all attention', () => {
    const shares = [...Array.from({ length: 99 }, (_, i) => i / 100), 50]
    const light = brightnessOf(shares)
    expect(light[50]).toBeGreaterThan(0.4)
    expect(light[99]).toBe(1)
  })

  it('is the same everywhere where nothing stands out', () => {
    expect(brightnessOf([0.25, 0.25, 0.25, 0.25])).toEqual([1, 1, 1, 1])
  })

  it('becomes a black picture that is opaque where it is dark', () => {
    expect([...shadeOf([0, 1], 0.8)]).toEqual([0, 0, 0, 204, 0, 0, 0, 0])
  })
})
