/** @file What can be done with corrected labels: train again, or move the files too, after a question. */
import { useEffect, useState, type JSX } from 'react'

import type { LabelledFile } from '../../../core/api/contract/labels.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Moved } from '../data/corrections.tsx'
import { MoveQuestion } from '../data/move-question.tsx'

/** Nothing if the run knows every label that was given. */
export function Corrections({ run }: { readonly run: RunDetails }): JSX.Element | null {
  const { project, corrections, moving, problem } = useSubject(
    'corrections',
    'project',
    'corrections',
    'moving',
    'problem',
  )
  const unlearned = useUnlearned(run.id, corrections)
  if (run.project === null || run.project !== project) return null
  if (moving.phase === 'moving') {
    const { done, total } = moving
    return <Progress label={text.results.moving} share={total === 0 ? undefined : done / total} />
  }
  return (
    <>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {moving.phase === 'moved' ? <Moved result={moving.result} /> : null}
      {unlearned === 0 ? null : <Banner corrections={corrections} unlearned={unlearned} />}
    </>
  )
}

/** How many of the labels the run does not know: after the next training that is about none any more. */
function useUnlearned(run: string, corrections: readonly LabelledFile[]): number {
  const { api } = useStudio()
  const [known, setKnown] = useState<{ readonly of: readonly LabelledFile[]; readonly count: number }>()
  useEffect(() => {
    const interest = new AbortController()
    api.results.unlearned({ run, files: [...corrections] }, { signal: interest.signal }).then(
      (files) => setKnown({ of: corrections, count: files.length }),
      // Then it is not known that it has learned them, and the offer stays.
      () => interest.signal.aborted || setKnown({ of: corrections, count: corrections.length }),
    )
    return () => interest.abort()
  }, [api, run, corrections])
  return known?.of === corrections ? known.count : 0
}

interface BannerProps {
  readonly corrections: readonly LabelledFile[]
  readonly unlearned: number
}

function Banner({ corrections, unlearned }: BannerProps): JSX.Element {
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
          <strong>{text.results.banner(unlearned)}</strong>
        </p>
        <p className="small">{text.results.bannerHint}</p>
      </Notice>
      {asks ? <MoveQuestion corrections={corrections} onEnd={() => setAsks(false)} /> : null}
    </>
  )
}
