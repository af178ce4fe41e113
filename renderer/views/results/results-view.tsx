/** @file The fourth step: how well the open training does. */
import { Map as MapIcon } from 'lucide-react'
import { useEffect, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import type { ResultsState } from '../../store/results.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useDropTarget } from '../drop-files.ts'
import { InsideRun } from '../inspect/inside-chosen.tsx'
import { Report } from './report.tsx'
import { Screen } from '../screen.tsx'
import { OpenTraining } from '../trainings/open-training.tsx'
import { useTake } from '../use/take.ts'

/** It evaluates the run by itself, once for every state of its weights. */
export function ResultsView(): JSX.Element {
  const { navigation } = useStudio()
  const { open: run } = useSubject('trainings', 'open')
  const { evaluate } = useSubject('results', 'evaluate')
  const { open: openAnswers } = useSubject('answers', 'open')
  const { open: openCorrections } = useSubject('corrections', 'open')
  useDropTarget(text.use.dropHint, useTake(run?.folder ?? null))
  const [id, project] = [run?.id ?? null, run?.project ?? null]
  useEffect(() => {
    if (id !== null) void evaluate(id)
  }, [id, evaluate])
  useEffect(() => {
    if (run !== null) openAnswers(run)
  }, [run, openAnswers])
  useEffect(() => {
    if (project !== null) void openCorrections(project)
  }, [project, openCorrections])
  return (
    <Screen
      title={run === null ? text.results.title : text.trainings.titled(text.results.title, run.name)}
      lead={text.results.lead}
      foot={
        <>
          <span>{run === null ? null : <OnMap run={run} />}</span>
          <Button look="primary" disabled={run === null} onClick={() => navigation.getState().go('use')}>
            {text.results.next}
          </Button>
        </>
      }
    >
      <OpenTraining />
      <RunResults run={run} />
    </Screen>
  )
}

/** The map of the photos as the training sees them, where they are open. */
function OnMap({ run }: { readonly run: RunDetails }): JSX.Element | null {
  const { map, navigation } = useStudio()
  const { state: data } = useSubject('data', 'state')
  const { current } = useSubject('project', 'current')
  const { project } = run
  if (data.phase !== 'ready' || project === null || project !== current?.id) return null
  const show = async (): Promise<void> => {
    await map.getState().seeAsRun(run.id, project)
    navigation.getState().go('data')
  }
  return (
    <Button title={text.map.seeAsRunHint} onClick={() => void show()}>
      <MapIcon size={16} aria-hidden="true" />
      {text.map.seeAsRun}
    </Button>
  )
}

function RunResults({ run }: { readonly run: RunDetails | null }): JSX.Element | null {
  const { state } = useSubject('results', 'state')
  if (run === null || state.phase === 'none' || state.run !== run.id) return null
  return (
    <>
      <Content run={run} state={state} />
      {/* Only once what stands above it has its height. */}
      {state.phase === 'evaluating' ? null : <InsideRun run={run} />}
    </>
  )
}

interface ContentProps {
  readonly run: RunDetails
  readonly state: Exclude<ResultsState, { phase: 'none' }>
}

function Content({ run, state }: ContentProps): JSX.Element {
  const { results } = useStudio()
  const evaluate = (): void => void results.getState().evaluate(run.id)
  switch (state.phase) {
    case 'evaluating':
      return <Evaluating {...state} />
    case 'stopped':
      return (
        <Notice kind="info" action={<Button onClick={evaluate}>{text.results.evaluate}</Button>}>
          {text.results.stopped}
        </Notice>
      )
    case 'failed':
      return (
        <Notice kind="error" action={<Button onClick={evaluate}>{text.common.retry}</Button>}>
          {state.message}
        </Notice>
      )
    case 'ready':
      return <Report run={run} evaluation={state.evaluation} />
    default:
      return state
  }
}

function Evaluating({ done, total }: { readonly done: number; readonly total: number }): JSX.Element {
  const { results } = useStudio()
  return (
    <div className="card stack">
      <div className="row apart">
        <h2>{text.results.evaluating}</h2>
        <span className="soft number">{total === 0 ? '' : text.data.checked(done, total)}</span>
      </div>
      <Progress label={text.results.evaluating} share={total === 0 ? undefined : done / total} />
      <div>
        <Button onClick={() => results.getState().cancel()}>{text.common.cancel}</Button>
      </div>
    </div>
  )
}
