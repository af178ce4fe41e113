import { describe, expect, it } from 'vitest'

import { createResults, type ResultsStore } from '../../../renderer/store/results.ts'
import { AppError } from '../../../core/errors.ts'
import type { ApiHandlers } from '../../../core/api/contract.ts'
import { connectedTo, evaluation, fakeHandlers } from '../../support/fake-studio.ts'

function storeWith(change: Partial<ApiHandlers['results']>): ResultsStore {
  const handlers = fakeHandlers()
  return createResults(connectedTo({ ...handlers, results: { ...handlers.results, ...change } }))
}

describe('results', () => {
  it('come once for a run', async () => {
    let evaluations = 0
    const store = storeWith({
      evaluate: async function* () {
        evaluations++
        yield { type: 'done', evaluation: evaluation() }
      },
    })
    await store.getState().evaluate('fruit')
    await store.getState().evaluate('fruit')
    expect(evaluations).toBe(1)
    expect(store.getState().state).toMatchObject({ phase: 'ready', run: 'fruit' })
    store.getState().forget()
    expect(store.getState().state).toEqual({ phase: 'none' })
  })

  it('are those that were kept, where there are any', async () => {
    const store = storeWith({
      stored: () => evaluation(),
      evaluate: () => {
        throw new Error('not needed')
      },
    })
    await store.getState().evaluate('fruit')
    expect(store.getState().state).toMatchObject({ phase: 'ready', run: 'fruit' })
  })

  it('are recalled without evaluating anything', async () => {
    const store = storeWith({
      evaluate: () => {
        throw new Error('not asked for')
      },
    })
    await store.getState().recall('fruit')
    expect(store.getState().state).toEqual({ phase: 'none' })
  })

  it('can be given up, and asked for again', async () => {
    const store = storeWith({
      evaluate: async function* (_, { signal }) {
        yield { type: 'progress', done: 1, total: 18 }
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      },
    })
    const evaluating = store.getState().evaluate('fruit')
    await new Promise<void>((resolve) => {
      store.subscribe(({ state }) => {
        if (state.phase === 'evaluating' && state.done === 1) resolve()
      })
    })
    store.getState().cancel()
    await evaluating
    expect(store.getState().state).toEqual({ phase: 'stopped', run: 'fruit' })
  })

  it('say why there are none', async () => {
    const store = storeWith({
      evaluate: async function* () {
        yield* []
        throw new AppError('io', 'The folder has gone.')
      },
    })
    await store.getState().evaluate('fruit')
    expect(store.getState().state).toMatchObject({
      phase: 'failed',
      run: 'fruit',
      message: 'The folder has gone.',
    })
  })
})
