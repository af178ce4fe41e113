/** @file The few-shot preview in the window: followed, cancelled, and remembered for its photos. */
import { describe, expect, it, vi } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import type { FewShotKnown, FewShotRequest } from '../../../core/api/contract/few-shot.ts'
import { AppError } from '../../../core/errors.ts'
import { createFewShot, resultsThatHold, type FewShotStore } from '../../../renderer/store/few-shot.ts'
import { connectedTo, fewShotResult, fakeHandlers } from '../../support/fake-studio.ts'

const request: FewShotRequest = {
  models: [{ path: '/models/a' }, { path: '/models/b', overrides: { heads: 3 } }],
  data: '/photos/fruit',
}

function storeWith(fewShot?: ApiHandlers['models']['fewShot']): FewShotStore {
  const handlers = fakeHandlers()
  const models = { ...handlers.models, ...(fewShot === undefined ? {} : { fewShot }) }
  return createFewShot(connectedTo({ ...handlers, models }))
}

describe('the few-shot preview', () => {
  it('reports what it looks at, then a result for every model and the best', async () => {
    const store = storeWith()
    const works: unknown[] = []
    store.subscribe(({ work }) => works.push(work))
    await store.getState().ask(request)
    const { outcome, work, problem } = store.getState()
    expect([work, problem]).toEqual([null, null])
    expect(outcome).toMatchObject({ tests: 18, best: '/models/b', alike: [], failed: [] })
    expect(outcome?.results.map(({ path }) => path)).toEqual(['/models/a', '/models/b'])
    expect(works).toContainEqual({ path: null, done: 45, total: 90 })
    expect(works).toContainEqual({ path: '/models/a', done: 30, total: 60 })
  })

  it('asks by itself once, whatever came of it', async () => {
    let asked = 0
    const store = storeWith(async function* (_, { signal }) {
      asked++
      yield { type: 'checking', done: 1, total: 90 }
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    })
    store.getState().askByItself(request)
    await expect.poll(() => store.getState().work).toMatchObject({ done: 1 })
    store.getState().askByItself(request)
    store.getState().cancel()
    store.getState().askByItself(request)
    expect(store.getState().work).toBeNull()
    expect(asked).toBe(1)
    store.getState().askByItself({ ...request, models: [{ path: '/models/c' }] })
    await expect.poll(() => asked).toBe(2)
    store.getState().cancel()
  })

  it('is remembered with the project, for the same photos, and then not asked again by itself', async () => {
    const handlers = fakeHandlers()
    let stored: FewShotKnown | null = null
    let asked = 0
    const api = connectedTo({
      ...handlers,
      models: {
        ...handlers.models,
        fewShot: (input, context) => {
          asked++
          return handlers.models.fewShot(input, context)
        },
        fewShotKnown: () => stored,
        rememberFewShot: ({ known }) => void (stored = known),
      },
    })
    const ofProject = { ...request, project: 'fruit-1' }
    await createFewShot(api, () => '90 photos')
      .getState()
      .ask(ofProject)

    const later = createFewShot(api, () => '90 photos')
    later.getState().recall(ofProject)
    later.getState().askByItself(ofProject)
    await expect.poll(() => later.getState().outcome?.best).toBe('/models/b')
    expect(asked).toBe(1)

    const changed = createFewShot(api, () => '91 photos')
    changed.getState().recall(ofProject)
    changed.getState().askByItself(ofProject)
    await expect.poll(() => asked).toBe(2)
  })

  it('calls no model the best that was alone', async () => {
    const store = storeWith()
    await store.getState().ask({ ...request, models: [{ path: '/models/a' }] })
    expect(store.getState().outcome).toMatchObject({ best: null, results: [{ path: '/models/a' }] })
  })

  it('keeps the answer of every set of photos, and shows no other', async () => {
    const store = storeWith()
    const other = { ...request, data: '/photos/birds' }
    await store.getState().ask(request)
    const first = store.getState().outcome
    store.getState().recall(other)
    expect(store.getState().outcome).toBeNull()
    await store.getState().ask(other)
    store.getState().recall({ ...request, models: [{ path: '/models/c' }] })
    expect(store.getState().outcome).toBe(first)
    store.getState().recall(null)
    expect(store.getState().outcome).toBeNull()
  })

  it('drops a result of a model that was corrected since', async () => {
    const store = storeWith()
    await store.getState().ask(request)
    const { outcome } = store.getState()
    if (outcome === null) throw new Error('no outcome')
    expect(resultsThatHold(outcome, request)).toHaveLength(2)
    const corrected = { ...request, models: [{ path: '/models/a', overrides: { heads: 6 } }] }
    expect(resultsThatHold(outcome, corrected)).toEqual([])
  })

  it('can be cancelled, and what was known before stays', async () => {
    let answers = 0
    const store = storeWith(async function* (_, { signal }) {
      yield { type: 'images', classes: 3, tests: 6, heldOut: 6 }
      if (++answers === 1) {
        yield { type: 'result', result: fewShotResult('/models/a', 0.8) }
        yield { type: 'done', best: '/models/a', alike: [] }
        return
      }
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'It was cancelled.')))
      })
    })
    await store.getState().ask(request)
    const first = store.getState().outcome
    const second = store.getState().ask(request)
    await vi.waitFor(() => expect(store.getState().outcome?.tests).toBe(6))
    store.getState().cancel()
    await second
    expect(store.getState()).toMatchObject({ work: null, problem: null, outcome: first })
  })

  it('says why it could not start', async () => {
    const store = storeWith(async function* () {
      yield* []
      throw new AppError('invalid_input', 'There are no images to test on.')
    })
    await store.getState().ask(request)
    expect(store.getState()).toMatchObject({
      work: null,
      outcome: null,
      problem: 'There are no images to test on.',
    })
  })
})
