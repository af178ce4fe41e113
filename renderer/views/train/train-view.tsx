/** @file Training: its settings before, its course during and after. */
import { Pause, Play } from 'lucide-react'
import type { JSX } from 'react'

import { useSelected, useStudio, useSubject } from '../../studio.ts'
import { sentenceOfRecovery } from '../../text/recovery.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { TrainingState } from '../../store/training.ts'
import { isSearching } from '../../store/search-cells.ts'
import { RunCurves } from './run-curves.tsx'
import { SearchCard } from './search-grid.tsx'
import { Screen } from '../screen.tsx'
import { TrainExamples } from './examples.tsx'
import { TrainOutcome } from './outcome.tsx'
import { TrainPlace, TrainProgress } from './probing.tsx'
import { RunFacts } from './run-facts.tsx'
import { TrainSettings } from './settings.tsx'
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
      {[...state.found.map(sentenceOfRecovery), ...state.remarks].map((remark) => (
        <Notice key={remark} kind="info">
          {remark}
        </Notice>
      ))}
      <TrainOutcome state={state} />
      <TrainProgress run={run} />
      <SearchCard />
      <Course state={state} />
      <RunFacts run={run} />
    </Screen>
  )
}

/** What the run itself does, once its setting is known. */
function Course({ state }: { readonly state: Run }): JSX.Element | null {
  const isOpen = useSelected('training', ({ search }) => isSearching(search))
  if (isOpen) return null
  return (
    <>
      <RunCurves state={state} />
      <TrainExamples run={state.run} />
    </>
  )
}

function RunFoot({ state }: { readonly state: Run }): JSX.Element {
  const { status, run } = state
  const isTraining = status === 'training' || status === 'stopping' || status === 'resuming'
  return (
    <>
      <div className="foot-note">
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
  const { training } = useStudio()
  const { status, pause } = state
  const isFree = status === 'training'
  return (
    <div className="row still">
      <Button disabled={!isFree} onClick={() => void training.getState().stop()}>
        {status === 'stopping' ? text.train.stopping : text.train.stop}
      </Button>
      {pause === 'on' ? (
        <Button look="primary" disabled={!isFree} onClick={() => void training.getState().pause(false)}>
          <Play size={16} aria-hidden="true" />
          {text.train.goOn}
        </Button>
      ) : (
        <Button disabled={!isFree || pause === 'asked'} onClick={() => void training.getState().pause(true)}>
          <Pause size={16} aria-hidden="true" />
          {pause === 'asked' ? text.train.pausing : text.train.pause}
        </Button>
      )}
    </div>
  )
}

function AfterRun({ state }: { readonly state: Run }): JSX.Element {
  const { navigation, training, results } = useStudio()
  const { status, run } = state
  const resume = (): void => {
    results.getState().forget()
    void training.getState().resume()
  }
  return (
    <div className="row still">
      <Button onClick={() => training.getState().leave()}>{text.train.again}</Button>
      {status === 'finished' ? null : (
        <Button look={run.bestAccuracy === null ? 'primary' : 'plain'} onClick={resume}>
          {text.train.continue}
        </Button>
      )}
      {run.bestAccuracy === null ? null : (
        <Button look="primary" onClick={() => navigation.getState().go('results')}>
          {text.train.next}
        </Button>
      )}
    </div>
  )
}
