/** @file The cells of a search's grid, as trials go on. */
import { describe, expect, it } from 'vitest'

import type { Search, Trial } from '../../../core/train/search/search-record.ts'
import { cellsOf, isSearching, judgedTrials } from '../../../renderer/store/search-cells.ts'
import { createTraining, shareDone } from '../../../renderer/store/training.ts'
import { connectedTo, eventsOf, fakeHandlers, runWith } from '../../support/fake-studio.ts'

const trial = (learningRate: number, change: Partial<Trial> = {}): Trial => ({
  learningRate,
  augment: 'mild',
  round: 1,
  steps: 10,
  state: 'waiting',
  accuracy: null,
  loss: null,
  losses: [],
  ...change,
})

const search = (change: Partial<Search>): Search => ({
  learningRates: [0.01, 0.03, 0.1],
  augments: ['mild'],
  usual: { learningRate: 0.03, augment: 'mild' },
  rounds: [
    { trials: 3, steps: 10 },
    { trials: 1, steps: 30 },
  ],
  training: 40,
  development: 10,
  sparseClasses: 0,
  trials: [],
  chosen: null,
  seconds: 5,
  ...change,
})

const done = { state: 'done', accuracy: 0.8, loss: 0.6 } as const
const step = { type: 'trial', trialSteps: 10, loss: 1, imagesPerSecond: 9, secondsLeft: 60 } as const
const statesOf = (one: Search): string[] => cellsOf(one, null).map(({ state }) => state)

describe('the cells of a search', () => {
  it('wait, and tell how far the trial in progress is', () => {
    expect(statesOf(search({}))).toEqual(['waiting', 'waiting', 'waiting'])
    const begun = search({ trials: [trial(0.01, done), trial(0.03), trial(0.1)] })
    const cells = cellsOf(begun, { ...step, trial: 1, trialStep: 4 })
    expect(cells.map(({ state }) => state)).toEqual(['in', 'running', 'waiting'])
    expect(cells[1]).toMatchObject({ progress: { step: 4, steps: 10 }, accuracy: null, tone: 0 })
    expect(judgedTrials(begun)).toBe(1)
  })

  it('show the longest trial, who dropped out, who diverged, and the chosen one', () => {
    const first = [
      trial(0.01, done),
      trial(0.03, { ...done, accuracy: 0.9 }),
      trial(0.1, { state: 'failed' }),
    ]
    const second = search({ trials: [...first, trial(0.03, { round: 2, steps: 30 })] })
    expect(statesOf(second)).toEqual(['out', 'in', 'failed'])
    // What is known of a setting stays while it is tried again.
    expect(cellsOf(second, { ...step, trial: 3, trialStep: 2 })[1]).toMatchObject({
      state: 'running',
      accuracy: 0.9,
      rounds: 10,
      progress: { step: 2, steps: 10 },
      tone: 1,
    })
    const chosen = { learningRate: 0.03, augment: 'mild' } as const
    const last = trial(0.03, { ...done, round: 2, steps: 30, accuracy: 0.95 })
    const ended = search({ trials: [...first, last], chosen })
    expect(statesOf(ended)).toEqual(['out', 'chosen', 'failed'])
    expect([isSearching(second), isSearching(ended), isSearching(null)]).toEqual([true, false, false])
  })
})

describe('a training with a search', () => {
  it('follows its trials apart from its own steps', async () => {
    const handlers = fakeHandlers()
    const begun = search({ trials: [trial(0.01, done), trial(0.03), trial(0.1)] })
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    const chosen = search({ ...begun, chosen: { learningRate: 0.01, augment: 'mild' } })
    let isOver = false
    const api = connectedTo({
      ...handlers,
      runs: {
        ...handlers.runs,
        get: () => runWith(isOver ? { status: 'finished', search: chosen } : { search: search({}) }),
        follow: async function* () {
          yield { type: 'search', search: begun, judged: 0 }
          yield { ...step, trial: 1, trialStep: 7 }
          await released
          yield { type: 'search', search: chosen, judged: null }
          yield* eventsOf(0, 3)
          isOver = true
        },
      },
    })
    const store = createTraining(api)
    const opened = store.getState().open('fruit')
    await expect.poll(() => store.getState().trial?.trialStep).toBe(7)
    expect(store.getState()).toMatchObject({ latest: null, history: { steps: [] }, search: { chosen: null } })
    // One trial of ten steps and seven of the next, of 60 in all and the run's own 40.
    expect(shareDone(store.getState(), runWith({}))).toBeCloseTo(17 / 100, 9)
    release()
    await opened
    expect(store.getState()).toMatchObject({ trial: null, search: { chosen: { learningRate: 0.01 } } })
    expect(store.getState().history.steps).toHaveLength(3)
    expect(shareDone(store.getState(), runWith({}))).toBeCloseTo(63 / 100, 9)
    expect(shareDone({ ...store.getState(), search: null }, runWith({}))).toBeCloseTo(3 / 40, 9)
  })
})
