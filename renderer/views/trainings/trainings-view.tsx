/** @file The trainings of the project: a list to open, rename, delete and continue them, and a comparison of those ticked. */
import { Layers } from 'lucide-react'
import { Fragment, useEffect, type JSX } from 'react'

import { betterThanOthers, comparableRuns } from '../../../core/api/contract/best-run.ts'
import type { RunSummary } from '../../../core/api/contract/runs.ts'
import { differingSettings } from '../../store/differing-settings.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { nameOfScreen } from '../../text/screens.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Screen } from '../screen.tsx'
import { CompareView } from './compare-view.tsx'
import { TrainingRow } from './training-row.tsx'

/** Beside the steps: it is about all trainings, they are about one. */
export function TrainingsView(): JSX.Element {
  const { list, problem, load } = useSubject('trainings', 'list', 'problem', 'load')
  useEffect(() => void load(), [load])
  return (
    <Screen title={nameOfScreen('trainings')} lead={text.trainings.lead} foot={<Foot />}>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {list === null ? <Progress label={text.results.compareLoading} /> : <Trainings runs={list} />}
    </Screen>
  )
}

function Foot(): JSX.Element {
  const { training, navigation } = useStudio()
  const again = (): void => {
    training.getState().leave()
    navigation.getState().go('train')
  }
  return (
    <>
      <span />
      <Button onClick={again}>{text.trainings.again}</Button>
    </>
  )
}

const takeFocus = (element: HTMLElement | null): void => element?.focus()

/** What was deleted last, as long as it can be brought back. */
function Removed(): JSX.Element | null {
  const { removed, restore, dismiss } = useSubject('trainings', 'removed', 'restore', 'dismiss')
  if (removed === null) return null
  return (
    <Notice
      kind="info"
      action={
        <div className="row">
          {/* The row that had the focus is gone. */}
          <Button ref={takeFocus} onClick={() => void restore()}>
            {text.trainings.undo}
          </Button>
          <Button look="quiet" onClick={dismiss}>
            {text.common.dismiss}
          </Button>
        </div>
      }
    >
      <p>{text.trainings.removed(removed.name)}</p>
    </Notice>
  )
}

function Trainings({ runs }: { readonly runs: readonly RunSummary[] }): JSX.Element {
  const { removed } = useSubject('trainings', 'removed')
  if (runs.length === 0) {
    return (
      <>
        <Removed />
        <div className="no-projects">
          <Layers size={28} aria-hidden="true" />
          <strong>{text.trainings.none}</strong>
          <span>{text.trainings.noneHint}</span>
        </div>
      </>
    )
  }
  const comparable = comparableRuns(runs)
  const best = betterThanOthers(runs)
  const settings = differingSettings(runs)
  const gap = placeOf(removed, runs)
  return (
    <>
      <ul className="trainings">
        {runs.map((run, place) => (
          <Fragment key={run.id}>
            {place === gap ? <RemovedRow /> : null}
            <TrainingRow
              run={run}
              isBest={run.id === best?.id}
              isComparable={run.bestAccuracy === null || comparable.includes(run)}
              differing={settings.map(({ name, values }) => ({ name, value: values[place] ?? null }))}
            />
          </Fragment>
        ))}
        {gap === runs.length ? <RemovedRow /> : null}
      </ul>
      <CompareView />
    </>
  )
}

/** Stands where the row was, so that no other moves. */
function RemovedRow(): JSX.Element {
  return (
    <li className="training-removed">
      <Removed />
    </li>
  )
}

/** Where a training that was deleted stood among the others, the newest of which come first; null without one. */
function placeOf(removed: RunSummary | null, runs: readonly RunSummary[]): number | null {
  if (removed === null) return null
  const place = runs.findIndex(({ createdAt }) => createdAt < removed.createdAt)
  return place < 0 ? runs.length : place
}
