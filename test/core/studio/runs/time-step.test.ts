/** @file A step is timed on the engine; the speed is that of steps, and nothing stays behind. */
import { describe, expect, it } from 'vitest'

import { timeStep } from '../../../../core/studio/runs/time-step.ts'
import { tinyRequest } from '../../../support/tiny-run.ts'

describe('timeStep', () => {
  it('reports how fast a model’s steps are at a resolution', async () => {
    const { model } = await tinyRequest()
    const small = await timeStep({ model, resolution: 12, device: 'cpu', optimiser: 'sgd' })
    const large = await timeStep({ model, resolution: 96, device: 'cpu', optimiser: 'sgd' })
    expect(typeof small.isCalm).toBe('boolean')
    // 64 times the patches: even on a busy machine that is slower.
    expect(large.imagesPerSecond).toBeLessThan(small.imagesPerSecond)
  })

  it.each(['sgd', 'adamw'] as const)('makes steps of %s', async (optimiser) => {
    const { model } = await tinyRequest()
    const { imagesPerSecond } = await timeStep({ model, resolution: 12, device: 'cpu', optimiser })
    expect(imagesPerSecond).toBeGreaterThan(0)
  })

  it('refuses a resolution that the patches do not divide', async () => {
    const { model } = await tinyRequest()
    const asked = timeStep({ model, resolution: 13, device: 'cpu', optimiser: 'sgd' })
    await expect(asked).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
