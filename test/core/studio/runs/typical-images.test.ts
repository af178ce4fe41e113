/** @file The training image that is most like the others of its class. */
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { typicalItems, typicalOf } from '../../../../core/studio/runs/typical-images.ts'
import { begin, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const seen = (path: string, label: number, ...features: number[]) => ({
  image: { path, label, width: 1, height: 1, format: 'png' as const, bytes: 1, modifiedMs: 1 },
  features: Float32Array.from(features),
})

describe('typicalOf', () => {
  it('is the image in the middle of its class; a class without images has none', () => {
    const images = [seen('a', 0, 1, 0), seen('b', 0, 0.8, 0.6), seen('c', 0, 0, 1), seen('d', 2, 0, 1)]
    expect(typicalOf(images, 3)).toEqual([
      { label: 0, path: 'b' },
      { label: 2, path: 'd' },
    ])
  })
})

describe('typicalItems', () => {
  beforeEach(() => vi.stubEnv('VIT_STUDIO_CACHE', join(temporaryFolder(), 'cache')))
  afterEach(() => vi.unstubAllEnvs())

  it('gives a training image of each class of a run, the same when it is asked again', async () => {
    const run = await begin(await tinyRequest())
    await trainUntil(run)
    const ask = async () => {
      const items = []
      for await (const item of typicalItems(run.directory, new AbortController().signal)) items.push(item)
      return items.at(-1)
    }
    const last = await ask()
    if (last?.type !== 'done') throw new Error('it did not end')
    const { root, images } = last.typical
    expect(root).toBe(run.data.trainingRoot)
    expect(images.map(({ label }) => label)).toEqual([0, 1, 2])
    for (const { label, path } of images)
      expect(run.data.training.find((one) => one.path === path)?.label).toBe(label)
    expect(await ask()).toEqual(last)
  })
})
