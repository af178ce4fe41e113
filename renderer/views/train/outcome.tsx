/** @file How training ended, or that it is paused: in sentences, with what to make of it. */
import type { JSX } from 'react'

import type { EvaluationEvent, Interval } from '../../../core/train/events.ts'
import type { TrainingState } from '../../store/training.ts'
import { isSearching } from '../../store/search-cells.ts'
import { useSelected } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'

type Run = Extract<TrainingState, { phase: 'run' }>

/** Nothing while all is well. */
export function TrainOutcome({ state }: { readonly state: Run }): JSX.Element | null {
  const { status, problem, pause } = state
  switch (status) {
    case 'training':
    case 'resuming':
    case 'stopping':
      if (problem !== null) return <Notice kind="error">{problem}</Notice>
      return pause === 'on' ? <Paused state={state} /> : null
    case 'finished':
      return <Finished state={state} />
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

function Paused({ state: { run } }: { readonly state: Run }): JSX.Element {
  const step = useSelected('training', ({ latest }) => latest?.step ?? run.step)
  const isOpen = useSelected('training', ({ search }) => isSearching(search))
  return <Notice kind="info">{isOpen ? text.train.search.paused : text.train.paused(step)}</Notice>
}

// From this width on, as a share, a range says little.
const wide = 0.2

function Finished({ state }: { readonly state: Run }): JSX.Element {
  const { run } = state
  const evaluations = useSelected('training', ({ history }) => history.evaluations)
  const kept = mixtureOf(run) ?? bestStepOf(run, evaluations)
  if (kept === null) return <Notice kind="done">{text.train.outcomePlain}</Notice>
  const { accuracy, range, weights } = kept
  return (
    <Notice kind="done">
      <div className="stack tight">
        <p className="outcome">{text.train.outcome(percent(accuracy), run.validation.length)}</p>
        {range === null ? null : (
          <p>
            {text.train.outcomeRange(percent(range.low), percent(range.high))}{' '}
            {range.high - range.low > wide ? text.train.outcomeWide : ''}
          </p>
        )}
        <p>
          {weights} {accuracy < 1 ? text.train.nextLook : ''}
        </p>
      </div>
    </Notice>
  )
}

/** The weights that are kept: how good they are, and which they are, in a sentence. */
interface Kept {
  readonly accuracy: number
  readonly range: Interval | null
  readonly weights: string
}

/** Weights of no step, so that no evaluation along the way speaks of them. */
function mixtureOf({ mixed, bestAccuracy: accuracy, accuracyInterval: range }: Run['run']): Kept | null {
  if (mixed === null || accuracy === null) return null
  const { facts } = text.train
  return { accuracy, range, weights: `${facts.weights}: ${facts.mixed(percent(mixed))}.` }
}

function bestStepOf({ steps }: Run['run'], evaluations: readonly EvaluationEvent[]): Kept | null {
  const best = evaluations.findLast((evaluation) => evaluation.best)
  if (best === undefined || best.accuracy === null) return null
  const { accuracy, accuracyInterval: range, step } = best
  return { accuracy, range, weights: text.train.outcomeBest(step, steps) }
}
