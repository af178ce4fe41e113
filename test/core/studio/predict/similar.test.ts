/** @file The training images nearest to a new one by what a run's model sees. */
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { similarItems } from '../../../../core/studio/predict/similar.ts'
import { begin, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

describe('similarItems', () => {
  beforeEach(() => vi.stubEnv('VIT_STUDIO_CACHE', join(temporaryFolder(), 'cache')))
  afterEach(() => vi.unstubAllEnvs())

  it('finds a training image itself first, then others by falling likeness, and is quick the second time', async () => {
    const run = await begin(await tinyRequest())
    await trainUntil(run)
    const { trainingRoot, training } = run.data
    const { signal } = new AbortController()
    const ask = async (path: string) => {
      const items = []
      const image = { folder: trainingRoot, path }
      for await (const item of similarItems(run.directory, image, 4, signal)) items.push(item)
      const last = items.at(-1)
      if (last?.type !== 'done') throw new Error('it did not end')
      return { steps: items.length, ...last }
    }
    const wanted = training[3]!
    const { steps, root, images } = await ask(wanted.path)
    expect(root).toBe(trainingRoot)
    expect(images).toHaveLength(4)
    expect(images[0]).toMatchObject({ path: wanted.path, label: run.record.classes[wanted.label] })
    expect(images[0]!.similarity).toBeCloseTo(1, 5)
    const likeness = images.map(({ similarity }) => similarity)
    expect(likeness).toEqual(likeness.toSorted((a, b) => b - a))
    expect(steps).toBeGreaterThan(1)
    expect((await ask(training[5]!.path)).steps).toBe(1)
  })

  it('says why where the image cannot be read', async () => {
    const run = await begin(await tinyRequest())
    await trainUntil(run)
    const image = { name: 'torn.jpg', bytes: new Uint8Array([1, 2, 3]) }
    const ask = async (): Promise<void> => {
      for await (const _ of similarItems(run.directory, image, 4, new AbortController().signal)) continue
    }
    await expect(ask()).rejects.toMatchObject({ code: 'unsupported' })
  })
})
