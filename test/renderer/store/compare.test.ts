import { describe, expect, it } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import type { Evaluation } from '../../../core/api/contract/results.ts'
import {
  createCompare,
  differenceOf,
  mostCompared,
  type CompareStore,
} from '../../../renderer/store/compare.ts'
import {
  connectedTo,
  evaluation,
  eventsOf,
  historyOf,
  fakeHandlers,
  runWith,
} from '../../support/fake-studio.ts'

const ids = ['a', 'b', 'c', 'd', 'e']
const runs = ids.map((id, i) =>
  runWith({ id, name: id, project: 'fruit', status: 'finished', bestAccuracy: 0.9 - i / 10 }),
)

function storeWith(change: Partial<ApiHandlers['results']> = {}): CompareStore {
  const handlers = fakeHandlers()
  return createCompare(
    connectedTo({
      ...handlers,
      runs: {
        ...handlers.runs,
        list: () => [...runs, runWith({ id: 'other', project: 'birds', bestAccuracy: 1 })],
        get: ({ run }) => runs.find(({ id }) => id === run) ?? runWith({ id: run }),
        history: () => historyOf(eventsOf(0, 20)),
      },
      results: { ...handlers.results, ...change },
    }),
  )
}

const chosenIn = (store: CompareStore): string[] => store.getState().chosen.map(({ run }) => run.id)

describe('comparing', () => {
  it('finds all runs, and starts with this one and the newest other of its project', async () => {
    const store = storeWith()
    await store.getState().open('fruit', 'b')
    expect(store.getState().runs?.map(({ id }) => id)).toEqual([...ids, 'other'])
    expect(chosenIn(store)).toEqual(['b', 'a'])
    expect(store.getState().chosen[0]?.evaluations.map(({ step }) => step)).toEqual([10, 20])
  })

  it('takes in and leaves out runs, as many as can be told apart', async () => {
    const store = storeWith()
    await store.getState().open('fruit', 'a')
    for (const id of ['c', 'd', 'e']) await store.getState().toggle(id)
    expect(chosenIn(store)).toEqual(['a', 'b', 'c', 'd'])
    expect(chosenIn(store)).toHaveLength(mostCompared)
    await store.getState().toggle('a')
    expect(chosenIn(store)).toEqual(['b', 'c', 'd'])
  })

  it('are read again after one was deleted or renamed', async () => {
    const store = storeWith({})
    await store.getState().open('fruit', 'a')
    const [first] = runs.splice(0, 1, { ...runs[0]!, name: 'Renamed' })
    await store.getState().refresh()
    expect(store.getState().chosen[0]?.run.name).toBe('Renamed')
    runs.splice(0, 1)
    await store.getState().refresh()
    expect(chosenIn(store)).toEqual(['b'])
    runs.unshift(first!)
  })

  it('asks both models, the one that was asked before not again', async () => {
    const asked: string[] = []
    const store = storeWith({
      stored: ({ run }) => (run === 'a' ? evaluation() : null),
      evaluate: async function* ({ run }) {
        asked.push(run)
        yield { type: 'done', evaluation: evaluation() }
      },
    })
    await store.getState().open('fruit', 'a')
    await store.getState().judge()
    expect(asked).toEqual(['b'])
    expect(store.getState().judging).toMatchObject({
      phase: 'ready',
      pair: ['a', 'b'],
      difference: { shared: 18, bothRight: 12, onlyFirst: { images: [] }, onlySecond: { images: [] } },
    })
  })
})

describe('the difference of two evaluations', () => {
  it('counts only what both have judged, and shows the mistake of the one that is wrong', () => {
    const first = evaluation()
    const [image] = first.images
    if (image === undefined) throw new Error('no image')
    const second: Evaluation = {
      ...first,
      images: [
        { ...image, predicted: 2 },
        { ...image, path: 'elsewhere.jpg' },
      ],
    }
    expect(differenceOf(first, second)).toMatchObject({
      shared: 1,
      bothRight: 0,
      onlyFirst: { images: [{ path: image.path, predicted: 2 }] },
      onlySecond: { images: [] },
    })
    expect(differenceOf(first, { ...second, root: '/elsewhere' }).shared).toBe(0)
  })
})
