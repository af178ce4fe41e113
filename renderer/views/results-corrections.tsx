/** @file What may be done with labels that were put right: train again, or move the files too, after a question. */
import { useState, type JSX } from 'react'

import type { RunDetails } from '../../core/api/contract/runs.ts'
import type { Moving } from '../store/corrections.ts'
import { useStudio, useSubject } from '../studio.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'

/** Nothing where no label was put right. */
export function Corrections({ run }: { readonly run: RunDetails }): JSX.Element | null {
  const { project, corrections, moving, problem } = useSubject((studio) => studio.corrections)
  if (run.project === null || run.project !== project) return null
  return (
    <>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      <Moved moving={moving} />
      {corrections.length === 0 || moving.phase === 'moving' ? null : <Banner count={corrections.length} />}
    </>
  )
}

function Banner({ count }: { readonly count: number }): JSX.Element {
  const { training, navigation, corrections } = useStudio()
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
          <strong>{text.results.banner(count)}</strong>
        </p>
        <p className="small">{text.results.bannerHint}</p>
      </Notice>
      {asks ? (
        <Dialog
          title={text.results.moveTitle}
          onClose={() => setAsks(false)}
          foot={
            <div className="row">
              <Button onClick={() => setAsks(false)}>{text.common.cancel}</Button>
              <Button
                look="primary"
                onClick={() => {
                  setAsks(false)
                  void corrections.getState().moveFiles()
                }}
              >
                {text.results.moveDo(count)}
              </Button>
            </div>
          }
        >
          <p className="dialog-body">{text.results.moveQuestion(count)}</p>
        </Dialog>
      ) : null}
    </>
  )
}

function Moved({ moving }: { readonly moving: Moving }): JSX.Element | null {
  switch (moving.phase) {
    case 'none':
      return null
    case 'moving':
      return (
        <Progress
          label={text.results.moving}
          share={moving.total === 0 ? undefined : moving.done / moving.total}
        />
      )
    case 'moved': {
      const { moved, failed } = moving.result
      return (
        <Notice kind={failed.length === 0 ? 'done' : 'warning'}>
          <p>{text.results.moved(moved.length)}</p>
          {failed.length === 0 ? null : <p>{text.results.movedNot(failed.length)}</p>}
          <ul className="small">
            {failed.map(({ path, reason }) => (
              <li key={path}>
                <span className="path">{path}</span> {reason}
              </li>
            ))}
          </ul>
        </Notice>
      )
    }
    default:
      return moving
  }
}
