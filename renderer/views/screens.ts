/** @file The screens: the view of each with its stylesheet, and what the rail says of the steps. */
import { memo } from 'react'

import './home/home.css'
import '../styles/picker.css'
import './palette/palette.css'
import './data/data.css'
import './map/map.css'
import './worth/worth.css'
import './inspect/inspect.css'
import './model/model.css'
import './train/train.css'
import './results/results.css'
import './use/use.css'
import './trainings/trainings.css'
import type { DataState } from '../store/data.ts'
import type { ModelState } from '../store/model.ts'
import { steps, type Screen, type Step } from '../store/navigation.ts'
import { shareDone, type TrainingSubject } from '../store/training.ts'
import { useSelected, useSubject } from '../studio.ts'
import { percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { DataView } from './data/data-view.tsx'
import { HomeView } from './home/home-view.tsx'
import { ModelView } from './model/model-view.tsx'
import { ResultsView } from './results/results-view.tsx'
import { TrainView } from './train/train-view.tsx'
import { TrainingsView } from './trainings/trainings-view.tsx'
import { UseView } from './use/use-view.tsx'

// What changes around a screen is no reason to render it again.
export const views = {
  home: memo(HomeView),
  data: memo(DataView),
  model: memo(ModelView),
  train: memo(TrainView),
  results: memo(ResultsView),
  use: memo(UseView),
  trainings: memo(TrainingsView),
} satisfies Record<Screen, unknown>

/** The state of a step, with a word about it. */
export interface StepState {
  readonly state: 'done' | 'open' | 'locked'
  readonly note: string
}

/** What the steps in the rail say of themselves; a step of training changes only the one that counts it. */
export function useStepStates(): Record<Step, StepState> {
  const { state: data } = useSubject('data', 'state')
  const { state: model } = useSubject('model', 'state')
  const train = useSelected('training', trainStep)
  const open = useSelected('trainings', (trainings) => trainings.open?.id ?? null)
  const trained = open === null ? 'locked' : 'open'
  const accuracy = useSelected('results', ({ state }) =>
    state.phase === 'ready' && state.run === open ? state.evaluation.accuracy : null,
  )
  return withNext({
    data: dataStep(data),
    model: modelStep(model, data),
    train,
    results: {
      state: accuracy === null ? trained : 'done',
      note: accuracy === null ? lockedNote(trained) : text.home.accuracy(accuracy),
    },
    use: { state: trained, note: lockedNote(trained) },
  })
}

/** The first step that waits for the person is marked as next. */
function withNext(states: Record<Step, StepState>): Record<Step, StepState> {
  const next = steps.find((step) => states[step].state === 'open')
  if (next === undefined || states[next].note !== '') return states
  return { ...states, [next]: { ...states[next], note: text.steps.next } }
}

function lockedNote(state: StepState['state']): string {
  return state === 'locked' ? text.steps.needsRun : ''
}

function dataStep(state: DataState): StepState {
  if (state.phase === 'empty') return { state: 'open', note: '' }
  if (state.phase === 'failed') return { state: 'open', note: text.steps.failed }
  if (state.phase !== 'ready') return { state: 'open', note: text.steps.working }
  const { images, validation, classes } = state.checked
  const total = images.length + (validation?.images.length ?? 0)
  return { state: 'done', note: text.data.summary(total, classes.length) }
}

function modelStep(state: ModelState, data: DataState): StepState {
  if (state.phase === 'failed') return { state: 'open', note: text.steps.failed }
  if (state.phase !== 'ready') return { state: 'open', note: '' }
  return {
    state: data.phase === 'ready' ? 'done' : 'open',
    note: `${state.model.name}, ${state.resolution} px`,
  }
}

function trainStep(training: TrainingSubject): StepState {
  const { state } = training
  if (state.phase === 'refused') return { state: 'open', note: text.steps.failed }
  if (state.phase !== 'run')
    return { state: 'open', note: state.phase === 'preparing' ? text.steps.working : '' }
  const { status, pause, run } = state
  if (pause === 'on') return { state: 'open', note: text.train.pausedNote }
  if (status === 'training' || status === 'stopping' || status === 'resuming') {
    return { state: 'open', note: percent(shareDone(training, run)) }
  }
  return { state: status === 'finished' ? 'done' : 'open', note: text.home.status[status] }
}
