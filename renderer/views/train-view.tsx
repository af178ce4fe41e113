/** @file The training: its settings before it, its curves while it goes on and after. */
import type { JSX } from 'react'

import { useStudio, useSubject } from '../studio.ts'
import { percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'
import type { TrainingState } from '../store/training.ts'
import { RunCurves } from './run-curves.tsx'
import { Screen } from './screen.tsx'
import { TrainSettings } from './train-settings.tsx'

type Run = Extract<TrainingState, { phase: 'run' }>

/** The third step. */
export function TrainView(): JSX.Element {
  const { state } = useSubject((studio) => studio.training)
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
  const { run, latest } = state
  const step = latest?.step ?? run.step
  return (
    <Screen title={run.name} lead={text.train.lead} foot={<RunFoot state={state} step={step} />}>
      <Outcome state={state} />
      <div className="stack tight">
        <Progress label={text.train.running(step, run.steps)} share={step / run.steps} />
      </div>
      <RunCurves state={state} />
    </Screen>
  )
}

function RunFoot({ state, step }: { readonly state: Run; readonly step: number }): JSX.Element {
  const { navigation, training, results } = useStudio()
  const { status, run } = state
  const isTraining = status === 'training' || status === 'stopping' || status === 'resuming'
  return (
    <>
      <span className="number">{text.train.running(step, run.steps)}</span>
      {isTraining ? (
        <Button disabled={status !== 'training'} onClick={() => void training.getState().stop()}>
          {status === 'stopping' ? text.train.stopping : text.train.stop}
        </Button>
      ) : (
        <div className="row">
          <Button onClick={() => training.getState().leave()}>{text.train.again}</Button>
          {status === 'finished' ? null : (
            <Button look={run.bestAccuracy === null ? 'primary' : 'plain'} onClick={() => void resume()}>
              {text.train.continue}
            </Button>
          )}
          {run.bestAccuracy === null ? null : (
            <Button look="primary" onClick={() => navigation.getState().go('results')}>
              {text.train.next}
            </Button>
          )}
        </div>
      )}
    </>
  )
  async function resume(): Promise<void> {
    results.getState().forget()
    await training.getState().resume()
  }
}

function Outcome({ state }: { readonly state: Run }): JSX.Element | null {
  const { run, status, problem } = state
  const { bestAccuracy } = run
  switch (status) {
    case 'training':
    case 'resuming':
    case 'stopping':
      return null
    case 'finished':
      return (
        <Notice kind="done">
          {bestAccuracy === null ? text.train.finishedPlain : text.train.finished(percent(bestAccuracy))}
        </Notice>
      )
    case 'stopped':
      return <Notice kind="info">{text.train.stopped}</Notice>
    case 'failed':
    case 'interrupted':
      return (
        <Notice kind="error">
          <p>
            <strong>{text.train.failed}</strong> {problem ?? text.train.safe}
          </p>
        </Notice>
      )
    default:
      return status
  }
}
