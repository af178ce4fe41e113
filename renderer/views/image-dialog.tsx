/** @file One image in large with where the model looks, and beside it what there is to say; the arrow keys go on to others. */
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { JSX, KeyboardEvent, ReactNode } from 'react'

import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { AttentionChoice, AttentionPicture, type PictureSource } from './attention-picture.tsx'

interface Props {
  readonly title: string
  readonly model: string
  readonly source: PictureSource
  readonly alt: string
  /** The place in the list that the arrows go through. */
  readonly place: number
  readonly total: number
  readonly onGo: (place: number) => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Open as long as it is rendered. */
export function ImageDialog({
  title,
  onClose,
  place,
  total,
  onGo,
  children,
  ...picture
}: Props): JSX.Element {
  const go = (step: number): void => {
    const next = place + step
    if (next >= 0 && next < total) onGo(next)
  }
  const byKey = (event: KeyboardEvent<HTMLElement>): void => {
    const isInField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
    if (isInField) return
    if (event.key === 'ArrowLeft') go(-1)
    if (event.key === 'ArrowRight') go(1)
  }
  return (
    <Dialog
      title={title}
      size="wide"
      onClose={onClose}
      foot={
        <>
          <span className="soft small number" role="status">
            {text.results.image.position(place + 1, total)}
          </span>
          <div className="row" onKeyDown={byKey}>
            <Button disabled={place === 0} onClick={() => go(-1)}>
              <ChevronLeft size={16} aria-hidden="true" />
              {text.results.image.previous}
            </Button>
            <Button disabled={place + 1 >= total} onClick={() => go(1)}>
              {text.results.image.next}
              <ChevronRight size={16} aria-hidden="true" />
            </Button>
          </div>
        </>
      }
    >
      <div
        className="dialog-body image-dialog"
        tabIndex={0}
        role="group"
        aria-label={title}
        onKeyDown={byKey}
      >
        <div className="stack">
          <AttentionPicture {...picture} size={1024} />
          <AttentionChoice />
        </div>
        <div className="stack">{children}</div>
      </div>
    </Dialog>
  )
}
