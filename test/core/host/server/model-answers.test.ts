/** @file What the studio knows about models: recognised, corrected, remembered, costed, and previewed by the real engine. */
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { FewShotItem } from '../../../../core/api/contract/few-shot.ts'
import { inEnglish } from '../../../../core/sentence.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { useWorkplace } from '../cli/studio.ts'
import { openStudio, openWindow } from './served.ts'

const place = useWorkplace()
const starter = resolve('build/starter')

async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('models in a studio', () => {
  it('are recognised, corrected, remembered with the corrections, and forgotten', async () => {
    const api = await openWindow(await openStudio(temporaryFolder()))
    const path = place.model
    const recognised = await api.models.describe({ path })
    expect(recognised).toMatchObject({ heads: 2, pooling: 'class', gelu: 'erf', overrides: {}, patch: 8 })
    expect(recognised.bytes).toBeGreaterThan(1000)
    expect(recognised.gflopPerImage).toBeGreaterThan(0)

    const overrides = { heads: 4, pooling: 'mean', layerNormEpsilon: 1e-5 } as const
    const corrected = await api.models.describe({ path, overrides })
    expect(corrected).toMatchObject({ heads: 4, pooling: 'mean', layerNormEpsilon: 1e-5, overrides })
    expect(corrected.notes.map(inEnglish).join(' ')).not.toBe(recognised.notes.map(inEnglish).join(' '))
    await expect(api.models.describe({ path, overrides: { heads: 5 } })).rejects.toMatchObject({
      code: 'invalid_input',
    })

    const opened = (await api.models.list()).filter(({ source }) => source === 'opened')
    expect(opened).toMatchObject([{ path, model: { heads: 4, overrides } }])
    expect(await api.models.describe({ path })).toMatchObject({ heads: 4 })
    expect(await api.models.describe({ path, overrides: {} })).toMatchObject({ heads: 2, overrides: {} })
    await api.models.forget({ path })
    expect((await api.models.list()).filter(({ source }) => source === 'opened')).toEqual([])
  })

  it('cost what the resolution makes them cost; the starter is first and needs no correction', async () => {
    const api = await openWindow(await openStudio(temporaryFolder()))
    const [first] = await api.models.list()
    expect(first).toMatchObject({ source: 'starter', path: starter, model: { overrides: null } })
    const small = await api.models.estimate({ path: starter, resolution: 64, batch: 32 })
    const large = await api.models.estimate({ path: starter, resolution: 256, batch: 32 })
    expect(large.gflopPerImage).toBeGreaterThan(10 * small.gflopPerImage)
    expect(large.memoryMB).toBeGreaterThan(small.memoryMB)
    const speed = await api.models.speed()
    expect(speed.gflops).toBeGreaterThan(0)
    expect(speed.presets.map(({ preset }) => preset)).toEqual(['quick', 'standard', 'thorough', 'paper'])
    await expect(api.models.estimate({ path: starter, resolution: 65, batch: 32 })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  it('show how alike places are before and after the grid is resized', async () => {
    const api = await openWindow(await openStudio(temporaryFolder()))
    const question = { path: place.model, resolution: 48, row: 0.99, column: 0 }
    const { before, after } = await api.models.positions(question)
    expect(before).toMatchObject({ rows: 4, columns: 4 })
    expect(after).toMatchObject({ rows: 6, columns: 6 })
    // A position is identical to itself.
    expect(before.values[3 * 4]).toBeCloseTo(1, 5)
    expect(after.values[5 * 6]).toBeCloseTo(1, 5)
    const same = await api.models.positions({ ...question, resolution: 32 })
    expect(same.after).toEqual(same.before)
    await expect(api.models.positions({ ...question, resolution: 50 })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})

describe('the few-shot preview of a studio', () => {
  const ask = (paths: readonly string[]) => ({
    models: paths.map((path) => ({ path })),
    data: place.data,
    validationSplit: 0.25,
    shots: [1, 4],
    seeds: 2,
    device: 'cpu',
  })

  it('reports a result for every model that can be read, and compares them', async () => {
    const api = await openWindow(await openStudio(temporaryFolder()))
    const missing = join(place.folder, 'missing.npz')
    const items = await readAll(api.models.fewShot(ask([place.model, missing])))
    const ofType = <T extends FewShotItem['type']>(type: T) =>
      items.filter((item): item is Extract<FewShotItem, { type: T }> => item.type === type)
    expect(ofType('images')).toEqual([{ type: 'images', classes: 3, tests: 6, heldOut: 6 }])
    expect(ofType('progress').at(-1)).toMatchObject({ path: place.model })
    const [{ result } = { result: null }] = ofType('result')
    expect(result?.path).toBe(place.model)
    expect(result?.shots.map(({ shots, images }) => [shots, images])).toEqual([
      [1, 3],
      [4, 12],
    ])
    expect(ofType('failed')).toMatchObject([{ path: missing }])
    expect(items.at(-1)).toEqual({ type: 'done', best: place.model, alike: [] })
  })

  it('ends when nobody wants it any more, and says why it cannot start', async () => {
    const api = await openWindow(await openStudio(temporaryFolder()))
    const interest = new AbortController()
    const reading = (async () => {
      for await (const item of api.models.fewShot(ask([place.model]), { signal: interest.signal }))
        if (item.type === 'images') interest.abort()
    })()
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
    const empty = { ...ask([place.model]), data: join(place.folder, 'empty') }
    await expect(readAll(api.models.fewShot(empty))).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      readAll(api.models.fewShot({ ...ask([place.model]), device: 'abacus' })),
    ).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})
