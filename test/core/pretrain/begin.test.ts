/** @file Pretraining as a run: begun from nothing and from an earlier one, stopped, continued and damaged. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { beginPretraining, resumePretraining, type PretrainRequest } from '../../../core/pretrain/begin.ts'
import { at } from '../../../core/tensor/shape.ts'
import { parameter } from '../../../core/tensor/tensor.ts'
import { readLast } from '../../../core/train/run/checkpoint-files.ts'
import type { StepEvent, TrainEvent } from '../../../core/train/events.ts'
import { readMetrics } from '../../../core/train/run/history.ts'
import { openModel } from '../../../core/train/model/open-model.ts'
import { readRunData } from '../../../core/train/run/run-folder.ts'
import { resumeRun } from '../../../core/train/start.ts'
import type { RunToTrain } from '../../../core/train/session.ts'
import { train } from '../../../core/train/trainer.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { begin as beginFineTuning, tinyRequest } from '../../support/tiny-run.ts'

const engine = createOrtEngine('cpu')
const renderer = { workers: 1 }

function requested(changes: Partial<PretrainRequest> = {}): PretrainRequest {
  return {
    out: join(temporaryFolder(), 'run'),
    width: 64,
    depth: 2,
    heads: 2,
    patch: 8,
    resolution: 32,
    classes: 3,
    classSeed: 1,
    steps: 60,
    batch: 32,
    learningRate: 3e-3,
    warmup: 5,
    weightDecay: 0.05,
    clip: 1,
    labelSmoothing: 0.1,
    seed: 1,
    ...changes,
  }
}

const begin = async (request: PretrainRequest): Promise<RunToTrain> =>
  beginPretraining(request, { engine: 'cpu', renderer })

const resume = async (folder: string, steps?: number): Promise<RunToTrain> =>
  resumePretraining(folder, steps, { renderer })

async function runAll(run: RunToTrain, stopAt = Infinity): Promise<StepEvent[]> {
  const steps: StepEvent[] = []
  const stop = new AbortController()
  for await (const event of train(run, { engine, signal: stop.signal })) {
    if (event.type === 'step') steps.push(event)
    if (event.type === 'step' && event.step === stopAt) stop.abort()
  }
  return steps
}

function mean(steps: readonly StepEvent[], of: 'loss' | 'accuracy'): number {
  return steps.reduce((sum, step) => sum + step[of], 0) / steps.length
}

describe('a pretraining', () => {
  it('learns to tell the formulas apart', async () => {
    const run = await begin(requested({ steps: 200, learningRate: 2e-3 }))
    const steps = await runAll(run)
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
    const [first, last] = [steps.slice(0, 20), steps.slice(-20)]
    expect(mean(first, 'loss')).toBeGreaterThan(1)
    expect(mean(last, 'loss')).toBeLessThan(mean(first, 'loss') - 0.1)
    expect(mean(last, 'accuracy')).toBeGreaterThan(0.42)
    // A share of 32 pictures, whatever the labels are smoothed by; of a zero head all classes share the top.
    expect(at(steps, 0).accuracy).toBeCloseTo(1 / 3, 6)
    for (const { accuracy } of steps.slice(10))
      expect(Math.abs(32 * accuracy - Math.round(32 * accuracy))).toBeLessThan(1e-4)
    expect((await readMetrics(run.directory)).map(({ step }) => step)).toHaveLength(200)
  })

  it('that was stopped is continued to the same numbers', async () => {
    const [whole, parts] = [requested({ steps: 12, batch: 4 }), requested({ steps: 12, batch: 4 })]
    await runAll(await begin(whole))
    await expect(runAll(await begin(parts), 5)).rejects.toMatchObject({ code: 'cancelled' })
    const continued = await resume(parts.out)
    expect(continued.progress.step).toBe(5)
    await runAll(continued)
    for (const name of ['last.safetensors', 'metrics.jsonl'])
      expect(readFileSync(join(parts.out, name))).toEqual(readFileSync(join(whole.out, name)))
  })

  it('that saved nothing starts over to the same numbers', async () => {
    const request = requested({ steps: 3, batch: 4 })
    const run = await begin(request)
    const again = await resume(request.out)
    expect(again.parameters).toEqual(run.parameters)
    expect(again.progress.step).toBe(0)
    expect(await runAll(again)).toHaveLength(3)
  })

  it('goes on longer than was planned, also when it has finished', async () => {
    const { out } = requested()
    await runAll(await begin(requested({ out, steps: 1, warmup: 0, batch: 2 })))
    await expect(resume(out)).rejects.toThrow(/1 of 1 steps/)
    const longer = await resume(out, 3)
    expect(longer.record.settings).toMatchObject({ steps: 3, batch: 2 })
    expect((await runAll(longer)).map(({ step }) => step)).toEqual([2, 3])
    expect((await readLast(out, longer.record))?.progress.step).toBe(3)
    await expect(resume(out)).rejects.toThrow(/3 of 3 steps/)
  })

  it('says in a sentence which of its files is damaged, and goes on from the checkpoint before', async () => {
    const request = requested({ steps: 6, batch: 2 })
    const events: TrainEvent[] = []
    await expect(runAll(await begin(request), 2)).rejects.toMatchObject({ code: 'cancelled' })
    await expect(runAll(await resume(request.out), 4)).rejects.toMatchObject({ code: 'cancelled' })
    const path = join(request.out, 'last.safetensors')
    writeFileSync(path, readFileSync(path).subarray(0, 5000))
    const recovered = await resume(request.out)
    expect(recovered.notes).toEqual([{ type: 'olderCheckpoint', step: 2 }])
    for await (const event of train(recovered, { engine })) events.push(event)
    expect(events.at(-1)?.type).toBe('done')
    const settings = join(request.out, 'run.json')
    const text = readFileSync(settings, 'utf8')
    for (const damaged of [text.slice(0, 60), '', text.replace('"steps": 6', '"steps": 8')]) {
      writeFileSync(settings, damaged)
      const refused = { code: 'invalid_input', message: expect.stringContaining(settings) }
      await expect(resume(request.out)).rejects.toMatchObject(refused)
    }
  })
})

describe('a pretraining from an earlier one', () => {
  it('goes on at another resolution with what that has learned', async () => {
    const small = requested({ seed: 5, steps: 2, batch: 2, warmup: 0 })
    await runAll(await begin(small))
    const { parameters: from } = await openModel(small.out)
    const { parameters: to } = await begin(requested({ from: small.out, resolution: 48, classes: 4 }))
    expect(parameter(to, 'blocks.1.mlp1.weight')).toEqual(parameter(from, 'blocks.1.mlp1.weight'))
    expect(parameter(to, 'positionEmbedding').shape).toEqual([37, 64])
    expect(parameter(to, 'head.weight').shape).toEqual([4, 64])
    const { parameters: same } = await begin(requested({ from: small.out }))
    expect(parameter(same, 'head.weight')).toEqual(parameter(from, 'head.weight'))
  })

  it('refuses to begin where there is a run, from another network and from nothing', async () => {
    const request = requested({ steps: 1, batch: 2, warmup: 0 })
    await runAll(await begin(request))
    await expect(begin(request)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(begin(requested({ from: request.out, width: 32 }))).rejects.toThrow(/embedding\.weight/)
    const nothing = requested({ from: temporaryFolder() })
    await expect(begin(nothing)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('runs of two kinds', () => {
  it('are told apart in sentences', async () => {
    const { out } = await begin(requested()).then(({ directory }) => ({ out: directory }))
    await expect(readRunData(out)).rejects.toThrow(/is a pretraining on rendered pictures and has no images/)
    await expect(resumeRun(out)).rejects.toMatchObject({ code: 'invalid_input' })
    const fineTuning = await beginFineTuning(await tinyRequest())
    await expect(resume(fineTuning.directory)).rejects.toThrow(/is a fine-tuning on images/)
  })
})
