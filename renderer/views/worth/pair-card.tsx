/** @file Two photos that are almost the same, side by side, why that matters, and what can be done. */
import { CircleOff } from 'lucide-react'
import type { JSX } from 'react'

import { marks, type Photos } from '../../store/photos.ts'
import { questionOf, type LookAlikes } from '../../store/worth-a-look.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { PhotoButton } from './photo-button.tsx'

interface Props {
  readonly photos: Photos
  readonly pair: LookAlikes
  /** Of the first of the two in the list; the second follows. */
  readonly place: number
  readonly onOpen: (photo: number) => void
  /** Called before the pair leaves the list. */
  readonly onSettle: () => void
}

export function PairCard({ photos, pair, place, onOpen, onSettle }: Props): JSX.Element | null {
  const { keep } = useSubject('answered', 'keep')
  const { first, second, problem } = pair
  const kinds = [first, second].map((photo) => photos.at(photo)?.kind ?? '')
  return (
    <li className="worth-card pair">
      <div className="worth-pair">
        {[first, second].map((photo, index) => (
          <Side
            key={photo}
            {...{ photos, photo, onOpen, onSettle }}
            place={place + index}
            isSplit={problem === 'split'}
          />
        ))}
      </div>
      <div className="worth-words">
        <p className="worth-sentence">
          {problem === 'kinds'
            ? text.worth.inTwoKinds(kinds[0] ?? '', kinds[1] ?? '')
            : text.worth.onBothSides}
        </p>
        <div className="row">
          {problem === 'kinds' ? <OneKind {...{ photos, pair, onSettle }} /> : null}
          <Button
            title={text.worth.rightHint}
            onClick={() => {
              onSettle()
              keep(questionOf(photos, first, second))
            }}
          >
            {text.worth.keepBoth}
          </Button>
        </div>
      </div>
    </li>
  )
}

interface SideProps extends Omit<Props, 'pair'> {
  readonly photo: number
  /** Says which of the two is held back. */
  readonly isSplit: boolean
}

function Side({ photos, photo, place, isSplit, onOpen, onSettle }: SideProps): JSX.Element | null {
  const { leaveOut } = useSubject('labels', 'leaveOut')
  const shown = photos.at(photo)
  if (shown === undefined) return null
  const isHeld = ((photos.marks[photo] ?? 0) & marks.heldBack) !== 0
  return (
    <div className="worth-side" data-place={place}>
      <PhotoButton photos={photos} photo={photo} size={320} onOpen={onOpen} />
      {isSplit ? <span className="tag">{isHeld ? text.data.heldBack : text.data.learnedFrom}</span> : null}
      <Button
        look="quiet"
        aria-label={text.worth.leaveOut(shown.path)}
        title={`${text.wall.leaveOutHint} (X)`}
        onClick={() => {
          onSettle()
          void leaveOut([shown], true)
        }}
      >
        <CircleOff size={16} aria-hidden="true" />
        {text.wall.leaveOut}
      </Button>
    </div>
  )
}

/** The kind of either for both. */
function OneKind({ photos, pair, onSettle }: Pick<Props, 'photos' | 'pair' | 'onSettle'>): JSX.Element {
  const { label } = useSubject('labels', 'label')
  const both = [pair.first, pair.second].flatMap((photo) => photos.at(photo) ?? [])
  return (
    <>
      {both.map(({ kind }, index) =>
        kind === null ? null : (
          <Button
            key={kind}
            onClick={() => {
              onSettle()
              void label(
                both.filter((_, place) => place !== index),
                kind,
              )
            }}
          >
            {text.worth.both(kind)}
          </Button>
        ),
      )}
    </>
  )
}
