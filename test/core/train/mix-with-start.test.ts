/** @file Mixtures of the start of a run with its end: which are tried, what is kept, and that interruptions change nothing. */
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { parameter, type Parameters } from '../../../core/tensor/tensor.ts'
import type { TrainEvent } from '../../../core/train/events.ts'
import { bestFile, readBest, readLast, readProbe } from '../../../core/train/run/checkpoint-files.ts'
import { networkBefore, resumeRun, type FineTuneRun } from '../../../core/train/start.ts'
import { begin, ofType, tinyRequest, trainUntil } from '../../support/tiny-run.ts'

/** A run whose steps only spoil what it starts from, which does not count as its best: the nearer to the start, the better. */
async function spoilt(): Promise<FineTuneRun> {
  const request = await tinyRequest({ head: 'probe', learningRate: 0.6, validationSplit: 0.6 })
  const run = await begin(request, { evaluateEvery: 6 })
  return { ...run, progress: { ...run.progress, best: { step: 0, accuracy: 0, loss: 1000 } } }
}

async function startAndEnd({ directory, record, data }: FineTuneRun): Promise<[Parameters, Parameters]> {
  const probe = await readProbe(directory, record)
  const start = new Map([...(await networkBefore(record, data)), ...(probe?.parameters ?? [])])
  return [start, (await readLast(directory, record))?.parameters ?? new Map()]
}

const untilLastEvaluation = (event: TrainEvent): boolean => event.type === 'evaluation' && event.step === 6

describe('the mixture of the start and the end', () => {
  it('is kept where it is better than the weights of any step', async () => {
    const run = await spoilt()
    const events = await trainUntil(run)
    const [told] = ofType(events, 'mixture')
    const [{ result } = expect.fail('no end')] = ofType(events, 'done')
    expect(told?.mixture.tried.map(({ share }) => share)).toEqual([0.5, 0.75])
    expect(result.mixture).toEqual(told?.mixture)
    const share = told?.mixture.share ?? 1
    expect(share).toBeLessThan(1)
    expect(result.bestStep).toBe(6)
    expect(result.bestAccuracy).toBe(told?.mixture.tried.find((one) => one.share === share)?.accuracy)
    const [start, end] = await startAndEnd(run)
    const { parameters, heldOut } = await readBest(run.directory, run.record)
    for (const [name, { data }] of end) {
      const from = parameter(start, name).data
      const expected = data.map((value, i) => (1 - share) * from[i]! + share * value)
      expect(parameter(parameters, name).data, name).toBeAllclose(expected, { rtol: 1e-6, atol: 1e-7 })
    }
    expect(heldOut?.logits.shape).toEqual([run.data.validation.length, 3])
  })

  it('is not tried where the head began with zeros', async () => {
    const events = await trainUntil(await begin(await tinyRequest()))
    expect(ofType(events, 'mixture')).toEqual([])
    expect(ofType(events, 'done')[0]?.result.mixture).toBeNull()
  })

  it('is the same where the run was stopped before it', async () => {
    const whole = await spoilt()
    await trainUntil(whole)
    const parted = await spoilt()
    await expect(trainUntil(parted, [], untilLastEvaluation)).rejects.toMatchObject({ code: 'cancelled' })
    const events = await trainUntil(await resumeRun(parted.directory))
    expect(ofType(events, 'mixture')[0]?.mixture.share).toBeLessThan(1)
    const [a, b] = [whole, parted].map(({ directory, record }) => readBest(directory, record))
    expect(await b).toEqual(await a)
  })

  it('is done without, and told, where the model has gone by then', async () => {
    const run = await spoilt()
    await expect(trainUntil(run, [], untilLastEvaluation)).rejects.toMatchObject({ code: 'cancelled' })
    const before = readFileSync(join(run.directory, bestFile))
    await rm(run.record.model.source, { recursive: true })
    const events = await trainUntil(await resumeRun(run.directory))
    expect(ofType(events, 'startMissing')).toEqual([
      { type: 'startMissing', source: run.record.model.source },
    ])
    expect(ofType(events, 'done')[0]?.result.mixture).toBeNull()
    expect(readFileSync(join(run.directory, bestFile))).toEqual(before)
  })
})
