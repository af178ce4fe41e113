import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import * as memory from '../../../core/train/step/memory.ts'
import { resumeRun, type FineTuneRequest } from '../../../core/train/start.ts'
import { writeDataSet } from '../data/folders.ts'
import { begin, tinyRequest, trainUntil } from '../../support/tiny-run.ts'

const chosenByUs = {
  steps: undefined,
  batch: undefined,
  microBatch: undefined,
  learningRate: undefined,
  warmup: undefined,
}

describe('startRun', () => {
  it.each([
    ['quick', {}, { steps: 80, warmup: 8, evaluateEvery: 8 }, 0.01],
    ['standard', {}, { steps: 300, warmup: 30, evaluateEvery: 30 }, 0.01],
    ['thorough', {}, { steps: 1000, warmup: 100, evaluateEvery: 100 }, 0.01],
    ['paper', {}, { steps: 500, warmup: 100, evaluateEvery: 50, progressive: null }, 0.01],
    ['standard', { steps: 8 }, { steps: 8, warmup: 0, evaluateEvery: 1 }, 0.01],
  ] as const)('fills in %s for what is left out: %o', async (preset, given, expected, reference) => {
    const { record, data } = await begin(await tinyRequest({ ...chosenByUs, preset, ...given }))
    expect(data.training).toHaveLength(9)
    // A batch is never larger than the folder; rates are meant for batches of 32.
    const batch = { batch: 9, microBatch: 9, learningRate: (reference * 9) / 32 }
    expect(record.settings).toMatchObject({ ...expected, ...batch })
  })

  it('cuts the batch where memory is short, and takes what is set', async () => {
    const available = vi.spyOn(memory, 'availableMemory')
    const { config } = (await begin(await tinyRequest())).record.model
    available.mockReturnValue(memory.trainingMemory(config, 5))
    try {
      const left = await begin(await tinyRequest({ ...chosenByUs }))
      expect(left.record.settings).toMatchObject({ batch: 9, microBatch: 5 })
      const set = await begin(await tinyRequest({ ...chosenByUs, batch: 4, microBatch: 6 }))
      expect(set.record.settings).toMatchObject({ batch: 4, microBatch: 4 })
    } finally {
      available.mockRestore()
    }
  })

  it('starts with a zero head for the classes of the folder, and resized positions', async () => {
    const request = await tinyRequest({ resolution: 20, positionResize: 'jax' })
    await writeDataSet(request.data, ['dog'], 5)
    const { record, parameters, slots, progress } = await begin(request)
    expect(record.classes).toEqual(['ant', 'bee', 'cat', 'dog'])
    expect(record.model).toMatchObject({
      positionResize: 'jax',
      config: { classes: 4, grid: { rows: 5, columns: 5 } },
    })
    expect(record.preprocessing.resolution).toEqual({ height: 20, width: 20 })
    expect(parameters.get('head.weight')).toMatchObject({ shape: [4, 16], data: new Float32Array(64) })
    expect(parameters.get('positionEmbedding')?.shape).toEqual([26, 16])
    expect({ slots, progress }).toEqual({
      slots: null,
      progress: { step: 0, best: null, evaluation: null },
    })
  })

  it('keeps the shape of a model whose images are not square, and trains it', async () => {
    const request = await tinyRequest({ steps: 2 }, { grid: { rows: 2, columns: 4 } })
    const run = await begin(request)
    expect(run.record.preprocessing.resolution).toEqual({ height: 8, width: 16 })
    expect((await trainUntil(run)).at(-1)).toMatchObject({ type: 'done' })
  })

  it('continues from a run as from any model', async () => {
    const request = await tinyRequest({ steps: 2 })
    await trainUntil(await begin(request))
    const next = await begin({
      ...request,
      model: request.out,
      out: `${request.out}-2`,
      positionResize: 'hf',
    })
    expect(next.record.model).toMatchObject({ source: request.out, positionResize: 'hf' })
    expect((await resumeRun(next.directory)).parameters).toEqual(next.parameters)
  })

  const refused: [string, Partial<FineTuneRequest>, string][] = [
    ['a resolution between patches', { resolution: 30 }, 'patch size, 4 pixels. The nearest that is: 32.'],
    [
      'a warm-up as long as the run',
      { steps: 5, warmup: 5 },
      'warm-up of 5 steps is not shorter than the run of 5',
    ],
    ['a model that is not there', { model: '/nowhere/model' }, '/nowhere/model'],
  ]
  it.each(refused)('refuses %s before anything is written', async (_, changes, sentence) => {
    const request = await tinyRequest(changes)
    await expect(begin(request)).rejects.toThrow(sentence)
    expect(existsSync(request.out)).toBe(false)
  })

  it('refuses a folder that holds a run, and one without two classes', async () => {
    const request = await tinyRequest()
    await begin(request)
    await expect(begin(request)).rejects.toMatchObject({
      code: 'invalid_input',
      message: `${request.out} already contains a run. Continue it with --resume, or choose another folder.`,
    })
    const data = join(request.out, 'one')
    await writeDataSet(data, ['ant'], 3)
    await expect(begin({ ...request, data, out: `${request.out}-2` })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('class'),
    })
  })
})
