/** @file How training ended, or that it is paused: in sentences, with what to make of it. */
import type { JSX } from 'react'

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
  if (run.mixed !== null && run.bestAccuracy !== null)
    return <Mixed run={run} share={run.mixed} accuracy={run.bestAccuracy} />
  const best = evaluations.findLast((evaluation) => evaluation.best)
  if (best === undefined || best.accuracy === null)
    return <Notice kind="done">{text.train.outcomePlain}</Notice>
  const { accuracy, accuracyInterval: range, step } = best
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
          {text.train.outcomeBest(step, run.steps)} {accuracy < 1 ? text.train.nextLook : ''}
        </p>
      </div>
    </Notice>
  )
}

interface MixedProps {
  readonly run: Run['run']
  readonly share: number
  readonly accuracy: number
}

/** What is kept is the weights of no step, so that no evaluation along the way speaks of it. */
function Mixed({ run, share, accuracy }: MixedProps): JSX.Element {
  const { weights, mixed } = text.train.facts
  return (
    <Notice kind="done">
      <div className="stack tight">
        <p className="outcome">{text.train.outcome(percent(accuracy), run.validation.length)}</p>
        <p>
          {weights}: {mixed(percent(share))}.
        </p>
        {accuracy < 1 ? <p>{text.train.nextLook}</p> : null}
      </div>
    </Notice>
  )
}
