/** @file Says where the linear probe does better than the training did, and lets a person take its head instead. */
import type { JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
}

/** Nothing where the training was worth it and its weights answer. */
export function ProbeChoice({ run: { bestAccuracy }, evaluation: { probe } }: Props): JSX.Element | null {
  const { answers, choose } = useSubject('answers', 'answers', 'choose')
  if (probe === null || bestAccuracy === null) return null
  const [ofProbe, ofTraining] = [percent(probe.accuracy), percent(bestAccuracy)]
  if (answers.model === 'probe')
    return (
      <Notice
        kind="info"
        action={
          <Button onClick={() => choose({ model: 'trained' })}>{text.results.probe.takeTrained}</Button>
        }
      >
        {text.results.probe.answers(ofProbe, ofTraining)}
      </Notice>
    )
  if (bestAccuracy >= probe.accuracy) return null
  return (
    <Notice
      kind="info"
      action={<Button onClick={() => choose({ model: 'probe' })}>{text.results.probe.take}</Button>}
    >
      {text.results.probe.isBetter(ofProbe, ofTraining)}
    </Notice>
  )
}
