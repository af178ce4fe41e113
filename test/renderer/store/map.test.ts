import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { createMap } from '../../../renderer/store/map.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

const request = { model: '/models/starter', data: '/home/fruit' }

describe('the map of the photos', () => {
  it('is computed once, shown with its progress, and remembered while the window is open', async () => {
    let asked = 0
    const handlers = fakeHandlers()
    const store = createMap(
      connectedTo({
        ...handlers,
        map: {
          place: (input, context) => {
            asked++
            return handlers.map.place(input, context)
          },
        },
      }),
    )
    const stages: string[] = []
    store.subscribe(({ work }) => work !== null && stages.push(work.stage))
    await store.getState().ask(request)
    expect(stages).toEqual(['checking', 'looking'])
    const first = store.getState().map
    expect(first?.folders).toHaveLength(1)

    await store.getState().ask({ ...request, model: '/models/other' })
    expect(asked).toBe(2)
    await store.getState().ask(request)
    expect(asked).toBe(2)
    expect(store.getState()).toMatchObject({ map: first, work: null })
    await store.getState().ask(null)
    expect(store.getState().map).toBeNull()
  })

  it('is shown as a run sees it, which is among the eyes by then', async () => {
    const handlers = fakeHandlers()
    const [first] = await connectedTo(handlers).runs.list()
    if (first === undefined) throw new Error('the fake has no run')
    const run = { ...first, project: 'fruit', bestAccuracy: 0.5 }
    const store = createMap(connectedTo({ ...handlers, runs: { ...handlers.runs, list: () => [run] } }))
    const seen: string[][] = []
    store.subscribe(({ eye, eyes }) => {
      if (eye !== null) seen.push([eye, ...eyes.map(({ id }) => id)])
    })
    await store.getState().seeAsRun(run.id, 'fruit')
    expect(store.getState().view).toBe('map')
    expect(seen).not.toHaveLength(0)
    expect(seen.every(([eye = '', ...eyes]) => eyes.includes(eye))).toBe(true)
  })

  it('says why there is none, and can be cancelled', async () => {
    const handlers = fakeHandlers()
    const store = createMap(
      connectedTo({
        ...handlers,
        map: {
          place: async function* ({ model }, { signal }) {
            yield { type: 'progress', stage: 'looking', done: 0, total: 1 }
            if (model === 'bad') throw new AppError('invalid_input', 'There is no such model.')
            await new Promise((resolve) => signal.addEventListener('abort', resolve))
          },
        },
      }),
    )
    await store.getState().ask({ ...request, model: 'bad' })
    expect(store.getState()).toMatchObject({ work: null, problem: 'There is no such model.' })
    const asked = store.getState().ask(request)
    expect(store.getState().problem).toBeNull()
    store.getState().cancel()
    await asked
    expect(store.getState()).toMatchObject({ work: null, map: null, problem: null })
  })
})
