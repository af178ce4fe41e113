/** @file The window: rail, the open screen, and images dropped anywhere. */
import { useEffect, useMemo, type JSX } from 'react'

import { DataView } from './views/data/data-view.tsx'
import { useDrops } from './views/drop-files.ts'
import { HomeView } from './views/home/home-view.tsx'
import { ModelView } from './views/model/model-view.tsx'
import { Rail, type StepState } from './views/rail.tsx'
import { ResultsView } from './views/results/results-view.tsx'
import { useTrainingNews } from './views/train/news.tsx'
import { TrainView } from './views/train/train-view.tsx'
import { UseView } from './views/use/use-view.tsx'
import type { DataState } from './store/data.ts'
import type { DropTarget } from './store/drops.ts'
import type { ModelState } from './store/model.ts'
import { steps, type Screen, type Step } from './store/navigation.ts'
import type { TrainingState } from './store/training.ts'
import { useStudio, useSubject } from './studio.ts'
import { percent } from './text/format.ts'
import { text } from './text/text.ts'

const views: Readonly<Record<Screen, () => JSX.Element>> = {
  home: HomeView,
  data: DataView,
  model: ModelView,
  train: TrainView,
  results: ResultsView,
  use: UseView,
}

/** Everything shown while the connection is up. */
export function App(): JSX.Element {
  const { screen, go } = useSubject((studio) => studio.navigation)
  const { current } = useSubject((studio) => studio.project)
  const states = useStepStates()
  const hint = useDrops(useAskTarget())
  useShellCommands()
  useSavedOnLeave()
  useReopenedOnReload()
  useTrainingNews()
  const View = views[screen]
  return (
    <div className="window">
      <Rail screen={screen} project={current?.name ?? null} states={states} onGo={go} />
      <View key={screen} />
      {hint === null ? null : <div className="drop-veil">{hint}</div>}
    </div>
  )
}

/** Screens without a use of their own for dropped images show them to the trained model. */
function useAskTarget(): DropTarget | null {
  const { navigation, use } = useStudio()
  const { state } = useSubject((studio) => studio.training)
  const folder = state.phase === 'run' && state.run.bestAccuracy !== null ? state.run.folder : null
  return useMemo(() => {
    if (folder === null) return null
    return {
      hint: text.common.dropHere,
      take: (dropped) => {
        if (dropped.kind !== 'files') return
        navigation.getState().go('use')
        void use.getState().ask(folder, dropped.files)
      },
    }
  }, [folder, navigation, use])
}

/** Does what the menu of the shell asks for, and opens project files that were opened from outside. */
function useShellCommands(): void {
  const { api, navigation, project } = useStudio()
  useEffect(() => {
    const interest = new AbortController()
    const listen = async (): Promise<void> => {
      for await (const command of api.shell.commands(undefined, { signal: interest.signal })) {
        if (command.type === 'new-project') navigation.getState().go('home')
        else void project.getState().openFile({ path: command.path })
      }
    }
    // It ends with the connection, which the window reports by itself.
    void listen().catch(() => undefined)
    return () => interest.abort()
  }, [api, navigation, project])
}

/** The last choices are saved before the page goes away. */
function useSavedOnLeave(): void {
  const { project } = useStudio()
  useEffect(() => {
    const save = (): void => void project.getState().save()
    addEventListener('pagehide', save)
    return () => removeEventListener('pagehide', save)
  }, [project])
}

const openKey = 'vit-studio.open'

/** A reloaded page shows the project that it showed before. */
function useReopenedOnReload(): void {
  const { project } = useStudio()
  useEffect(() => {
    const last = sessionStorage.getItem(openKey)
    // A project that can no longer be opened is not tried again.
    sessionStorage.removeItem(openKey)
    if (last !== null) void project.getState().open(last)
    return project.subscribe(({ current }) => {
      if (current === null) sessionStorage.removeItem(openKey)
      else sessionStorage.setItem(openKey, current.id)
    })
  }, [project])
}

function useStepStates(): Record<Step, StepState> {
  const { state: data } = useSubject((studio) => studio.data)
  const { state: model } = useSubject((studio) => studio.model)
  const { state: training } = useSubject((studio) => studio.training)
  const { state: results } = useSubject((studio) => studio.results)
  const best = training.phase === 'run' ? training.run.bestAccuracy : null
  const trained: StepState['state'] = best === null ? 'locked' : 'open'
  const accuracy = results.phase === 'ready' ? results.evaluation.accuracy : null
  return withNext({
    data: dataStep(data),
    model: modelStep(model, data),
    train: trainStep(training),
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
  if (state.phase !== 'ready')
    return { state: 'open', note: state.phase === 'empty' ? '' : text.steps.working }
  const { images, validation, classes } = state.checked
  const total = images.length + (validation?.images.length ?? 0)
  return { state: 'done', note: text.data.summary(total, classes.length) }
}

function modelStep(state: ModelState, data: DataState): StepState {
  if (state.phase !== 'ready') return { state: 'open', note: '' }
  return {
    state: data.phase === 'ready' ? 'done' : 'open',
    note: `${state.model.name}, ${state.resolution} px`,
  }
}

function trainStep(state: TrainingState): StepState {
  if (state.phase !== 'run')
    return { state: 'open', note: state.phase === 'preparing' ? text.steps.working : '' }
  const { status, pause, run, latest } = state
  if (pause === 'on') return { state: 'open', note: text.train.pausedNote }
  if (status === 'training' || status === 'stopping' || status === 'resuming') {
    return { state: 'open', note: percent((latest?.step ?? run.step) / run.steps) }
  }
  return { state: status === 'finished' ? 'done' : 'open', note: text.home.status[status] }
}
