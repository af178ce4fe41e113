/** @file The stores of data and model, over the real contract and wire. */
import { describe, expect, it } from 'vitest'

import { createData, splitOf } from '../../../renderer/store/data.ts'
import { createModel, relativeWork, resolutionRange } from '../../../renderer/store/model.ts'
import { connectedTo, fakeHandlers, starter } from '../../support/fake-studio.ts'

const api = connectedTo(fakeHandlers())

describe('data', () => {
  it('is checked, and split by the chosen share', async () => {
    const store = createData(api)
    await store.getState().check('/home/fruit')
    const { state } = store.getState()
    if (state.phase !== 'ready') throw new Error(state.phase)
    expect(state.folder).toBe('/home/fruit')
    expect(splitOf(state.checked, 0.2, 0)).toEqual([
      { name: 'ripe', training: 16, held: 4 },
      { name: 'unripe', training: 24, held: 6 },
      { name: 'rotten', training: 32, held: 8 },
    ])
  })

  it('says what is wrong with a folder', async () => {
    const store = createData(api)
    await store.getState().check('/home/empty')
    expect(store.getState().state).toMatchObject({
      phase: 'failed',
      message: 'There are no images in /home/empty.',
    })
  })

  it('takes the sample pictures with their own folder of held-back ones', async () => {
    const store = createData(api)
    await store.getState().useSample()
    expect(store.getState().state).toMatchObject({
      phase: 'ready',
      folder: '/sample/train',
      validation: '/sample/test',
    })
  })
})

describe('the model', () => {
  it('is the first on offer until another is chosen', async () => {
    const store = createModel(api)
    await store.getState().load()
    expect(store.getState().state).toEqual({ phase: 'ready', model: starter, resolution: 96 })
    store.getState().setResolution(128)
    expect(store.getState().state).toMatchObject({ resolution: 128 })
  })

  it('works at multiples of its patch, and costs what its own resolution costs there', () => {
    const { least, most } = resolutionRange(starter)
    expect([least % starter.patch, most % starter.patch]).toEqual([0, 0])
    expect(relativeWork(starter, 96)).toBe(1)
    expect(relativeWork(starter, 192)).toBeGreaterThan(4)
  })
})
