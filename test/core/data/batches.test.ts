import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  createBatches,
  evaluationBatches,
  type Batch,
  type BatchSource,
  type TrainingSource,
} from '../../../core/data/batches.ts'
import { checkData } from '../../../core/data/check.ts'
import type { SkippedFile } from '../../../core/data/finding.ts'
import type { CheckedImage } from '../../../core/data/load.ts'
import { augmentations } from '../../../core/data/augmentation.ts'
import { frameAs } from '../../../core/data/preprocess.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { writeDataSet } from './folders.ts'
import { say } from '../../../core/sentence.ts'

const preprocessing = frameAs(
  'squash',
  { height: 8, width: 12 },
  { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
)
const rowBytes = 8 * 12 * 3

async function dataSet(perClass: number): Promise<{ root: string; images: readonly CheckedImage[] }> {
  const root = temporaryFolder()
  await writeDataSet(root, ['a', 'b'], perClass)
  return checkData(root, { cacheDirectory: temporaryFolder() })
}

function training(
  data: Pick<BatchSource, 'root' | 'images'>,
  more: Partial<TrainingSource> = {},
): TrainingSource {
  return { ...data, preprocessing, batchSize: 4, augmentation: augmentations.standard, seed: 1, ...more }
}

async function take(source: TrainingSource, count: number): Promise<Batch[]> {
  const batches = createBatches(source)
  const taken: Batch[] = []
  for (let index = 0; index < count; index++) taken.push(await batches.next())
  return taken
}

async function all(source: BatchSource): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of evaluationBatches(source)) batches.push(batch)
  return batches
}

describe('training batches', () => {
  it('hold every image once per epoch, in another order each time, whatever the batch size', async () => {
    const data = await dataSet(5)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 23 }), fc.integer(), async (batchSize, seed) => {
        const source = training(data, { batchSize, seed, augmentation: augmentations.none })
        const batches = await take(source, Math.ceil(30 / batchSize))
        const order = batches.flatMap(({ indices }) => indices)
        const epochs = [order.slice(0, 10), order.slice(10, 20), order.slice(20, 30)]
        for (const epoch of epochs)
          expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        expect(new Set(epochs.map(String)).size).toBeGreaterThan(1)
        for (const { count, labels, indices } of batches) {
          expect(count).toBe(batchSize)
          expect([...labels]).toEqual(indices.map((index) => data.images[index]?.label))
        }
      }),
      { numRuns: 15 },
    )
  })

  it('from step k on are those of an uninterrupted run, pixel by pixel', async () => {
    const data = await dataSet(3)
    const whole = await take(training(data), 7)
    for (const startStep of [1, 3, 6])
      expect(await take(training(data, { startStep }), 7 - startStep)).toEqual(whole.slice(startStep))
  })

  it('differ with the seed, in order and crops', async () => {
    const data = await dataSet(4)
    const [one] = await take(training(data, { seed: 1, batchSize: 8 }), 1)
    const [two] = await take(training(data, { seed: 2, batchSize: 8 }), 1)
    expect(one?.indices).not.toEqual(two?.indices)
    expect(one?.pixels).not.toEqual(two?.pixels)
  })

  it('hold the pixels of their images in order', async () => {
    const data = await dataSet(3)
    const [evaluation] = await all({ ...data, preprocessing, batchSize: 6 })
    const [batch] = await take(training(data, { batchSize: 6, augmentation: augmentations.none }), 1)
    expect(batch?.pixels).toHaveLength(6 * rowBytes)
    for (const [row, index] of (batch?.indices ?? []).entries())
      expect(batch?.pixels.subarray(row * rowBytes, (row + 1) * rowBytes)).toEqual(
        evaluation?.pixels.subarray(index * rowBytes, (index + 1) * rowBytes),
      )
  })

  it('are prepared one ahead while the current one is in use', async () => {
    const data = await dataSet(4)
    const batches = createBatches(training(data))
    await batches.next()
    // By the time the second is requested, its files may be gone: it has been decoded meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    for (const { path } of data.images) await rm(join(data.root, path))
    expect((await batches.next()).count).toBe(4)
    await expect(batches.next()).rejects.toMatchObject({ code: 'io' })
  })

  it('stop on request', async () => {
    const stop = new AbortController()
    const batches = createBatches(training(await dataSet(2), { signal: stop.signal }))
    await batches.next()
    stop.abort()
    await expect(batches.next()).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a file that goes bad in mid-training', () => {
  it('is replaced by another of its class, always the same one, and reported once', async () => {
    const data = await dataSet(4)
    await writeFile(join(data.root, 'a/002.png'), 'overwritten')
    await rm(join(data.root, 'b/001.png'))
    const run = async (): Promise<{ batches: Batch[]; skipped: SkippedFile[] }> => {
      const skipped: SkippedFile[] = []
      const source = training(data, { batchSize: 8, onSkip: (file) => skipped.push(file) })
      return { batches: await take(source, 3), skipped }
    }
    const first = await run()
    for (const { labels, indices, count } of first.batches) {
      expect(count).toBe(8)
      expect(labels.toSorted()).toEqual(Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1))
      expect(indices).not.toContain(2)
      expect(indices).not.toContain(5)
    }
    expect([...first.skipped].sort((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: 'a/002.png', reason: say`It is no longer an image that can be read.` },
      { path: 'b/001.png', reason: say`The file is no longer there.` },
    ])
    expect((await run()).batches).toEqual(first.batches)
  })

  it('is replaced from another class when its own is gone', async () => {
    const data = await dataSet(2)
    await rm(join(data.root, 'a'), { recursive: true })
    const [batch] = await take(training(data), 1)
    expect([...(batch?.labels ?? [])]).toEqual([1, 1, 1, 1])
  })
})

describe('evaluation batches', () => {
  it('hold every image exactly once, in order; the last is short and padded with zeros', async () => {
    const data = await dataSet(5)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 13 }), async (batchSize) => {
        const batches = await all({ ...data, preprocessing, batchSize })
        expect(batches.flatMap(({ indices }) => indices)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        for (const { pixels, labels, count, indices } of batches) {
          expect(pixels).toHaveLength(batchSize * rowBytes)
          expect(labels).toHaveLength(batchSize)
          expect(count).toBe(indices.length)
          expect(pixels.subarray(count * rowBytes).every((value) => value === 0)).toBe(true)
        }
      }),
      { numRuns: 8 },
    )
  })

  it('leave out a file that went bad, and report it', async () => {
    const data = await dataSet(3)
    const complete = await all({ ...data, preprocessing, batchSize: 4 })
    await rm(join(data.root, 'a/001.png'))
    const skipped: SkippedFile[] = []
    const batches = await all({ ...data, preprocessing, batchSize: 4, onSkip: (file) => skipped.push(file) })
    expect(batches.map(({ indices }) => indices)).toEqual([
      [0, 2, 3],
      [4, 5],
    ])
    expect(batches[0]?.pixels.subarray(rowBytes, 2 * rowBytes)).toEqual(
      complete[0]?.pixels.subarray(2 * rowBytes, 3 * rowBytes),
    )
    expect(batches[0]?.pixels.subarray(3 * rowBytes).every((value) => value === 0)).toBe(true)
    expect(skipped.map(({ path }) => path)).toEqual(['a/001.png'])
  })

  it('of no images are none', async () => {
    expect(await all({ root: '/', images: [], preprocessing, batchSize: 4 })).toEqual([])
  })
})
