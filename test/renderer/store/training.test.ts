/** @file The run's store over the real contract and wire: begun, followed, stopped, broken and continued. */
import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { createTraining, type TrainingStore } from '../../../renderer/store/training.ts'
import { connectedTo, eventsOf, pretendHandlers, runWith, starter } from '../../support/pretend-studio.ts'

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
    const handlers = pretendHandlers()
    const store = createTraining(
      connectedTo({ ...handlers, runs: { ...handlers.runs, get: () => answers.shift() ?? finished } }),
    )
    await store.getState().start(request)
    expect(runOf(store)).toMatchObject({ status: 'finished', problem: null, run: { bestAccuracy: 0.9 } })
    const { steps, evaluations } = store.getState().history
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(evaluations.map(({ step }) => step)).toEqual([10, 20, 30, 40])
  })

  it('that breaks says why, and goes on from its last save when continued', async () => {
    let isBroken = true
    const handlers = pretendHandlers()
    const api = connectedTo({
      ...handlers,
      runs: {
        ...handlers.runs,
        get: () => runWith({ status: 'training', step: 10 }),
        metrics: () => eventsOf(0, 12).flatMap((event) => (event.type === 'step' ? [event] : [])),
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
    // Steps 11 and 12 were told twice, and are there once.
    expect(store.getState().history.steps.map(({ step }) => step)).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    )
    expect(runOf(store).problem).toBeNull()
  })

  it('that cannot begin says why', async () => {
    const handlers = pretendHandlers()
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
