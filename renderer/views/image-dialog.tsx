/**
 * @file One image in close-up with where the model looks, and beside it what there is to say; the arrow keys move on to
 * others.
 */
import type { JSX, ReactNode } from 'react'

import { text } from '../text/text.ts'
import { Dialog } from '../ui/dialog.tsx'
import type { ImageSource } from '../store/image-source.ts'
import { AttentionChoice, AttentionPicture } from './attention-picture.tsx'
import { ImageSteps, stepsByKey, type ImagePlace } from './image-steps.tsx'

interface Props extends ImagePlace {
  readonly title: string
  readonly model: string
  readonly source: ImageSource
  readonly alt: string
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
  const at = { place, total, onGo }
  return (
    <Dialog
      title={title}
      size="wide"
      onClose={onClose}
      foot={<ImageSteps {...at} words={text.results.image} />}
    >
      <div
        className="dialog-body image-dialog"
        tabIndex={0}
        role="group"
        aria-label={title}
        onKeyDown={stepsByKey(at)}
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
