/** @file How a run answers after its training: the same through predictions, exports and what is kept of held-out images. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { temporaryFolder } from '../../../support/temporary.ts'
import { begin, cpu, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'
import { parameter } from '../../../../core/tensor/tensor.ts'
import { chooseAnswers } from '../../../../core/train/evaluation/answers.ts'
import { readBest } from '../../../../core/train/run/checkpoint-files.ts'
import { exportRun } from '../../../../core/train/model/export.ts'
import { heldOutAnswers } from '../../../../core/train/evaluation/held-out-answers.ts'
import { softmax } from '../../../../core/train/evaluation/metrics.ts'
import { openModel } from '../../../../core/train/model/open-model.ts'
import { predictFiles } from '../../../../core/train/model/predict.ts'
import { openPredictor } from '../../../../core/train/model/predictor.ts'
import type { FineTuneRequest, FineTuneRun } from '../../../../core/train/start.ts'

async function trained(changes: Partial<FineTuneRequest> = {}): Promise<FineTuneRun> {
  const run = await begin({ ...(await tinyRequest()), steps: 8, ...changes }, { evaluateEvery: 4 })
  await trainUntil(run)
  return run
}

/** Probabilities of all classes for the held-out images, as whoever opens this model gets them. */
async function predicted(run: FineTuneRun, model: string): Promise<number[][]> {
  const { validation, validationRoot } = run.data
  const predictor = await openPredictor(model, cpu, 2)
  const rows: number[][] = []
  const files = validation.map(({ path }) => ({ file: join(validationRoot, path) }))
  for await (const one of predictFiles(predictor, files, { top: 3 })) {
    const top = 'top' in one ? one.top : []
    rows.push(run.record.classes.map((name) => top.find(({ label }) => label === name)!.probability))
  }
  await predictor.dispose()
  return rows
}

/** The same from what is kept with the weights. */
async function known(run: FineTuneRun): Promise<number[][]> {
  const { logits } = (await heldOutAnswers(run.directory))!
  return run.data.validation.map((_, row) => [...softmax(logits.data.subarray(row * 3, row * 3 + 3))])
}

/** z / T − τ · ln π by hand. */
async function byHand(run: FineTuneRun, fairness: number): Promise<number[][]> {
  const { heldOut } = await readBest(run.directory, run.record)
  const { logits, temperature } = heldOut!
  const shares = [0, 1, 2].map((label) => {
    return run.data.training.filter((image) => image.label === label).length / run.data.training.length
  })
  return run.data.validation.map((_, row) => {
    const z = [...logits.data.subarray(row * 3, row * 3 + 3)]
    const powers = z.map((value, k) => Math.exp(value / temperature) / shares[k]! ** fairness)
    const sum = powers.reduce((total, power) => total + power, 0)
    return powers.map((power) => power / sum)
  })
}

describe('the probabilities of a run', () => {
  it('are those of its temperature in predictions, and in every format that it is exported to', async () => {
    const run = await trained()
    const expected = await byHand(run, 0)
    const { heldOut } = await readBest(run.directory, run.record)
    expect(Math.abs(heldOut!.temperature - 1)).toBeGreaterThan(0.01)
    expect((await known(run)).flat()).toBeAllclose(expected.flat(), { rtol: 1e-4, atol: 1e-6 })
    expect((await predicted(run, run.directory)).flat()).toBeAllclose(expected.flat(), {
      rtol: 1e-3,
      atol: 1e-5,
    })
    const out = temporaryFolder()
    const { exported } = await exportRun(run.directory, ['hf', 'timm', 'npz', 'onnx'], out, { engine: cpu })
    expect(exported.map(({ format }) => format)).toContain('onnx')
    for (const { path } of exported) {
      expect((await predicted(run, path)).flat()).toBeAllclose(expected.flat(), { rtol: 1e-3, atol: 1e-5 })
    }
  })

  it('are fair to rare classes where that was chosen, also in ONNX Runtime', async () => {
    const request = await tinyRequest()
    for (const name of (await readdir(join(request.data, 'bee'))).slice(2))
      await rm(join(request.data, 'bee', name))
    const run = await trained(request)
    const even = await predicted(run, run.directory)
    await chooseAnswers(run.directory, { fairness: 0.7 })
    const fair = await predicted(run, run.directory)
    fair.forEach((row, index) => expect(row[1]).toBeGreaterThan(even[index]![1]!))
    const expected = await byHand(run, 0.7)
    expect((await known(run)).flat()).toBeAllclose(expected.flat(), { rtol: 1e-4, atol: 1e-6 })
    const out = temporaryFolder()
    await exportRun(run.directory, ['onnx'], out, { engine: cpu })
    expect((await predicted(run, out)).flat()).toBeAllclose(expected.flat(), { rtol: 1e-3, atol: 1e-5 })
  })

  it('do not need the list of images, unless fairness is asked for', async () => {
    const run = await trained()
    await rm(join(run.directory, 'data.json'))
    await expect(openModel(run.directory)).resolves.toBeDefined()
  })
})

describe('the probe in place of the trained weights', () => {
  it('answers with the pretrained network and the head that was kept, and can be taken back', async () => {
    const run = await trained({ head: 'zero', resolution: 16 })
    const before = await openModel(run.directory)
    await chooseAnswers(run.directory, { model: 'probe', unsureBelow: 0.8 })
    const probe = await openModel(run.directory)
    for (const [name, tensor] of run.parameters) {
      if (!name.startsWith('head')) expect(parameter(probe.parameters, name)).toEqual(tensor)
    }
    const answers = (await heldOutAnswers(run.directory))!
    expect(answers.record.answers).toEqual({ model: 'probe', fairness: 0, unsureBelow: 0.8 })
    expect(answers.figures.accuracy).toBe(answers.record.probe!.accuracy)
    expect((await predicted(run, run.directory)).flat()).toBeAllclose((await known(run)).flat(), {
      rtol: 1e-3,
      atol: 1e-5,
    })
    // From here on it does not need the model that the run began with.
    await rm(run.record.model.source, { recursive: true })
    await chooseAnswers(run.directory, { model: 'trained' })
    expect(await openModel(run.directory)).toEqual(before)
    await chooseAnswers(run.directory, { model: 'probe' })
    expect((await openModel(run.directory)).parameters).toEqual(probe.parameters)
  })

  it('cannot be had where it was not kept, or its network has gone', async () => {
    const run = await trained()
    await rm(run.record.model.source, { recursive: true })
    await expect(chooseAnswers(run.directory, { model: 'probe' })).rejects.toThrow()
    await rm(join(run.directory, 'probe.safetensors'))
    await expect(chooseAnswers(run.directory, { model: 'probe' })).rejects.toMatchObject({
      code: 'not_found',
      message: `The linear probe of the run in ${run.directory} was not kept. Use the trained model, or start a new run.`,
    })
  })

  it('cannot be chosen while the run is trained', async () => {
    const run = await begin(await tinyRequest({ steps: 2 }), { evaluateEvery: 1 })
    let refused: unknown
    await trainUntil(run, [], (event) => {
      if (event.type === 'step' && event.step === 1)
        chooseAnswers(run.directory, { fairness: 1 }).catch((error: unknown) => (refused = error))
      return false
    })
    expect(refused).toMatchObject({ code: 'busy' })
  })
})
