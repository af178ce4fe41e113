/** @file Trainings that begin with the linear probe: what it is, what it is told about, and that it survives interruptions. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { evaluationBatches } from '../../../../core/data/batches.ts'
import { parameter, type Parameters } from '../../../../core/tensor/tensor.ts'
import { readBest, readLast, readProbe } from '../../../../core/train/run/checkpoint-files.ts'
import { createClassifier } from '../../../../core/train/model/classifier.ts'
import {
  countBatch,
  createTally,
  metricsOf,
  type Metrics,
} from '../../../../core/train/evaluation/metrics.ts'
import { readRecord } from '../../../../core/train/run/run-folder.ts'
import { resumeRun, type FineTuneRequest, type FineTuneRun } from '../../../../core/train/start.ts'
import { train } from '../../../../core/train/trainer.ts'
import { begin, cpu, ofType, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'

const evaluateEvery = 4
// Six patches a side, so that most steps can be made at half of them.
const requestOf = async (changes: Partial<FineTuneRequest> = {}): Promise<FineTuneRequest> =>
  tinyRequest({ head: 'probe', resolution: 24, ...changes })

describe('a training that begins with the probe', () => {
  it('judges the held-out images before the first step, as the network with that head does', async () => {
    const run = await begin(await requestOf({ progressive: { resolution: 12, share: 0.5 } }), {
      evaluateEvery,
    })
    const events = await trainUntil(run)
    const [probe] = ofType(events, 'probe')
    const [first] = ofType(events, 'evaluation')
    const { accuracy, accuracyInterval, loss } = probe!.figures!
    expect(first).toEqual({ type: 'evaluation', step: 0, accuracy, accuracyInterval, loss, best: true })
    const { record, directory } = { ...run, record: await readRecord(run.directory) }
    expect(record.probe).toEqual(probe!.figures)
    expect(record.result).toMatchObject({ probeAccuracy: accuracy })
    const kept = (await readProbe(directory, record))!
    const own = new Map([
      ...run.parameters,
      ['positionEmbedding', run.probeFrom!.positions],
      ...kept.parameters,
    ])
    expect(await judge(run, own)).toMatchObject({
      accuracy,
      loss: expect.closeTo(loss, 5),
    })
    expect(kept.heldOut!.logits.shape).toEqual([6, 3])
  })

  it('keeps the probe as the best weights while no evaluation is better, with the pretrained positions', async () => {
    const run = await begin(await requestOf({ progressive: { resolution: 12, share: 0.5 } }), {
      evaluateEvery,
    })
    const events: string[] = []
    const stopped = trainUntil(run, [], (event) => {
      events.push(event.type)
      return event.type === 'step'
    })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    const { parameters, heldOut } = await readBest(run.directory, run.record)
    expect(parameter(parameters, 'positionEmbedding')).toEqual(run.probeFrom!.positions)
    const probe = await readProbe(run.directory, run.record)
    expect(parameter(parameters, 'head.weight')).toEqual(parameter(probe!.parameters, 'head.weight'))
    expect(heldOut).toEqual(probe!.heldOut)
    expect((await readLast(run.directory, run.record))?.progress.best?.step).toBe(0)
  })

  it('estimates the probe on all images as well where few are held out', async () => {
    const run = await begin(await requestOf({ steps: 1, warmup: 0 }))
    const [probe] = ofType(await trainUntil(run), 'probe')
    expect(probe?.figures?.fiveFold).toMatchObject({ images: 15 })
    const { accuracy, accuracyInterval } = probe!.figures!.fiveFold!
    expect(accuracyInterval.low).toBeLessThanOrEqual(accuracy)
    expect(accuracyInterval.high).toBeGreaterThanOrEqual(accuracy)
  })

  it('works without held-out images, where nothing can be told of it', async () => {
    const run = await begin(await requestOf({ validationSplit: 0, steps: 2 }))
    const events = await trainUntil(run)
    expect(ofType(events, 'probe')).toEqual([{ type: 'probe', figures: null }])
    expect(ofType(events, 'evaluation')).toEqual([])
    // At a learning rate of zero the first loss is that of the probe, which has seen these images.
    expect(ofType(events, 'step')[0]!.loss).toBeLessThan(Math.log(3))
  })
})

describe('a training that begins with zeros', () => {
  it('knows how good the probe is, and does not begin with it', async () => {
    const run = await begin(await requestOf({ head: 'zero' }), { evaluateEvery })
    const events = await trainUntil(run)
    expect(ofType(events, 'probe')[0]?.figures?.accuracy).toBeGreaterThanOrEqual(0)
    expect(ofType(events, 'evaluation')[0]?.step).toBe(4)
    expect(ofType(events, 'step')[0]?.loss).toBeCloseTo(Math.log(3), 6)
  })

  it('looks at no image more where none is held out', async () => {
    const run = await begin(await requestOf({ head: 'zero', validationSplit: 0, steps: 1, warmup: 0 }))
    expect((await trainUntil(run)).map(({ type }) => type)).not.toContain('probing')
  })
})

describe('a run with a probe that was interrupted', () => {
  const traces = (directory: string): [Buffer, Buffer, string] => [
    readFileSync(join(directory, 'last.safetensors')),
    readFileSync(join(directory, 'best.safetensors')),
    readFileSync(join(directory, 'metrics.jsonl'), 'utf8'),
  ]

  it('before its first checkpoint begins with the very head that was kept', async () => {
    const request = await requestOf({ progressive: { resolution: 12, share: 0.5 } })
    const whole = await begin({ ...request, out: `${request.out}-whole` }, { evaluateEvery })
    await trainUntil(whole)
    const run = await begin(request, { evaluateEvery })
    // As a kill would: the loop is abandoned.
    for await (const event of train(run, { engine: cpu })) if (event.type === 'step') break
    expect(await readLast(run.directory, run.record)).toBeNull()
    const again = await trainUntil(await resumeRun(run.directory))
    expect(ofType(again, 'probing')).toEqual([])
    expect(traces(run.directory)).toEqual(traces(whole.directory))
  })

  it('while it was fitted, and after a checkpoint, ends with the very same numbers', async () => {
    const request = await requestOf({ progressive: { resolution: 12, share: 0.5 } })
    const whole = await begin({ ...request, out: `${request.out}-whole` }, { evaluateEvery })
    await trainUntil(whole)
    const run = await begin(request, { evaluateEvery })
    const stopAt = async (from: FineTuneRun, type: string): Promise<void> =>
      expect(trainUntil(from, [], (event) => event.type === type)).rejects.toMatchObject({
        code: 'cancelled',
      })
    await stopAt(run, 'probing')
    expect((await readRecord(run.directory)).status).toBe('stopped')
    await stopAt(await resumeRun(run.directory), 'evaluation')
    await stopAt(await resumeRun(run.directory), 'step')
    await trainUntil(await resumeRun(run.directory))
    expect(traces(run.directory)).toEqual(traces(whole.directory))
  })
})

/** What a network of the run's own resolution says about its held-out images. */
async function judge({ record, data }: FineTuneRun, parameters: Parameters): Promise<Metrics> {
  const { model, preprocessing } = record
  const state = await cpu.createState(parameters)
  const graphs = { config: model.config, normalisation: preprocessing }
  const classifier = await createClassifier(cpu, graphs, state, 6)
  const tally = createTally(3)
  const source = { root: data.validationRoot, images: data.validation, batchSize: 6, preprocessing }
  for await (const { pixels, labels, count } of evaluationBatches(source)) {
    countBatch(tally, await classifier.compute(pixels, count), labels.subarray(0, count))
  }
  await classifier.dispose()
  state.dispose()
  return metricsOf(tally)
}
