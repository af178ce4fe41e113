/** @file The catalogue in the window: downloads followed, paused and failed, files imported, the mirror set. */
import { describe, expect, it, vi } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import type { CatalogueState } from '../../../core/api/contract/catalogue.ts'
import { AppError } from '../../../core/errors.ts'
import { createCatalogue, type CatalogueStore } from '../../../renderer/store/catalogue.ts'
import { fakeCard } from '../../support/fake-catalogue.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

const { id } = fakeCard()

function storeWith(catalogue: Partial<ApiHandlers['catalogue']>): CatalogueStore {
  const handlers = fakeHandlers()
  return createCatalogue(connectedTo({ ...handlers, catalogue: { ...handlers.catalogue, ...catalogue } }))
}

function stateIn(store: CatalogueStore): CatalogueState | undefined {
  return store.getState().cards.find((card) => card.id === id)?.state
}

const halfWay = { type: 'progress', done: 5, total: 10, bytesPerSecond: 1, secondsLeft: 5 } as const

describe('the catalogue', () => {
  it('lists models and downloads none by itself', async () => {
    const download = vi.fn<ApiHandlers['catalogue']['download']>()
    const store = storeWith({ download })
    await store.getState().load()
    expect(store.getState().cards).toHaveLength(3)
    expect(store.getState().settings).toMatchObject({ chosenBy: 'default' })
    expect(download).not.toHaveBeenCalled()
  })

  it('shows a download as it goes, and what has become of it', async () => {
    let state: CatalogueState = { state: 'absent' }
    const store = storeWith({
      list: () => [fakeCard({ state })],
      download: async function* () {
        yield halfWay
        state = { state: 'ready', path: '/home/models/x.safetensors', shared: false }
        yield { type: 'done', path: '/home/models/x.safetensors' }
      },
    })
    await store.getState().load()
    const seen: unknown[] = []
    store.subscribe(() => seen.push(stateIn(store)))
    await store.getState().download(id)
    expect(seen).toContainEqual({ state: 'downloading', latest: halfWay })
    expect(stateIn(store)).toEqual(state)
  })

  it('follows what was going on when the window opened, once', async () => {
    let followers = 0
    const store = storeWith({
      list: () => [fakeCard({ state: { state: 'downloading', latest: halfWay } })],
      follow: async function* (_, { signal }) {
        followers++
        yield { ...halfWay, done: 6 }
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    })
    await store.getState().load()
    await vi.waitFor(() => expect(stateIn(store)).toMatchObject({ latest: { done: 6 } }))
    await store.getState().load()
    // A second follower would have been started before this answer.
    await store.getState().setMirror(null)
    expect(followers).toBe(1)
  })

  it('pauses without a complaint, and reports a failure until the next try', async () => {
    let failure = new AppError('cancelled', 'The download was paused.')
    const store = storeWith({
      list: () => [fakeCard({ state: { state: 'partial', bytes: 5 } })],
      download: async function* () {
        yield halfWay
        throw failure
      },
    })
    await store.getState().load()
    await store.getState().download(id)
    expect(store.getState().problems).toEqual({})
    expect(stateIn(store)).toEqual({ state: 'partial', bytes: 5 })
    failure = new AppError('io', 'The disk is full.')
    await store.getState().download(id)
    expect(store.getState().problems).toEqual({ [id]: 'The disk is full.' })
    await store.getState().remove(id)
    expect(store.getState().problems).toEqual({})
  })

  it('says which copies stay when one is removed, until the next is', async () => {
    const left = [{ place: 'hubCache', path: '/cache/x', bytes: 5 }] as const
    const store = storeWith({ remove: (given) => (given.id === id ? [...left] : []) })
    await store.getState().remove(id)
    expect(store.getState()).toMatchObject({ left, problems: {} })
    await store.getState().remove('other')
    expect(store.getState().left).toEqual([])
  })

  it('imports a file, and says why one is not the model', async () => {
    const store = storeWith({
      importFile: async function* ({ path }) {
        yield { type: 'progress', done: 1, total: 2 }
        if (path === '/wrong') throw new AppError('invalid_input', 'This is another model.')
        yield { type: 'done', path }
      },
    })
    await store.getState().load()
    const seen: unknown[] = []
    store.subscribe(({ importing }) => seen.push(importing[id]))
    await store.getState().importFile(id, '/right')
    expect(seen).toContainEqual({ done: 1, total: 2 })
    expect(store.getState()).toMatchObject({ importing: {}, problems: {} })
    await store.getState().importFile(id, '/wrong')
    expect(store.getState()).toMatchObject({ importing: {}, problems: { [id]: 'This is another model.' } })
  })

  it('sets a mirror, and refuses what is not an address', async () => {
    const store = storeWith({
      setMirror: ({ mirror }) => {
        if (mirror === 'nonsense') throw new AppError('invalid_input', 'nonsense is not an address.')
        return {
          hub: mirror ?? 'usual',
          chosenBy: mirror === null ? 'default' : 'setting',
          folder: '/home/models',
        }
      },
    })
    await store.getState().load()
    await store.getState().setMirror('https://mirror.example')
    expect(store.getState().settings).toMatchObject({ hub: 'https://mirror.example', chosenBy: 'setting' })
    await store.getState().setMirror('nonsense')
    expect(store.getState()).toMatchObject({
      problem: 'nonsense is not an address.',
      settings: { hub: 'https://mirror.example' },
    })
    await store.getState().setMirror(null)
    expect(store.getState()).toMatchObject({ problem: null, settings: { chosenBy: 'default' } })
  })
})
