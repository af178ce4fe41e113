/** @file What can be done with training at any moment: the Train step's buttons and the command palette offer the same. */
import type { TrainingChoices } from '../../../core/api/contract/projects.ts'
import type { FineTuneRequest } from '../../../core/api/contract/runs.ts'
import type { Action } from '../../store/actions.ts'
import { isUsable, nextName } from '../../store/trainings.ts'
import { useSelected, useStudio, useSubject, type Studio } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { choicesOf, draftOf } from './draft.ts'
import { askForNews } from './news.tsx'

export type TrainingAction = 'start' | 'stop' | 'pause' | 'continue' | 'resume' | 'again' | 'results'

/** By their names; one that is not possible now is shown by no palette, and as a button it is disabled. */
export function useTrainingActions(): Readonly<Record<TrainingAction, Action>> {
  const studio = useStudio()
  const { navigation, training, trainings, results } = studio
  const { state } = useSubject('training', 'state')
  const request = useSavedRequest()
  const run = state.phase === 'run' ? state : null
  const isFree = run?.status === 'training'
  const isOver = run !== null && !['training', 'stopping', 'resuming'].includes(run.status)
  const hasModel = run !== null && isUsable(run.run)
  const action = (id: TrainingAction, name: string, isPossible: boolean, act: () => void): Action => ({
    id: `training-${id}`,
    name,
    group: 'now',
    isPossible,
    run: () => {
      act()
      navigation.getState().go(id === 'results' ? 'results' : 'train')
    },
  })
  const { stop, pause, resume, leave } = training.getState()
  return {
    start: action('start', text.train.start, (run === null || isOver) && request !== null, () => {
      if (request !== null) startTraining(studio, request)
    }),
    stop: action('stop', text.train.stop, isFree, () => void stop()),
    pause: action('pause', text.train.pause, isFree && run.pause === 'off', () => void pause(true)),
    continue: action('continue', text.train.goOn, isFree && run.pause === 'on', () => void pause(false)),
    resume: action('resume', text.train.continue, isOver && run.status !== 'finished', () => {
      results.getState().forget()
      void resume()
    }),
    again: action('again', text.train.again, isOver, leave),
    results: action('results', text.train.next, isOver && hasModel, () => {
      if (run !== null) void trainings.getState().show(run.run.id)
    }),
  }
}

/** Starts a training; the open one stays open until this one has ended. */
export function startTraining({ training, fewShot }: Studio, request: FineTuneRequest): void {
  // Both would compute at once, each at half its speed.
  fewShot.getState().cancel()
  void askForNews()
  void training.getState().start(request)
}

/** What the project's saved settings ask for; null while something is missing. */
function useSavedRequest(): FineTuneRequest | null {
  const studio = useStudio()
  const saved = useSelected('project', ({ current }) => current?.training ?? null)
  const resolution = useSelected('model', ({ state }) => (state.phase === 'ready' ? state.resolution : null))
  useSelected('data', ({ state }) => state.phase)
  return requestOf(studio, choicesOf(draftOf(saved), resolution))
}

/** The request to the engine; null while something is missing. */
export function requestOf(
  { project, trainings, data, model }: Studio,
  choices: TrainingChoices | null,
): FineTuneRequest | null {
  const { state: images, validationSplit } = data.getState()
  const { state: start } = model.getState()
  if (choices === null || images.phase !== 'ready' || start.phase !== 'ready') return null
  const { current } = project.getState()
  const { path, overrides } = start.model
  return {
    ...choices,
    model: path,
    ...(overrides === null ? {} : { overrides }),
    data: images.folder,
    ...(images.validation === null ? {} : { validation: images.validation }),
    ...(current === null
      ? {}
      : { project: current.id, name: nextName(current.name, trainings.getState().list ?? []) }),
    validationSplit,
    resolution: start.resolution,
  }
}
