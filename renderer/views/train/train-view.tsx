/** @file Training: its settings before, its course during and after. */
import { Pause, Play } from 'lucide-react'
import type { JSX } from 'react'

import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { TrainingState } from '../../store/training.ts'
import { TrainCourse } from './course.tsx'
import { SearchCard } from './search-grid.tsx'
import { Screen } from '../screen.tsx'
import { TrainPlace, TrainProgress } from './probing.tsx'
import { TrainSettings } from './settings.tsx'
import { useTrainingActions } from './training-actions.ts'
import { useShellKind } from '../use/shell-kind.ts'

type Run = Extract<TrainingState, { phase: 'run' }>

/** The third step. */
export function TrainView(): JSX.Element {
  const { state } = useSubject('training', 'state')
  switch (state.phase) {
    case 'idle':
      return <TrainSettings problem={null} />
    case 'refused':
      return <TrainSettings problem={state.message} />
    case 'preparing':
      return <Preparing {...state} />
    case 'run':
      return <RunScreen state={state} />
    default:
      return state
  }
}

interface PreparingProps {
  readonly done: number
  readonly total: number
}

function Preparing({ done, total }: PreparingProps): JSX.Element {
  const { training } = useStudio()
  return (
    <Screen title={text.train.title} lead={text.train.lead}>
      <div className="card stack">
        <h2>{text.train.starting}</h2>
        <Progress label={text.train.starting} share={total === 0 ? undefined : done / total} />
        <div>
          <Button onClick={() => training.getState().leave()}>{text.common.cancel}</Button>
        </div>
      </div>
    </Screen>
  )
}

function RunScreen({ state }: { readonly state: Run }): JSX.Element {
  const { run } = state
  return (
    <Screen title={run.name} lead={text.train.lead} foot={<RunFoot state={state} />}>
      <TrainProgress run={run} />
      <SearchCard />
      <TrainCourse state={state} />
    </Screen>
  )
}

function RunFoot({ state }: { readonly state: Run }): JSX.Element {
  const { status, run } = state
  const isTraining = status === 'training' || status === 'stopping' || status === 'resuming'
  return (
    <>
      <div className="foot-note run-place">
        <TrainPlace run={run} />
        {isTraining ? <StaysOn /> : null}
      </div>
      {isTraining ? <Holds state={state} /> : <AfterRun state={state} />}
    </>
  )
}

function StaysOn(): JSX.Element | null {
  // The desktop program itself asks when it is closed.
  return useShellKind() === 'browser' ? <span className="small soft">{text.train.staysOn}</span> : null
}

function Holds({ state }: { readonly state: Run }): JSX.Element {
  const { stop, pause, continue: goOn } = useTrainingActions()
  const { status, pause: paused } = state
  return (
    <div className="row still">
      <ActionButton action={stop}>{status === 'stopping' ? text.train.stopping : stop.name}</ActionButton>
      {paused === 'on' ? (
        <ActionButton action={goOn} look="primary">
          <Play size={16} aria-hidden="true" />
          {goOn.name}
        </ActionButton>
      ) : (
        <ActionButton action={pause}>
          <Pause size={16} aria-hidden="true" />
          {paused === 'asked' ? text.train.pausing : pause.name}
        </ActionButton>
      )}
    </div>
  )
}

function AfterRun({ state: { run } }: { readonly state: Run }): JSX.Element {
  const { again, resume, results } = useTrainingActions()
  return (
    <div className="row still">
      <ActionButton action={again} />
      {resume.isPossible ? (
        <ActionButton action={resume} look={run.bestAccuracy === null ? 'primary' : 'plain'} />
      ) : null}
      {results.isPossible ? <ActionButton action={results} look="primary" /> : null}
    </div>
  )
}
