/**
 * @file What is trained, from which pixels and at which resolution: choices of one trainer. Runs that must be equal are
 * compared byte for byte, whatever was cached of the frozen front and wherever they were interrupted.
 */
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { evaluationBatches } from '../../../core/data/batches.ts'
import { openCache, type ImageCache } from '../../../core/data/cache.ts'
import { createOptimiser, optimiserSettings } from '../../../core/optim/optimisers.ts'
import { parameter } from '../../../core/tensor/tensor.ts'
import { readBest, readLast } from '../../../core/train/run/checkpoint-files.ts'
import { createClassifier } from '../../../core/train/model/classifier.ts'
import type { TrainEvent } from '../../../core/train/events.ts'
import { viewsFor } from '../../../core/train/step/front.ts'
import { countBatch, createTally, metricsOf } from '../../../core/train/evaluation/metrics.ts'
import { resumeRun, type FineTuneRequest } from '../../../core/train/start.ts'
import type { RunToTrain } from '../../../core/train/session.ts'
import { train } from '../../../core/train/trainer.ts'
import { trainableParameters, type Trainable } from '../../../core/vit/trainable.ts'
import { begin, cpu, ofType, tinyRequest, trainUntil } from '../../support/tiny-run.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const depth = { depth: 3 }
const lastBlock: Trainable = { part: 'lastBlocks', count: 1 }
const progressive = { resolution: 8, share: 0.5 }

const requestOf = (changes: Partial<FineTuneRequest>): Promise<FineTuneRequest> =>
  tinyRequest({ resolution: 16, ...changes }, depth)

/** The weights, slots and history that a run leaves behind. */
async function traceOf(run: RunToTrain) {
  const last = await readLast(run.directory, run.record)
  const metrics = readFileSync(join(run.directory, 'metrics.jsonl'), 'utf8')
  return { parameters: last?.parameters, slots: last?.slots, metrics }
}

/** Trains to the end with a cache. */
async function trainWith(run: RunToTrain, cache: ImageCache | undefined): Promise<TrainEvent[]> {
  const events: TrainEvent[] = []
  for await (const event of train(run, { engine: cpu, cache })) events.push(event)
  return events
}

/** Trains, stopped after each of these steps and resumed. */
async function trainInParts(run: RunToTrain, stops: readonly number[]): Promise<void> {
  let next = run
  for (const stop of stops) {
    const stopped = trainUntil(next, [], (event) => event.type === 'step' && event.step === stop)
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    next = await resumeRun(run.directory)
  }
  await trainUntil(next)
}

describe('trainable parts', () => {
  it.each<[string, Trainable]>([
    ['the head', { part: 'head' }],
    ['the last block', lastBlock],
    ['all but the embedding', { part: 'allButEmbedding' }],
  ])('leave what is frozen as it was: %s', async (_, trainable) => {
    const run = await begin(await requestOf({ train: trainable, cacheViews: 2 }), { evaluateEvery: 3 })
    const events = await trainUntil(run)
    const after = (await readBest(run.directory, run.record)).parameters
    const last = await readLast(run.directory, run.record)
    const trained = trainableParameters(run.record.model.config, trainable)
    for (const [name, { data }] of run.parameters) {
      const isSame = parameter(last?.parameters ?? after, name).data.every(
        (value, place) => value === data[place],
      )
      // A bias of the keys adds the same to everything a softmax compares: its gradient is rounding alone.
      if (!name.endsWith('key.bias')) expect(isSame, name).toBe(!trained.has(name))
    }
    // Nothing is stored for what is not trained.
    expect(last?.slots.size).toBe(trained.size)
    expect(ofType(events, 'step').every(({ gradNorm }) => gradNorm > 0)).toBe(true)
  })

  it('of as many blocks as there are is everything, to the same bytes', async () => {
    const all = await begin(await requestOf({ train: { part: 'everything' } }))
    const request = await requestOf({ train: { part: 'lastBlocks', count: 3 } })
    const blocks = await begin({ ...request, model: all.record.model.source, data: all.data.trainingRoot })
    await trainUntil(all)
    await trainUntil(blocks)
    expect(await traceOf(blocks)).toEqual(await traceOf(all))
  })
})

describe('a frozen front', () => {
  const request = (more: Partial<FineTuneRequest> = {}): Promise<FineTuneRequest> =>
    requestOf({ train: lastBlock, cacheViews: 2, steps: 10, ...more })

  it('that was kept gives the same numbers as one that is computed each time', async () => {
    const asked = await request()
    const without = await begin(asked)
    const kept = await begin({ ...asked, out: `${asked.out}-kept` })
    const again = await begin({ ...asked, out: `${asked.out}-again` })
    const folder = temporaryFolder()
    await trainWith(without, undefined)
    await trainWith(kept, await openCache(folder))
    // By now every view is there.
    await trainWith(again, await openCache(folder))
    const expected = await traceOf(without)
    expect(await traceOf(kept)).toEqual(expected)
    expect(await traceOf(again)).toEqual(expected)
  })

  it('continues to the same numbers where what was kept is gone or damaged in between', async () => {
    const asked = await request()
    const whole = await begin(asked)
    await trainWith(whole, undefined)
    const folder = temporaryFolder()
    const run = await begin({ ...asked, out: `${asked.out}-parts` })
    const stop = new AbortController()
    const events = async (): Promise<void> => {
      for await (const event of train(run, {
        engine: cpu,
        cache: await openCache(folder),
        signal: stop.signal,
      }))
        if (event.type === 'step' && event.step === 6) stop.abort()
    }
    await expect(events()).rejects.toMatchObject({ code: 'cancelled' })
    await rm(folder, { recursive: true })
    await trainWith(await resumeRun(run.directory), await openCache(folder))
    expect(await traceOf(run)).toEqual(await traceOf(whole))
  })

  it('keeps as many views as pay off', () => {
    // Seen four times or less, nothing is gained by keeping; 8 views are plenty.
    expect([viewsFor(100, 32, 800), viewsFor(100, 32, 400), viewsFor(500, 32, 400)]).toEqual([0, 4, 8])
  })
})

describe('a training that starts at a lower resolution', () => {
  it.each<[string, Partial<FineTuneRequest>]>([
    ['SGD', {}],
    ['AdamW', { optimiser: optimiserSettings('adamw', {}), learningRate: 1e-3 }],
    ['behind a frozen front', { train: lastBlock, cacheViews: 2 }],
  ])('is continued to the same bytes on both sides of the switch: %s', async (_, changes) => {
    const asked = await requestOf({ progressive, steps: 8, ...changes })
    const whole = await begin(asked)
    const parts = await begin({ ...asked, out: `${asked.out}-parts` })
    expect(whole.record.settings.progressive).toMatchObject({ steps: 4, grid: { rows: 2, columns: 2 } })
    await trainUntil(whole)
    // Before the switch, at its last step, and after it.
    await trainInParts(parts, [2, 4, 6])
    expect(await traceOf(parts)).toEqual(await traceOf(whole))
  })

  it('starts from the pretrained positions and ends with those of the chosen resolution', async () => {
    const run = await begin(await requestOf({ progressive, steps: 4 }), { evaluateEvery: 1 })
    expect(parameter(run.parameters, 'positionEmbedding').shape).toEqual([5, 16])
    await trainUntil(run)
    const best = (await readBest(run.directory, run.record)).parameters
    expect(parameter(best, 'positionEmbedding').shape).toEqual([17, 16])
    const slots = (await readLast(run.directory, run.record))?.slots
    expect(slots?.get('momentum/positionEmbedding')?.shape).toEqual([17, 16])
  })

  it('evaluates at the chosen resolution all along, as the resized weights do', async () => {
    const asked = await requestOf({ progressive: { ...progressive, share: 0.9 }, steps: 4 })
    const run = await begin(asked, { evaluateEvery: 2 })
    const events: TrainEvent[] = []
    const stopped = trainUntil(run, events, (event) => event.type === 'evaluation')
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    const { model, preprocessing } = run.record
    const state = await cpu.createState((await readBest(run.directory, run.record)).parameters)
    const graphs = { config: model.config, normalisation: preprocessing }
    const classifier = await createClassifier(cpu, graphs, state, 6)
    const { validationRoot: root, validation: images } = run.data
    const tally = createTally(3)
    for await (const batch of evaluationBatches({ root, images, batchSize: 6, preprocessing }))
      countBatch(tally, await classifier.compute(batch.pixels, batch.count), batch.labels)
    const told = ofType(events, 'evaluation')[0]
    expect(told).toMatchObject({ step: 2, best: true })
    expect(told?.loss).toBeCloseTo(metricsOf(tally).loss ?? 0, 5)
    await classifier.dispose()
    state.dispose()
  })

  it('refuses a beginning that is not lower', async () => {
    const asked = await requestOf({ progressive: { resolution: 16, share: 0.5 } })
    await expect(begin(asked)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('the optimiser', () => {
  it('keeps means of squares above zero where positions are resized', () => {
    const { slots, positiveSlots } = createOptimiser(optimiserSettings('adamw', {}))
    expect(slots).toEqual(expect.arrayContaining([...positiveSlots]))
    expect(positiveSlots).toEqual(['second'])
  })

  it('takes no settings of another', () => {
    expect(() => optimiserSettings('adamw', { momentum: 0.9 })).toThrow(/adamw cannot work with momentum 0.9/)
  })
})
