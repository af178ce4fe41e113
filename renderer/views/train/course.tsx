/** @file A training at a glance: pictures that turn right, one figure, one curve, the time left; all else is folded away below. */
import { useEffect, useMemo, useRef, useState, type JSX, type RefObject } from 'react'

import { accuracyCurve } from '../../charts/curves.ts'
import { LineChart } from '../../charts/line-chart.tsx'
import { sentenceOfRecovery } from '../../text/recovery.ts'
import { isSearching } from '../../store/search-cells.ts'
import type { TrainingState } from '../../store/training.ts'
import { useSelected, useSubject } from '../../studio.ts'
import { duration, percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TrainExamples } from './examples.tsx'
import { TrainOutcome } from './outcome.tsx'
import { bestAccuracyOf } from './best-accuracy.ts'
import { useIsNarrow } from './narrow.ts'
import { RunCurves } from './run-curves.tsx'
import { RunFacts } from './run-facts.tsx'

type Run = Extract<TrainingState, { phase: 'run' }>

/** What is said of the run, and what it does once its setting is known. */
export function TrainCourse({ state }: { readonly state: Run }): JSX.Element {
  const isOpen = useSelected('training', ({ search }) => isSearching(search))
  const [isUnfolded, setUnfolded] = useState(false)
  const isNarrow = useIsNarrow()
  const facts = <RunFacts run={state.run} />
  if (isOpen) {
    return (
      <>
        <News state={state} />
        {facts}
      </>
    )
  }
  return (
    <>
      <div className="course">
        <TrainExamples run={state.run} />
        <section className="course-panel" aria-label={text.train.course}>
          <BigFigure state={state} />
          <HeldOutCurve state={state} />
          {isNarrow ? null : <News state={state} />}
        </section>
      </div>
      <Fold title={text.train.curves} onToggle={setUnfolded}>
        {isUnfolded ? <RunCurves state={state} /> : null}
      </Fold>
      {facts}
      {/* There it may be of any length and moves nothing. */}
      {isNarrow ? <News state={state} /> : null}
    </>
  )
}

/** Has a place of its own, so that nothing moves when there is news: beside the pictures, or last in a narrow window. */
function News({ state }: { readonly state: Run }): JSX.Element {
  return (
    <div ref={useSightOfEnd(state.status)} className="course-news stack">
      <TrainOutcome state={state} />
      {state.found.map(sentenceOfRecovery).map((remark) => (
        <Notice key={remark} kind="info">
          {remark}
        </Notice>
      ))}
    </div>
  )
}

/** Scrolls to an element as soon as a training that was watched has ended. */
function useSightOfEnd(status: Run['status']): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null)
  const before = useRef(status)
  useEffect(() => {
    const isOver = (one: Run['status']): boolean => !['training', 'resuming', 'stopping'].includes(one)
    if (isOver(status) && !isOver(before.current)) element.current?.scrollIntoView({ block: 'center' })
    before.current = status
  }, [status])
  return element
}

function BigFigure({ state }: { readonly state: Run }): JSX.Element {
  const { run, status } = state
  const best = useSelected('training', ({ history }) => bestAccuracyOf(state, history.evaluations))
  const held = run.validation.length
  return (
    <div className="course-figure">
      <p>
        <strong className="figure number">{best === null ? '–' : percent(best)}</strong>
        <span className="soft">
          {held === 0 ? text.train.noneHeld : text.train.ofHeld(held, status === 'finished')}
        </span>
      </p>
      <TimeLeft state={state} />
    </div>
  )
}

/** A line that stays when there is nothing to say. */
function TimeLeft({ state: { status, pause } }: { readonly state: Run }): JSX.Element {
  const seconds = useSelected('training', ({ latest }) => latest?.secondsLeft ?? null)
  const isMoving = (status === 'training' || status === 'stopping') && pause !== 'on'
  return (
    <p className="course-time number">
      {isMoving && seconds !== null ? text.train.left(duration(seconds)) : ''}
    </p>
  )
}

const height = 190
const perCent = (value: number): string => percent(value)

/** Of the held-out images; without any, of the training images. */
function HeldOutCurve({ state: { run } }: { readonly state: Run }): JSX.Element {
  const { history } = useSubject('training', 'history')
  const { evaluations, steps } = history
  const isHeld = run.validation.length > 0
  const points = isHeld ? evaluations : steps
  const series = useMemo(() => accuracyCurve(points), [points])
  const name = isHeld ? text.train.validation : text.train.accuracy
  const last = series.values.at(-1)
  const curves = useMemo(
    () => [
      { ...series, name, tone: 'first' as const, look: isHeld ? ('points' as const) : ('faint' as const) },
    ],
    [series, name, isHeld],
  )
  return (
    <LineChart
      title={text.train.heldCurve}
      summary={`${name}: ${last === undefined ? '–' : perCent(last)}`}
      curves={curves}
      totalSteps={run.steps}
      format={perCent}
      range={[0, 1]}
      height={height}
    />
  )
}
