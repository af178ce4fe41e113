/**
 * @file One photo in close-up, with what is known about it; the arrow keys move on in the order of the wall, and it is
 * given a kind, left out or held back here as well.
 */
import { useEffect, useRef, type JSX } from 'react'

import { marks, type KnownPhoto, type Photos } from '../../store/photos.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { KindName } from '../../ui/kind-name.tsx'
import { ImageSteps, stepsByKey } from '../image-steps.tsx'
import { LabelBox } from './label-box.tsx'
import { Thumbnail } from './thumbnail.tsx'

interface Props {
  readonly photos: Photos
  readonly order: Uint32Array
  readonly photo: number
  readonly onGo: (photo: number) => void
  readonly onClose: () => void
}

/** Open as long as it is rendered. */
export function PhotoDialog({ photos, order, photo, onGo, onClose }: Props): JSX.Element | null {
  const body = useRef<HTMLDivElement>(null)
  // The arrow keys work from the start.
  useEffect(() => body.current?.focus(), [])
  const shown = photos.at(photo)
  if (shown === undefined) return null
  const place = Math.max(0, order.indexOf(photo))
  const at = { place, total: order.length, onGo: (next: number) => onGo(order[next] ?? photo) }
  const label = shown.kind ?? text.wall.traits.unlabelled
  const name = text.data.picture(label, shown.path)
  return (
    <Dialog title={label} size="wide" onClose={onClose} foot={<ImageSteps {...at} words={text.data.image} />}>
      <div
        ref={body}
        className="dialog-body data-image"
        tabIndex={0}
        role="group"
        aria-label={name}
        onKeyDown={stepsByKey(at)}
      >
        <Thumbnail
          folder={shown.root}
          path={shown.path}
          size={1024}
          alt={name}
          className="data-image-picture"
        />
        <Facts photos={photos} photo={photo} shown={shown} onDone={() => body.current?.focus()} />
      </div>
    </Dialog>
  )
}

interface FactsProps {
  readonly photos: Photos
  readonly photo: number
  readonly shown: KnownPhoto
  readonly onDone: () => void
}

function Facts({ photos, photo, shown, onDone }: FactsProps): JSX.Element {
  const { label, problem } = useSubject('labels', 'label', 'problem')
  const { path, width, height, kind } = shown
  return (
    <div className="stack">
      <dl className="image-facts">
        <dt>{text.data.image.class}</dt>
        <dd>
          {kind === null ? (
            text.wall.traits.unlabelled
          ) : (
            <KindName kind={photos.kinds.indexOf(kind)} name={kind} />
          )}
        </dd>
        <dt>{text.data.image.file}</dt>
        <dd className="path">{path}</dd>
        <dt>{text.data.image.size}</dt>
        <dd className="number">{text.data.image.pixels(width, height)}</dd>
      </dl>
      <div className="field">
        <span className="label" aria-hidden="true">
          {text.wall.isWrong}
        </span>
        <LabelBox
          label={text.wall.isWrong}
          kinds={photos.kinds}
          onLeave={onDone}
          onChoose={(chosen) => {
            void label([shown], chosen)
            onDone()
          }}
        />
      </div>
      <PhotoButtons photos={photos} photo={photo} shown={shown} />
      <p className="small soft">{text.wall.filesStay}</p>
      {problem === null ? null : (
        <p className="small" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

function PhotoButtons({ photos, photo, shown }: Omit<FactsProps, 'onDone'>): JSX.Element {
  const { asFolder, leaveOut, holdBack } = useSubject('labels', 'asFolder', 'leaveOut', 'holdBack')
  const has = (bit: number): boolean => ((photos.marks[photo] ?? 0) & bit) !== 0
  const [isLeftOut, isFixed] = [has(marks.leftOut), has(marks.fixed)]
  return (
    <div className="row">
      <Button onClick={() => void leaveOut([shown], !isLeftOut)}>
        {isLeftOut ? text.wall.takeBack : text.wall.leaveOut}
      </Button>
      <Button title={text.wall.holdBackHint} onClick={() => void holdBack([shown], !isFixed)}>
        {isFixed ? text.wall.automatic : text.wall.holdBack}
      </Button>
      {has(marks.labelled) ? (
        <Button onClick={() => void asFolder([shown])}>{text.wall.asFolder}</Button>
      ) : null}
    </div>
  )
}
