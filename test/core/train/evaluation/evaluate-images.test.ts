/** @file Evaluation over images on the disk, with a model whose answers are known. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { SkippedFile } from '../../../../core/data/finding.ts'
import { floatTensor } from '../../../../core/tensor/tensor.ts'
import {
  computeBatches,
  evaluateImages,
  type EvaluationSource,
  type RowsOfImages,
} from '../../../../core/train/evaluation/evaluate-images.ts'
import { begin, tinyRequest } from '../../../support/tiny-run.ts'

/** Says of every image that it is of class 1 of 3, in batches of 2. */
const stubborn: RowsOfImages = {
  batch: 2,
  compute: async (_, count) =>
    floatTensor(
      [count, 3],
      Float32Array.from({ length: count * 3 }, (_value, i) => (i % 3 === 1 ? 4 : 0)),
    ),
}

async function held(): Promise<EvaluationSource> {
  const { data, record } = await begin(await tinyRequest())
  return { root: data.validationRoot, images: data.validation, preprocessing: record.preprocessing }
}

describe('evaluateImages', () => {
  it('counts every image once and gives each batch with its rows', async () => {
    const source = await held()
    const { batches, metrics } = evaluateImages(stubborn, 3, { ...source, images: source.images.slice(0, 5) })
    const seen: number[] = []
    for await (const { batch, rows } of batches) {
      expect(rows.shape).toEqual([batch.count, 3])
      seen.push(...batch.indices)
    }
    expect(seen).toEqual([0, 1, 2, 3, 4])
    const ofClass = source.images.slice(0, 5).filter(({ label }) => label === 1).length
    expect(metrics()).toMatchObject({ images: 5, accuracy: ofClass / 5 })
    const [right, wrong] = [4, 0].map((logit) => Math.log(Math.exp(4) + 2) - logit)
    expect(metrics().loss).toBeCloseTo((ofClass * right! + (5 - ofClass) * wrong!) / 5, 12)
  })

  it('leaves out what can no longer be read, and says so', async () => {
    const source = await held()
    await rm(join(source.root, source.images[1]!.path))
    const skipped: SkippedFile[] = []
    const { batches, metrics } = evaluateImages(stubborn, 3, {
      ...source,
      onSkip: (file) => skipped.push(file),
    })
    for await (const { batch } of batches) expect(batch.indices).not.toContain(1)
    expect(metrics().images).toBe(source.images.length - 1)
    expect(skipped.map(({ path }) => path)).toEqual([source.images[1]!.path])
  })
})

describe('computeBatches', () => {
  it('hears a request to stop between two batches', async () => {
    const stop = new AbortController()
    const batches = computeBatches(stubborn, { ...(await held()), signal: stop.signal })
    await batches.next()
    // As a signal of the process would: only a turn of the event loop lets it through.
    setImmediate(() => stop.abort())
    await expect(batches.next()).rejects.toMatchObject({ code: 'cancelled' })
  })
})
