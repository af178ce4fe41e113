/** @file Evaluations from what is kept with the weights, and of runs of earlier versions, which kept nothing. */
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Evaluation } from '../../../../core/api/contract/results.ts'
import { evaluateRun } from '../../../../core/studio/runs/evaluate-run.ts'
import { precisionRecallOf, readEvaluation } from '../../../../core/studio/runs/stored-evaluation.ts'
import { readBest, writeBest } from '../../../../core/train/run/checkpoint-files.ts'
import type { FineTuneRun } from '../../../../core/train/start.ts'
import { begin, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'

const signal = new AbortController().signal

async function trained(): Promise<FineTuneRun> {
  const run = await begin(await tinyRequest({ steps: 8 }), { evaluateEvery: 4 })
  await trainUntil(run)
  return run
}

async function evaluated(folder: string): Promise<{ types: string[]; evaluation: Evaluation }> {
  const items = []
  for await (const item of evaluateRun(folder, signal)) items.push(item)
  const last = items.at(-1)
  if (last?.type !== 'done') throw new Error('it did not end')
  return { types: items.map(({ type }) => type), evaluation: last.evaluation }
}

describe('the evaluation of a run', () => {
  it('is known at once, image by image', async () => {
    const { directory, data, record } = await trained()
    const evaluation = (await readEvaluation(directory))!
    expect(await evaluated(directory)).toEqual({ types: ['done'], evaluation })
    expect(evaluation.images.map(({ path, label }) => [path, label])).toEqual(
      data.validation.map(({ path, label }) => [path, label]),
    )
    expect(evaluation.perClass.map(({ name, trained: images }) => [name, images])).toEqual(
      record.classes.map((name) => [name, 3]),
    )
    const right = evaluation.images.filter(({ label, predicted }) => label === predicted)
    expect(evaluation.accuracy).toBeCloseTo(right.length / 6, 12)
    for (const { label, predicted, probability, trueProbability } of evaluation.images) {
      if (label === predicted) expect(trueProbability).toBe(probability)
      else expect(trueProbability).toBeLessThanOrEqual(probability)
    }
  })

  it('can be asked for as it would be with another fairness, which changes nothing', async () => {
    const { directory } = await trained()
    const before = await readEvaluation(directory)
    expect((await readEvaluation(directory, 1))?.answers.fairness).toBe(1)
    expect(await readEvaluation(directory)).toEqual(before)
  })

  it('has a curve for every class that is asked for and exists', async () => {
    const { directory } = await trained()
    const curves = await precisionRecallOf(directory, [2, 0, 7])
    expect(curves.map(({ label }) => label)).toEqual([2, 0])
    for (const { points } of curves) expect(points.at(-1)?.recall).toBe(1)
  })

  it('is made of a run that kept nothing, the same, and kept from then on', async () => {
    const run = await trained()
    const { directory, record } = run
    const before = (await readEvaluation(directory))!
    const { parameters } = await readBest(directory, record)
    await writeBest(directory, record, { parameters, heldOut: null }, 8)
    expect(await readEvaluation(directory)).toBeNull()
    expect(await precisionRecallOf(directory, [0])).toEqual([])
    const { types, evaluation } = await evaluated(directory)
    expect(types.slice(0, -1).every((type) => type === 'progress')).toBe(true)
    expect(types.length).toBeGreaterThan(1)
    expect(evaluation.confusion).toEqual(before.confusion)
    expect(evaluation.loss).toBeCloseTo(before.loss!, 4)
    expect(await readEvaluation(directory)).toEqual(evaluation)
  })

  it('needs held-out images', async () => {
    const run = await begin(await tinyRequest({ validationSplit: 0, steps: 1, warmup: 0 }))
    await trainUntil(run)
    await expect(evaluated(run.directory)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(evaluated(join(run.directory, 'nowhere'))).rejects.toMatchObject({ code: 'not_found' })
  })
})
