/** @file What a person has corrected: how much, and the question whether the files should move as well. */
import { useState, type JSX } from 'react'

import type { MovedFiles } from '../../../core/api/contract/labels.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { MoveQuestion } from './move-question.tsx'

/** Nothing if nothing was corrected. */
export function CorrectionsNote(): JSX.Element | null {
  const { corrections, moving } = useSubject('corrections', 'corrections', 'moving')
  const { checkAgain } = useSubject('data', 'checkAgain')
  const [isAsking, setAsking] = useState(false)
  if (corrections.length === 0 && moving.phase === 'none') return null
  if (moving.phase === 'moving') {
    const { done, total } = moving
    return <Progress label={text.data.moving} share={total === 0 ? undefined : done / total} />
  }
  return (
    <>
      {moving.phase === 'moved' ? <Moved result={moving.result} /> : null}
      {corrections.length === 0 ? null : (
        <Notice
          kind="info"
          action={
            <div className="row">
              <Button look="quiet" className="inline" onClick={() => void checkAgain()}>
                {text.data.again}
              </Button>
              <Button look="quiet" className="inline" onClick={() => setAsking(true)}>
                {text.data.moveFiles}
              </Button>
            </div>
          }
        >
          <p>
            {text.data.corrections(corrections.length)} {text.data.correctionsHint}
          </p>
        </Notice>
      )}
      {isAsking ? <MoveQuestion corrections={corrections} onEnd={() => setAsking(false)} /> : null}
    </>
  )
}

/** The result of moving. */
export function Moved({ result: { moved, failed } }: { readonly result: MovedFiles }): JSX.Element {
  return (
    <Notice kind={failed.length === 0 ? 'done' : 'warning'}>
      <p>{text.data.moved(moved.length)}</p>
      {failed.length === 0 ? null : (
        <>
          <p>{text.data.notMoved(failed.length)}</p>
          <ul className="small">
            {failed.slice(0, 20).map(({ path, reason }) => (
              <li key={path} className="path">
                {path}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
