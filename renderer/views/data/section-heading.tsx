/** @file The heading over the photos of a kind, which stays in sight and chooses all of them, or accepts what is suggested. */
import { Check } from 'lucide-react'
import type { JSX } from 'react'

import type { PhotoSection } from '../../store/arrangement.ts'
import { noKind, type Photos } from '../../store/photos.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { KindName } from '../../ui/kind-name.tsx'

interface Props {
  readonly photos: Photos
  readonly section: PhotoSection
  readonly order: Uint32Array
}

/** Its name and number. */
export function SectionHeading({ photos, section, order }: Props): JSX.Element {
  const { choose } = useSubject('selection', 'choose')
  const { kind, start, count, guess, sure = 0 } = section
  const name = nameOfSection(photos, section)
  const isKind = kind !== null && kind !== noKind
  return (
    <>
      <strong>
        {guess === 'suggested' ? `${text.wall.probably} ` : ''}
        {isKind ? <KindName kind={kind} name={photos.kinds[kind] ?? ''} /> : name}
      </strong>
      <span className="soft small number">{text.data.countOf(count)}</span>
      {guess === 'suggested' && sure > 0 ? (
        <AcceptButton photos={photos} order={order.subarray(start, start + sure)} kind={kind ?? noKind} />
      ) : null}
      <Button
        look="quiet"
        className="heading-button"
        aria-label={text.wall.chooseAllOf(name)}
        tabIndex={-1}
        onClick={() => choose(order.subarray(start, start + count))}
      >
        {text.wall.chooseAll}
      </Button>
    </>
  )
}

interface AcceptProps {
  readonly photos: Photos
  readonly order: Uint32Array
  readonly kind: number
}

/** Gives the photos the kind that is suggested for them. */
function AcceptButton({ photos, order, kind }: AcceptProps): JSX.Element {
  const accept = useAccept(photos, true)
  return (
    <Button className="heading-button" tabIndex={-1} onClick={() => accept(order, kind)}>
      <Check size={15} aria-hidden="true" />
      {text.wall.acceptThese(order.length)}
    </Button>
  )
}

/** The same at the end of a row, for that row. */
export function AcceptRow({ photos, order, kind }: AcceptProps): JSX.Element {
  const accept = useAccept(photos, false)
  const name = photos.kinds[kind] ?? ''
  return (
    <div role="gridcell" className="row-end">
      <button
        type="button"
        className="row-accept"
        aria-label={text.wall.acceptRow(order.length, name)}
        title={text.wall.acceptRow(order.length, name)}
        onClick={() => accept(order, kind)}
      >
        <Check size={20} aria-hidden="true" />
      </button>
    </div>
  )
}

function useAccept(photos: Photos, isSection: boolean): (order: Uint32Array, kind: number) => void {
  const { labels, suggestions } = useStudio()
  return (order, kind) => {
    const name = photos.kinds[kind]
    if (name === undefined) return
    const known = [...order].flatMap((photo) => photos.at(photo) ?? [])
    // The next row comes to the place of an accepted one; only after a whole section may everything change.
    if (isSection) suggestions.getState().expect()
    void labels.getState().label(known, name)
  }
}

function nameOfSection(photos: Photos, { kind, guess }: PhotoSection): string {
  if (kind === null) return text.wall.groupings.mixed
  if (guess === 'unsure') return text.wall.unsure
  return kind === noKind ? text.wall.traits.unlabelled : (photos.kinds[kind] ?? '')
}
