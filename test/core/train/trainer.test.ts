import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { TrainEvent } from '../../../core/train/events.ts'
import { readBest, readLast } from '../../../core/train/run/checkpoint-files.ts'
import { readMetrics } from '../../../core/train/run/history.ts'
import { readRecord } from '../../../core/train/run/run-folder.ts'
import { imageSource } from '../../../core/train/image-source.ts'
import { createPauseSwitch } from '../../../core/train/pause-switch.ts'
import { predictFiles } from '../../../core/train/model/predict.ts'
import { openPredictor } from '../../../core/train/model/predictor.ts'
import { learningRateAt } from '../../../core/train/schedule.ts'
import { resumeRun } from '../../../core/train/start.ts'
import { train } from '../../../core/train/trainer.ts'
import { begin, cpu, ofType, tinyRequest, trainUntil } from '../../support/tiny-run.ts'

const evaluateEvery = 4

/** What a run leaves behind that has to be the same however often it was interrupted. */
const traces = (directory: string): [Buffer, string] => [
  readFileSync(join(directory, 'last.safetensors')),
  readFileSync(join(directory, 'metrics.jsonl'), 'utf8'),
]

function namesOf(events: readonly TrainEvent[]): string[] {
  return events.map((event) => {
    if (event.type === 'probing') return `probing ${event.done} of ${event.total}`
    return 'step' in event ? `${event.type} ${event.step}` : event.type
  })
}

describe('train', () => {
  it('reports start, steps, evaluations and checkpoints in order, and the result last', async () => {
    const run = await begin(await tinyRequest(), { evaluateEvery })
    const events = await trainUntil(run)
    expect(namesOf(events)).toEqual([
      'start 0',
      'probing 0 of 15',
      'probing 9 of 15',
      'probing 9 of 15',
      'probing 15 of 15',
      'probe',
      'examples 0',
      ...[1, 2, 3, 4].map((step) => `step ${step}`),
      'evaluation 4',
      'examples 4',
      'checkpoint 4',
      'step 5',
      'step 6',
      'evaluation 6',
      'examples 6',
      'checkpoint 6',
      'done',
    ])
    expect(events[0]).toMatchObject({ training: 9, validation: 6 })
    const steps = ofType(events, 'step')
    expect(steps[0]?.loss).toBeCloseTo(Math.log(3), 6)
    for (const { accuracy } of steps.slice(2)) expect([0, 1, 2, 3, 4, 5]).toContain(accuracy * 5)
    const schedule = { peak: 0.1, warmup: 1, total: 6 }
    expect(steps.map((event) => event.learningRate)).toEqual(
      [0, 1, 2, 3, 4, 5].map((step) => learningRateAt(step, schedule)),
    )
    for (const event of steps) {
      expect(event.gradNorm).toBeGreaterThan(0)
      for (const figure of [event.imagesPerSecond, event.memoryMB]) expect(figure).toBeGreaterThan(0)
    }
    expect(steps.at(-1)?.secondsLeft).toBe(0)
    const last = ofType(events, 'evaluation').at(-1)
    const { status, result, times } = await readRecord(run.directory)
    expect(status).toBe('finished')
    expect(result).toMatchObject({ finalAccuracy: last?.accuracy, finalLoss: last?.loss, steps: 6 })
    expect(ofType(events, 'done')[0]).toEqual({ type: 'done', result, times })
    expect(times.toBest).toBeGreaterThan(0)
    expect(times.seconds).toBeGreaterThanOrEqual(times.toBest!)
    const stored = await readMetrics(run.directory)
    expect(stored.map(({ type, step }) => `${String(type)} ${step}`)).toEqual(
      events.flatMap((event) =>
        event.type === 'step' || event.type === 'evaluation' || event.type === 'examples'
          ? [`${event.type} ${event.step}`]
          : [],
      ),
    )
  })

  it('counts every validation image once, where they do not fill their batches', async () => {
    const run = await begin(await tinyRequest({ microBatch: 2 }), { evaluateEvery: 1, steps: 2 })
    const validation = run.data.validation.slice(0, 5)
    const ofFirst = validation.filter(({ label }) => label === 0).length
    const [first] = ofType(
      await trainUntil({ ...run, source: imageSource({ ...run.data, validation }) }),
      'evaluation',
    )
    // The rate of the first step is 0, so that its head knows nothing: all logits are 0.
    expect(first?.loss).toBeCloseTo(Math.log(3), 6)
    expect(first?.accuracy).toBeCloseTo(ofFirst / 5, 12)
  })

  it('keeps the best weights when later ones are worse', async () => {
    const run = await begin(await tinyRequest({ augment: 'none' }), { evaluateEvery: 1 })
    // Validation images with wrong labels: whatever is learned makes it worse.
    const validation = run.data.training.map((image) => ({ ...image, label: (image.label + 1) % 3 }))
    const events = await trainUntil({ ...run, source: imageSource({ ...run.data, validation }) })
    const evaluations = ofType(events, 'evaluation')
    const best = evaluations.findLast((event) => event.best)
    expect(best?.step).toBeLessThan(6)
    expect(evaluations.at(-1)?.loss).toBeGreaterThan(best?.loss ?? Infinity)
    const { result } = await readRecord(run.directory)
    expect(result).toMatchObject({ bestStep: best?.step, bestAccuracy: best?.accuracy })
    const kept = await readBest(run.directory, run.record)
    const last = await readLast(run.directory, run.record)
    expect(last?.progress.best).toMatchObject({ step: best?.step })
    expect(kept.parameters.get('head.weight')?.data).not.toEqual(last?.parameters.get('head.weight')?.data)
    expect(last?.progress.step).toBe(6)
  })

  it('works without validation images; the best weights are then the last', async () => {
    const run = await begin(await tinyRequest({ validationSplit: 0 }), { steps: 2 })
    const events = await trainUntil(run)
    expect(ofType(events, 'evaluation')).toEqual([])
    expect(ofType(events, 'done')[0]?.result).toMatchObject({ bestAccuracy: null, finalAccuracy: null })
    const last = await readLast(run.directory, run.record)
    expect(await readBest(run.directory, run.record)).toEqual({ parameters: last?.parameters, heldOut: null })
  })

  it('says that the learning rate is too high where training diverges, and fails', async () => {
    const run = await begin(await tinyRequest({ learningRate: 1e30, warmup: 0 }))
    await expect(trainUntil(run)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/diverged at step [2-6]: .* 1e\+30 is too high .* 3e\+29/),
    })
    expect((await readRecord(run.directory)).status).toBe('failed')
  })
})

describe('the examples', () => {
  it('are the same images throughout, know nothing at first, and agree with a prediction at the end', async () => {
    const run = await begin(await tinyRequest(), { evaluateEvery })
    const told = ofType(await trainUntil(run), 'examples')
    const { validation } = run.data
    expect(told.map(({ step }) => step)).toEqual([0, 4, 6])
    for (const { images } of told) {
      expect(images.map(({ path, label }) => [path, label])).toEqual(
        validation.map(({ path, label }) => [path, label]),
      )
    }
    for (const { probability, top } of told[0]!.images) {
      expect(probability).toBeCloseTo(1 / 3, 6)
      expect(top.map(({ label }) => label)).toEqual([0, 1, 2])
    }
    const predictor = await openPredictor(run.directory, cpu, 2)
    const files = validation.map(({ path }) => ({ file: join(run.data.validationRoot, path) }))
    const predictions = []
    for await (const one of predictFiles(predictor, files, { top: 1 })) predictions.push(one)
    await predictor.dispose()
    // The best weights are those of the last evaluation here, or its examples would not be theirs.
    const { result } = await readRecord(run.directory)
    const best = told.find(({ step }) => step === result?.bestStep)
    predictions.forEach((one, index) => {
      const [first] = 'top' in one ? one.top : []
      const [expected] = best!.images[index]!.top
      expect(first?.label).toBe(run.record.classes[expected!.label])
      expect(first?.probability).toBeCloseTo(expected!.probability, 5)
    })
  })
})

describe('a training that is paused', () => {
  it('saves, waits, and continues to the very same numbers', async () => {
    const request = await tinyRequest({ microBatch: 2 })
    const whole = await begin({ ...request, out: `${request.out}-whole` }, { evaluateEvery })
    await trainUntil(whole)
    const run = await begin(request, { evaluateEvery })
    const pauseSwitch = createPauseSwitch()
    const seen: TrainEvent[] = []
    for await (const event of train(run, { engine: cpu, pauseSwitch })) {
      if (event.type === 'step' && [2, 4].includes(event.step)) pauseSwitch.set(true)
      if (event.type === 'paused') setTimeout(() => pauseSwitch.set(false), 30)
      if (event.type !== 'step' && event.type !== 'probing') seen.push(event)
    }
    expect(namesOf(seen)).toEqual([
      'start 0',
      'probe',
      'examples 0',
      'checkpoint 2',
      'paused 2',
      'continued 2',
      // After step 4 it is paused between the batches of the evaluation.
      'checkpoint 4',
      'paused 4',
      'continued 4',
      'evaluation 4',
      'examples 4',
      'checkpoint 4',
      'evaluation 6',
      'examples 6',
      'checkpoint 6',
      'done',
    ])
    expect(traces(run.directory)).toEqual(traces(whole.directory))
  })

  it('can be stopped', async () => {
    const run = await begin(await tinyRequest())
    const pauseSwitch = createPauseSwitch()
    pauseSwitch.set(true)
    const stop = new AbortController()
    const training = (async () => {
      for await (const event of train(run, { engine: cpu, pauseSwitch, signal: stop.signal })) {
        if (event.type === 'paused') setTimeout(() => stop.abort(), 10)
      }
    })()
    await expect(training).rejects.toMatchObject({ code: 'cancelled' })
    expect((await readRecord(run.directory)).status).toBe('stopped')
  })
})

describe('a run that was interrupted', () => {
  /** Evaluated after step 4 of 6; stopped before, during and after that. */
  const interruptions: [string, number, (event: TrainEvent) => boolean][] = [
    ['before the first checkpoint', 5, (event) => event.type === 'step' && event.step === 2],
    ['in an evaluation', 5, (event) => event.type === 'step' && event.step === 4],
    ['after a checkpoint, in micro-batches', 2, (event) => event.type === 'checkpoint'],
  ]

  it.each(interruptions)('%s, ends with the very same numbers', async (_, microBatch, stopAt) => {
    const request = await tinyRequest({ microBatch })
    const whole = await begin({ ...request, out: `${request.out}-whole` }, { evaluateEvery })
    await trainUntil(whole)
    const run = await begin(request, { evaluateEvery })
    await expect(trainUntil(run, [], stopAt)).rejects.toMatchObject({
      code: 'cancelled',
      message: expect.stringMatching(/^Stopped after step [24]\. Everything is saved/),
    })
    expect((await readRecord(run.directory)).status).toBe('stopped')
    expect(await readLast(run.directory, run.record)).not.toBeNull()
    await trainUntil(await resumeRun(run.directory))
    expect(traces(run.directory)).toEqual(traces(whole.directory))
    const [one, other] = [await readRecord(run.directory), await readRecord(whole.directory)]
    const { imagesPerSecond: speed, ...result } = one.result!
    expect(speed).toBeGreaterThan(0)
    expect(other.result).toMatchObject(result)
    await expect(resumeRun(run.directory)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('starts over where nothing was saved', async () => {
    const request = await tinyRequest({ positionResize: 'jax', resolution: 16 })
    const whole = await begin({ ...request, out: `${request.out}-whole` }, { evaluateEvery })
    await trainUntil(whole)
    const run = await begin(request, { evaluateEvery })
    // As a kill would: the loop is abandoned.
    for await (const event of train(run, { engine: cpu })) if (event.type === 'step') break
    expect(await readLast(run.directory, run.record)).toBeNull()
    expect((await readRecord(run.directory)).status).toBe('running')
    await trainUntil(await resumeRun(run.directory))
    expect(traces(run.directory)).toEqual(traces(whole.directory))
  })

  it('before its first step, saves nothing and can be continued', async () => {
    const run = await begin(await tinyRequest({ steps: 2 }))
    const isStart = (event: TrainEvent): boolean => event.type === 'start'
    await expect(trainUntil(run, [], isStart)).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readMetrics(run.directory)).toEqual([])
    const events = await trainUntil(await resumeRun(run.directory))
    expect(ofType(events, 'step').map(({ step }) => step)).toEqual([1, 2])
  })
})
