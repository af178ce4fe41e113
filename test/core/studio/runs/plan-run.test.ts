/** @file Plans: the recipe that training will follow, and a time based on steps of this model. */
import { describe, expect, it, vi } from 'vitest'

import type { Device } from '../../../../core/api/contract/devices.ts'
import { planRun, type PlanRequest, type PlanTools } from '../../../../core/studio/runs/plan-run.ts'
import type { StepToTime } from '../../../../core/studio/runs/step-timing.ts'
import { usualOptimiser } from '../../../../core/optim/optimisers.ts'
import { chooseRecipe } from '../../../../core/train/recipe.ts'
import { tinyRequest } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { outside } from '../../../../core/sentence.ts'

const processor: Device = { kind: 'cpu', name: 'Processor', memoryMB: 8000, gflops: 100, reason: null }
const card: Device = { kind: 'webgpu', name: 'Card', memoryMB: null, gflops: 2000, reason: null }
const broken: Device = {
  kind: 'cuda',
  name: 'Other',
  memoryMB: null,
  gflops: null,
  reason: outside('No driver.'),
}

/** Nothing can be timed at the moment. */
const guessing = (devices: readonly Device[]): PlanTools => ({ devices, timeStep: null })

async function requestOf(change: Partial<PlanRequest> = {}): Promise<PlanRequest> {
  vi.stubEnv('VIT_STUDIO_HOME', temporaryFolder())
  const { model } = await tinyRequest()
  const counts = { training: 400, validation: 100 }
  return { model, resolution: 12, preset: 'quick', optimiser: 'sgd', device: 'auto', ...counts, ...change }
}

describe('planRun', () => {
  it('decides as the training itself does', async () => {
    const request = await requestOf({ steps: 250, batch: 20 })
    const plan = await planRun(request, guessing([processor]))
    const { evaluateEvery, search, ...recipe } = chooseRecipe(
      { ...request, optimiser: usualOptimiser },
      { training: 400, validation: 100 },
      { patch: 4, grid: { rows: 3, columns: 3 } },
    )
    expect(search).toBeNull()
    expect(plan).toMatchObject({ ...recipe, trials: 0 })
    expect(plan.evaluations).toBe(250 / evaluateEvery)
    expect(plan).toMatchObject({
      steps: 250,
      batch: 20,
      epochs: 12.5,
      evaluations: 10,
      momentum: 0.9,
      clip: 1,
    })
    // Forward only: the evaluations, and all images once for the probe.
    expect(plan.seconds).toBeCloseTo((250 * 20 + (10 * 100 + 500) / 3) / (plan.imagesPerSecond ?? 0), 9)
  })

  it('counts the trials of a search, which cost up to two trainings more', async () => {
    const request = await requestOf({ steps: 1000, batch: 20 })
    const [plain, searched] = await Promise.all(
      [false, true].map(async (search) => planRun({ ...request, search }, guessing([processor]))),
    )
    expect(searched).toMatchObject({ trials: 12 })
    // 1920 steps, and a fifth of 400 images after each trial.
    const more = (1920 * 20 + (12 * 80) / 3) / (plain!.imagesPerSecond ?? 0)
    expect(searched!.seconds! - plain!.seconds!).toBeCloseTo(more, 9)
    expect(searched!.seconds! / plain!.seconds!).toBeLessThan(3)
    expect((await planRun({ ...request, preset: 'thorough' }, guessing([processor]))).trials).toBe(12)
  })

  it('takes the fastest device that works, or the one asked for', async () => {
    const request = await requestOf()
    const devices = [processor, broken, card]
    expect(await planRun(request, guessing(devices))).toMatchObject({ device: 'Card', isMeasured: false })
    expect((await planRun({ ...request, device: 'cpu' }, guessing(devices))).device).toBe('Processor')
    expect(await planRun({ ...request, device: 'cuda' }, guessing(devices))).toMatchObject({
      device: null,
      seconds: null,
    })
  })

  it('times a step of this very model, once where the machine is calm', async () => {
    const request = await requestOf()
    const asked: StepToTime[] = []
    const timing = (imagesPerSecond: number, isCalm: boolean): PlanTools => ({
      devices: [processor],
      timeStep: async (subject) => {
        asked.push(subject)
        return { imagesPerSecond, isCalm }
      },
    })
    // A busy machine gives the fastest speed seen on it, until it is calm.
    expect(await planRun(request, timing(5, false))).toMatchObject({ imagesPerSecond: 5, isMeasured: false })
    expect(await planRun(request, timing(8, false))).toMatchObject({ imagesPerSecond: 8, isMeasured: false })
    expect(await planRun(request, timing(2, false))).toMatchObject({ imagesPerSecond: 8, isMeasured: false })
    expect(await planRun(request, timing(40, true))).toMatchObject({ imagesPerSecond: 40, isMeasured: true })
    expect(await planRun(request, timing(1, true))).toMatchObject({ imagesPerSecond: 40, isMeasured: true })
    const subject = { model: request.model, resolution: 12, device: 'cpu', optimiser: 'sgd' }
    expect(asked).toEqual([subject, subject, subject, subject])
    expect(await planRun(request, guessing([processor]))).toMatchObject({ imagesPerSecond: 40 })
    // None of it applies to another resolution or another device.
    await planRun({ ...request, resolution: 24 }, timing(9, true))
    expect(asked).toHaveLength(5)
    expect((await planRun(request, guessing([card]))).isMeasured).toBe(false)
    // Nor to another optimiser, which has its own rate.
    const adamw = await planRun({ ...request, optimiser: 'adamw' }, timing(30, true))
    expect(adamw).toMatchObject({ optimiser: 'adamw', momentum: null, imagesPerSecond: 30 })
    expect(asked.at(-1)).toEqual({ ...subject, optimiser: 'adamw' })
    const { learningRate } = await planRun(request, guessing([processor]))
    expect(adamw.learningRate).toBeCloseTo(0.01 * learningRate, 12)
  })

  it('refuses numbers that do not fit together', async () => {
    const request = await requestOf({ steps: 10, warmup: 10 })
    await expect(planRun(request, guessing([processor]))).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
