/** @file A photo that looks like another kind: large, why, the photos most like it, and what can be done. */
import { Check, CircleOff, Tag } from 'lucide-react'
import type { JSX } from 'react'

import type { Photos } from '../../store/photos.ts'
import type { PlacedPhotos } from '../../store/placed-photos.ts'
import { nearestOf, questionOf, type Doubt } from '../../store/worth-a-look.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { PhotoButton } from './photo-button.tsx'

interface Props {
  readonly photos: Photos
  readonly placed: PlacedPhotos
  readonly doubt: Doubt
  /** In the list. */
  readonly place: number
  readonly onOpen: (photo: number) => void
  /** Called before the photo leaves the list. */
  readonly onSettle: () => void
}

/** How many of those most like it are shown. */
const shownAlike = 8

export function DoubtCard({ photos, placed, doubt, place, onOpen, onSettle }: Props): JSX.Element | null {
  const { label, leaveOut } = useSubject('labels', 'label', 'leaveOut')
  const { keep } = useSubject('answered', 'keep')
  const { photo, suggested, votes, of } = doubt
  const shown = photos.at(photo)
  if (shown === undefined || shown.kind === null) return null
  const kind = photos.kinds[suggested] ?? ''
  const settled = (act: () => unknown) => (): void => {
    onSettle()
    void act()
  }
  return (
    <li className="worth-card" data-place={place}>
      <div className="worth-side">
        <PhotoButton photos={photos} photo={photo} size={512} onOpen={onOpen} />
        <Button
          look="quiet"
          title={`${text.wall.leaveOutHint} (X)`}
          onClick={settled(() => leaveOut([shown], true))}
        >
          <CircleOff size={16} aria-hidden="true" />
          {text.wall.leaveOut}
        </Button>
      </div>
      <div className="worth-words">
        <p className="worth-sentence">{text.worth.youSay(shown.kind, kind, votes, of)}</p>
        <div className="worth-alike" role="group" aria-label={text.worth.alike}>
          {nearestOf(photos, placed, photo, shownAlike).map(({ photo: other }) => (
            <PhotoButton key={other} photos={photos} photo={other} size={160} onOpen={onOpen} />
          ))}
        </div>
        <div className="row">
          <Button look="primary" onClick={settled(() => label([shown], kind))}>
            <Tag size={16} aria-hidden="true" />
            {text.worth.asSuggested(kind)}
          </Button>
          <Button title={text.worth.rightHint} onClick={settled(() => keep(questionOf(photos, photo)))}>
            <Check size={16} aria-hidden="true" />
            {text.worth.right(shown.kind)}
          </Button>
        </div>
      </div>
    </li>
  )
}
