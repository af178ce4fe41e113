/** @file The chosen model: recognised, corrected, removed from the list, and what it costs at a resolution. */
import { describe, expect, it, vi } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import type { ModelCard } from '../../../core/api/contract/models.ts'
import { AppError } from '../../../core/errors.ts'
import { correctionsOf, createModel } from '../../../renderer/store/model.ts'
import { connectedTo, opened, fakeHandlers, starter } from '../../support/fake-studio.ts'

function cardOf(model: ModelCard['model'] & object, source: ModelCard['source']): ModelCard {
  return { path: model.path, name: model.name, source, model, problem: null }
}

function studioWith(models: Partial<ApiHandlers['models']>): ReturnType<typeof createModel> {
  const handlers = fakeHandlers()
  return createModel(connectedTo({ ...handlers, models: { ...handlers.models, ...models } }))
}

describe('the chosen model', () => {
  it('is listed with the speed of this machine, and its cost follows the resolution', async () => {
    const asked: number[] = []
    const store = studioWith({
      estimate: ({ resolution }) => {
        asked.push(resolution)
        return { memoryMB: resolution, availableMB: 9000, microBatch: 32, gflopPerImage: 1 }
      },
    })
    await store.getState().load()
    await vi.waitFor(() => expect(store.getState().speed).toMatchObject({ gflops: 120 }))
    store.getState().setResolution(128)
    store.getState().setResolution(160)
    await vi.waitFor(() => expect(store.getState().estimate?.memoryMB).toBe(160))
    expect(asked.at(-1)).toBe(160)
  })

  it('is not lost to a list that is asked for while it is read', async () => {
    const store = studioWith({ list: () => [cardOf(starter, 'starter')] })
    const choosing = store.getState().choose(opened.path)
    await store.getState().load()
    await choosing
    expect(store.getState().state).toMatchObject({ phase: 'ready', model: { path: opened.path } })
  })

  it('is read again with a correction, at the resolution it had', async () => {
    const store = studioWith({
      describe: ({ path, overrides = {} }) => ({ ...opened, path, heads: overrides.heads ?? 3, overrides }),
    })
    await store.getState().choose(opened.path)
    store.getState().setResolution(128)
    await store.getState().correct({ heads: 6 })
    const { state } = store.getState()
    expect(state).toMatchObject({
      phase: 'ready',
      resolution: 128,
      model: { heads: 6, overrides: { heads: 6 } },
    })
    if (state.phase !== 'ready') throw new Error(state.phase)
    expect(correctionsOf(state.model)).toEqual({ overrides: { heads: 6 } })
    expect(correctionsOf(starter)).toEqual({})
  })

  it('stays as it was where a correction is refused, and says why', async () => {
    const store = studioWith({
      describe: ({ path, overrides }) => {
        if (overrides !== undefined)
          throw new AppError('invalid_input', 'The width of 192 is no multiple of 5.')
        return { ...opened, path }
      },
    })
    await store.getState().choose(opened.path)
    await store.getState().correct({ heads: 5 })
    expect(store.getState()).toMatchObject({
      refusal: 'The width of 192 is no multiple of 5.',
      state: { phase: 'ready', model: { heads: 3 } },
    })
    await store.getState().choose(opened.path)
    expect(store.getState().refusal).toBeNull()
  })

  it('stays chosen when a file that is no model is chosen, and says why', async () => {
    const store = studioWith({
      describe: ({ path }) => {
        if (path === '/wrong.pt') throw new AppError('invalid_input', 'It is no Vision Transformer.')
        return { ...opened, path }
      },
    })
    await store.getState().choose(opened.path)
    store.getState().setResolution(128)
    await store.getState().choose('/wrong.pt')
    expect(store.getState()).toMatchObject({
      problem: 'It is no Vision Transformer.',
      state: { phase: 'ready', model: { path: opened.path }, resolution: 128 },
    })
    await store.getState().choose(opened.path)
    expect(store.getState().problem).toBeNull()
  })

  it('gives way to the first of the list when it is taken off it', async () => {
    let cards = [cardOf(starter, 'starter'), cardOf(opened, 'opened')]
    const store = studioWith({
      list: () => cards,
      forget: ({ path }) => void (cards = cards.filter((card) => card.path !== path)),
    })
    await store.getState().load()
    await store.getState().choose(opened.path)
    await store.getState().forget(opened.path)
    expect(store.getState().cards.map(({ path }) => path)).toEqual([starter.path])
    expect(store.getState().state).toMatchObject({ phase: 'ready', model: { path: starter.path } })
  })
})
