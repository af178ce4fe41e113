/** @file The run's store over the real contract and wire: started, followed, stopped, broken and resumed. */
import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import type { RunNote } from '../../../core/train/events.ts'
import { createTraining, type TrainingStore } from '../../../renderer/store/training.ts'
import {
  connectedTo,
  eventsOf,
  historyOf,
  fakeHandlers,
  runWith,
  starter,
} from '../../support/fake-studio.ts'

const request = { model: starter.path, data: '/photos/fruit' }
const finished = runWith({ status: 'finished', step: 40, bestAccuracy: 0.9 })

function runOf(store: TrainingStore) {
  const { state } = store.getState()
  if (state.phase !== 'run') throw new Error(`The store is ${state.phase}.`)
  return state
}

describe('a training', () => {
  it('is started and followed to its end', async () => {
    const answers = [runWith({}), finished]
    const handlers = fakeHandlers()
    const store = createTraining(
      connectedTo({ ...handlers, runs: { ...handlers.runs, get: () => answers.shift() ?? finished } }),
    )
    await store.getState().start(request)
    expect(runOf(store)).toMatchObject({ status: 'finished', problem: null, run: { bestAccuracy: 0.9 } })
    const { steps, evaluations } = store.getState().history
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(evaluations.map(({ step }) => step)).toEqual([10, 20, 30, 40])
  })

  it('that was resumed from damage says what was found', async () => {
    const notes: RunNote[] = [{ type: 'olderCheckpoint', step: 10 }]
    const handlers = fakeHandlers()
    const events = eventsOf(10, 12).map((event) => (event.type === 'start' ? { ...event, notes } : event))
    const api = connectedTo({
      ...handlers,
      runs: {
        ...handlers.runs,
        get: () => runWith({ status: 'training', step: 10 }),
        follow: async function* () {
          yield* events
        },
      },
    })
    const store = createTraining(api)
    await store.getState().open('run')
    expect(runOf(store).found).toEqual(notes)
  })

  it('that breaks says why, and continues from its last save when resumed', async () => {
    let isBroken = true
    const handlers = fakeHandlers()
    const api = connectedTo({
      ...handlers,
      runs: {
        ...handlers.runs,
        get: () => runWith({ status: 'training', step: 10 }),
        history: () => historyOf(eventsOf(0, 12)),
        follow: async function* () {
          yield* isBroken ? eventsOf(0, 12) : eventsOf(10, 40)
          if (isBroken) throw new AppError('io', 'The engine has ended unexpectedly.')
        },
        resume: () => {
          isBroken = false
        },
      },
    })
    const store = createTraining(api)
    await store.getState().start(request)
    expect(runOf(store)).toMatchObject({ status: 'failed' })
    expect(runOf(store).problem).not.toBeNull()
    await store.getState().resume()
    // Steps 11 and 12 were reported twice, and appear once.
    expect(store.getState().history.steps.map(({ step }) => step)).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    )
    expect(runOf(store).problem).toBeNull()
  })

  it('is paused and continued, as it reports itself', async () => {
    const handlers = fakeHandlers()
    const seen: string[] = []
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    const api = connectedTo({
      ...handlers,
      runs: {
        ...handlers.runs,
        get: () => runWith({ status: seen.length < 2 ? 'training' : 'finished' }),
        follow: async function* () {
          yield* eventsOf(0, 3)
          yield { type: 'paused', step: 3 }
          await released
          yield { type: 'continued', step: 3 }
          yield* eventsOf(3, 40).slice(1)
        },
        pause: ({ paused }) => {
          seen.push(paused ? 'pause' : 'go on')
          if (!paused) release()
        },
      },
    })
    const store = createTraining(api)
    const pauses: string[] = []
    store.subscribe(({ state }) => {
      if (state.phase === 'run' && state.pause !== pauses.at(-1)) pauses.push(state.pause)
    })
    const done = store.getState().start(request)
    await expect.poll(() => store.getState().state.phase).toBe('run')
    void store.getState().pause(true)
    await expect.poll(() => runOf(store).pause).toBe('on')
    await store.getState().pause(false)
    await done
    expect(seen).toEqual(['pause', 'go on'])
    expect(pauses).toEqual(['off', 'asked', 'on', 'off'])
    expect(store.getState().history.steps).toHaveLength(40)
  })

  it('opened in mid-training is told only what it has not read, and keeps one of each', async () => {
    const handlers = fakeHandlers()
    const asked: number[] = []
    const examples = (step: number) => ({ type: 'examples' as const, step, images: [] })
    const answers = [runWith({ status: 'training', step: 20 }), finished]
    const api = connectedTo({
      ...handlers,
      runs: {
        ...handlers.runs,
        get: () => answers.shift() ?? finished,
        history: () => ({ ...historyOf(eventsOf(0, 20)), examples: [examples(0), examples(20)] }),
        follow: async function* ({ after }) {
          asked.push(after)
          yield examples(0)
          yield* eventsOf(0, 40).filter((event) => event.type !== 'step' || event.step > after)
          yield examples(40)
        },
      },
    })
    const store = createTraining(api)
    await store.getState().open('fruit')
    const { history } = store.getState()
    expect(asked).toEqual([19])
    expect(history.steps.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(history.evaluations.map(({ step }) => step)).toEqual([10, 20, 30, 40])
    expect(history.examples.map(({ step }) => step)).toEqual([0, 20, 40])
  })

  it('tells how far the probe is and how long it takes, until the first step', async () => {
    const handlers = fakeHandlers()
    let go = (): void => undefined
    const api = connectedTo({
      ...handlers,
      runs: {
        ...handlers.runs,
        get: () => runWith({}),
        follow: async function* () {
          yield { type: 'probing', done: 10, total: 90 }
          await new Promise((resolve) => setTimeout(resolve, 400))
          yield { type: 'probing', done: 30, total: 90 }
          await new Promise<void>((resolve) => (go = resolve))
          yield { type: 'probe', figures: null }
          yield* eventsOf(0, 40)
        },
      },
    })
    const store = createTraining(api)
    const ended = store.getState().open('fruit')
    await expect.poll(() => store.getState().probing).toMatchObject({ done: 10, secondsLeft: null })
    await expect.poll(() => store.getState().probing?.done).toBe(30)
    // 20 images took 0.4 s or, on a busy machine, longer; 60 are left.
    expect(store.getState().probing?.secondsLeft).toBeGreaterThan(0.9)
    expect(store.getState().probing?.secondsLeft).toBeLessThan(12)
    go()
    await expect.poll(() => store.getState().probing).toBeNull()
    await ended
  })

  it('that cannot start says why', async () => {
    const handlers = fakeHandlers()
    const start = async function* () {
      yield { type: 'progress' as const, done: 0, total: 1 }
      throw new AppError('invalid_input', 'There is one class only; two are needed.')
    }
    const store = createTraining(connectedTo({ ...handlers, runs: { ...handlers.runs, start } }))
    await store.getState().start(request)
    expect(store.getState().state).toEqual({
      phase: 'refused',
      message: 'There is one class only; two are needed.',
    })
  })
})
