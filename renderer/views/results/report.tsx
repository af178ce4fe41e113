/** @file The results of one run, from a sentence to the pictures it is based on. */
import { useState, type JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CellDialog, type Cell } from './cell.tsx'
import { Certainty } from './certainty.tsx'
import { PerClass } from './classes.tsx'
import { Confused } from './confused.tsx'
import { Corrections } from './corrections.tsx'
import { Fairness } from './fairness.tsx'
import { Mistakes } from './mistakes.tsx'
import { MixUps } from './pairs.tsx'
import { ProbeChoice } from './probe-choice.tsx'
import { Summary } from './summary.tsx'
import { worded } from '../../text/sentences.ts'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
}

/** Everything about a run's held-out images. */
export function Report({ run, evaluation }: Props): JSX.Element {
  const [cell, setCell] = useState<Cell | null>(null)
  return (
    <>
      <Corrections run={run} />
      <ProbeChoice run={run} evaluation={evaluation} />
      <AnswersProblem />
      <Summary run={run} evaluation={evaluation} />
      <MixUps run={run} evaluation={evaluation} onOpen={setCell} />
      <Mistakes run={run} evaluation={evaluation} />
      <Confused run={run} evaluation={evaluation} onOpen={setCell} />
      <Certainty evaluation={evaluation} />
      <Fairness run={run} evaluation={evaluation} />
      <PerClass run={run.id} evaluation={evaluation} />
      <FiveFold evaluation={evaluation} />
      <LeftOut evaluation={evaluation} />
      {cell === null ? null : (
        <CellDialog run={run} evaluation={evaluation} cell={cell} onClose={() => setCell(null)} />
      )}
    </>
  )
}

/** Why a choice could not be stored. */
function AnswersProblem(): JSX.Element | null {
  const { problem } = useSubject('answers', 'problem')
  return problem === null ? null : <Notice kind="error">{problem}</Notice>
}

/** A second opinion where few images were held out. */
function FiveFold({ evaluation: { probe } }: Pick<Props, 'evaluation'>): JSX.Element | null {
  const fiveFold = probe?.fiveFold ?? null
  if (fiveFold === null) return null
  const { accuracy, accuracyInterval, images } = fiveFold
  return (
    <p className="soft">
      {text.results.fiveFold(
        percent(accuracy),
        percent(accuracyInterval.low),
        percent(accuracyInterval.high),
        images,
      )}
    </p>
  )
}

function LeftOut({ evaluation: { skipped } }: Pick<Props, 'evaluation'>): JSX.Element | null {
  if (skipped.length === 0) return null
  return (
    <Fold title={text.results.leftOut(skipped.length)}>
      <ul>
        {skipped.map(({ path, reason }) => (
          <li key={path}>
            <span className="path">{path}</span> {worded(reason)}
          </li>
        ))}
      </ul>
    </Fold>
  )
}
