/** @file What can be done with corrected labels: train again, or move the files too, after a question. */
import { useState, type JSX } from 'react'

import type { LabelledFile } from '../../../core/api/contract/labels.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Moved } from '../data/corrections.tsx'
import { MoveQuestion } from '../data/move-question.tsx'

/** Nothing if no label was corrected. */
export function Corrections({ run }: { readonly run: RunDetails }): JSX.Element | null {
  const { project, corrections, moving, problem } = useSubject(
    'corrections',
    'project',
    'corrections',
    'moving',
    'problem',
  )
  if (run.project === null || run.project !== project) return null
  if (moving.phase === 'moving') {
    const { done, total } = moving
    return <Progress label={text.results.moving} share={total === 0 ? undefined : done / total} />
  }
  return (
    <>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {moving.phase === 'moved' ? <Moved result={moving.result} /> : null}
      {corrections.length === 0 ? null : <Banner corrections={corrections} />}
    </>
  )
}

function Banner({ corrections }: { readonly corrections: readonly LabelledFile[] }): JSX.Element {
  const { training, navigation } = useStudio()
  const [asks, setAsks] = useState(false)
  const trainAgain = (): void => {
    training.getState().leave()
    navigation.getState().go('train')
  }
  return (
    <>
      <Notice
        kind="info"
        action={
          <div className="row">
            <Button look="primary" onClick={trainAgain}>
              {text.results.again}
            </Button>
            <Button onClick={() => setAsks(true)}>{text.results.move}</Button>
          </div>
        }
      >
        <p>
          <strong>{text.results.banner(corrections.length)}</strong>
        </p>
        <p className="small">{text.results.bannerHint}</p>
      </Notice>
      {asks ? <MoveQuestion corrections={corrections} onEnd={() => setAsks(false)} /> : null}
    </>
  )
}
