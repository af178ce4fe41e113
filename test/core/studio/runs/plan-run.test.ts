/** @file Plans: the recipe that a training will follow, and a time that follows from an earlier run where there is one. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import type { Device } from '../../../../core/api/contract/devices.ts'
import { planRun, type PlanRequest } from '../../../../core/studio/runs/plan-run.ts'
import { chooseRecipe } from '../../../../core/train/recipe.ts'
import { readRecord } from '../../../../core/train/run-folder.ts'
import { begin, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const processor: Device = { kind: 'cpu', name: 'Processor', memoryMB: 8000, gflops: 100, reason: null }
const card: Device = { kind: 'webgpu', name: 'Card', memoryMB: null, gflops: 2000, reason: null }
const broken: Device = { kind: 'cuda', name: 'Other', memoryMB: null, gflops: null, reason: 'No driver.' }

async function requestOf(change: Partial<PlanRequest> = {}): Promise<PlanRequest> {
  vi.stubEnv('VIT_STUDIO_HOME', temporaryFolder())
  const { model } = await tinyRequest()
  return { model, resolution: 12, preset: 'quick', device: 'auto', training: 400, validation: 100, ...change }
}

describe('planRun', () => {
  it('decides as the training itself does', async () => {
    const request = await requestOf({ steps: 250, batch: 20 })
    const plan = await planRun(request, [processor])
    const { evaluateEvery, ...recipe } = chooseRecipe(request, { training: 400, validation: 100 })
    expect(plan).toMatchObject(recipe)
    expect(plan.evaluations).toBe(250 / evaluateEvery)
    expect(plan).toMatchObject({
      steps: 250,
      batch: 20,
      epochs: 12.5,
      evaluations: 10,
      momentum: 0.9,
      clip: 1,
    })
    expect(plan.seconds).toBeCloseTo((250 * 20 + (10 * 100) / 3) / (plan.imagesPerSecond ?? 0), 9)
  })

  it('takes the fastest device that works, or the one asked for', async () => {
    const request = await requestOf()
    const devices = [processor, broken, card]
    expect(await planRun(request, devices)).toMatchObject({ device: 'Card', isMeasured: false })
    expect((await planRun({ ...request, device: 'cpu' }, devices)).device).toBe('Processor')
    expect(await planRun({ ...request, device: 'cuda' }, devices)).toMatchObject({
      device: null,
      seconds: null,
    })
  })

  it('knows the speed once a run has shown it, also for another resolution', async () => {
    const request = await requestOf()
    const guessed = await planRun(request, [processor])
    expect(guessed.isMeasured).toBe(false)
    const home = process.env['VIT_STUDIO_HOME'] ?? ''
    await mkdir(join(home, 'runs'), { recursive: true })
    const out = join(home, 'runs', 'earlier')
    await trainUntil(await begin({ ...(await tinyRequest({ steps: 2 })), model: request.model, out }))
    const { result } = await readRecord(out)
    const measured = await planRun(request, [processor])
    expect(measured.isMeasured).toBe(true)
    // Up to the head, which is counted for two classes.
    expect((measured.imagesPerSecond ?? 0) / (result?.imagesPerSecond ?? 1)).toBeCloseTo(1, 2)
    const larger = await planRun({ ...request, resolution: 24 }, [processor])
    expect(larger.imagesPerSecond).toBeLessThan((measured.imagesPerSecond ?? 0) / 3)
    // Nothing is known of another device.
    expect((await planRun(request, [card])).isMeasured).toBe(false)
  })

  it('refuses numbers that do not fit together', async () => {
    const request = await requestOf({ steps: 10, warmup: 10 })
    await expect(planRun(request, [processor])).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
