/** @file What a training tells of how far it is, to shells that show no more than that. */
import { describe, expect, it } from 'vitest'

import type { TrainEvent } from '../../../../core/api/contract/metrics.ts'
import { createTrainings } from '../../../../core/studio/runs/trainings.ts'
import type { Search, Trial } from '../../../../core/train/search/search-record.ts'
import { eventsOf } from '../../../support/fake-studio.ts'

const waiting: Trial = {
  learningRate: 0.01,
  augment: 'mild',
  round: 1,
  steps: 10,
  state: 'waiting',
  accuracy: null,
  loss: null,
  losses: [],
}
const judged: Trial = { ...waiting, state: 'done', accuracy: 0.8, loss: 0.6 }
const step = { type: 'trial', trialSteps: 10, loss: 1, imagesPerSecond: 9, secondsLeft: 60 } as const

const search = (change: Partial<Search>): Search => ({
  learningRates: [0.01],
  augments: ['mild', 'gentle'],
  usual: { learningRate: 0.01, augment: 'mild' },
  rounds: [{ trials: 2, steps: 10 }],
  training: 40,
  development: 10,
  sparseClasses: 0,
  trials: [waiting, waiting],
  chosen: null,
  seconds: 5,
  ...change,
})

describe('a training with a search', () => {
  it('counts the steps of its trials with its own, and knows its own alone', async () => {
    const trainings = createTrainings()
    const told: string[] = []
    trainings.onChange((now) => told.push(`${now.step}/${now.steps}`))
    const events: TrainEvent[] = [
      ...eventsOf(0, 0),
      { type: 'search', search: search({}), judged: null },
      { ...step, trial: 0, trialStep: 4 },
      { type: 'search', search: search({ trials: [judged, waiting] }), judged: 0 },
      { ...step, trial: 1, trialStep: 7 },
      { type: 'search', search: search({ chosen: judged }), judged: null },
      ...eventsOf(0, 2),
    ]
    const source = async function* (): AsyncGenerator<TrainEvent> {
      yield* events
    }
    trainings.adopt('fruit', source())
    await trainings.ended('fruit')
    expect([...new Set(told)]).toEqual([
      '0/0',
      '0/40',
      '0/60',
      '4/60',
      '10/60',
      '17/60',
      '20/60',
      '21/60',
      '22/60',
    ])
    expect(trainings.lastStep('fruit')).toBe(2)
  })
})
