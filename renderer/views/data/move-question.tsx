/** @file The question before a person's files are moved: every one of them, and the folder it goes to. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { CornerDownRight } from 'lucide-react'
import { useRef, type JSX } from 'react'

import type { LabelledFile } from '../../../core/api/contract/labels.ts'
import { useStudio } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface Props {
  readonly corrections: readonly LabelledFile[]
  readonly onEnd: () => void
}

/** Moves what it has shown, and nothing else. */
export function MoveQuestion({ corrections: shown, onEnd }: Props): JSX.Element {
  const { corrections, data } = useStudio()
  const move = async (): Promise<void> => {
    onEnd()
    await corrections.getState().moveFiles(shown)
    await data.getState().checkAgain()
  }
  return (
    <Dialog
      title={text.data.moveTitle}
      onClose={onEnd}
      foot={
        <>
          <span />
          <div className="row">
            <Button onClick={onEnd}>{text.common.cancel}</Button>
            <Button look="primary" onClick={() => void move()}>
              {text.data.moveNow}
            </Button>
          </div>
        </>
      }
    >
      <p className="move-lead">{text.data.moveLead(shown.length)}</p>
      <MoveList corrections={shown} />
    </Dialog>
  )
}

const rowHeight = 56

/** Only the visible rows are drawn; there may be any number. */
function MoveList({ corrections }: Pick<Props, 'corrections'>): JSX.Element {
  const frame = useRef<HTMLDivElement>(null)
  const inSight = useVirtualizer({
    count: corrections.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  })
  return (
    <div ref={frame} className="move-list" role="region" tabIndex={0} aria-label={text.data.moveFiles}>
      <ul style={{ height: inSight.getTotalSize() }}>
        {inSight.getVirtualItems().map(({ index, key, start }) => {
          const one = corrections[index]
          if (one === undefined) return null
          const [from, to] = [`${one.root}/${one.path}`, `${one.root}/${one.label}`]
          return (
            <li key={key} className="small" style={{ transform: `translateY(${start}px)` }}>
              <span className="clip" title={from}>
                {from}
              </span>
              <span className="clip soft" title={to}>
                <CornerDownRight size={13} aria-hidden="true" /> {to}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
