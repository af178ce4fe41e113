/** @file What becomes of files that are moved into the folders of their labels. */
import type { JSX } from 'react'

import type { MovedFiles } from '../../../core/api/contract/labels.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { worded } from '../../text/sentences.ts'

/** Nothing if no files are moved or were. */
export function MovingNote(): JSX.Element | null {
  const { moving } = useSubject('corrections', 'moving')
  if (moving.phase === 'none') return null
  if (moving.phase === 'moved') return <Moved result={moving.result} />
  const { done, total } = moving
  return <Progress label={text.data.moving} share={total === 0 ? undefined : done / total} />
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
                {path}: {worded(reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
