/** @file The heading over the photos of a kind, which stays in sight and chooses all of them. */
import type { JSX } from 'react'

import type { PhotoSection } from '../../store/arrangement.ts'
import { noKind, type Photos } from '../../store/photos.ts'
import { useSubject } from '../../studio.ts'
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
  const { kind, start, count } = section
  const name = nameOfSection(photos, kind)
  return (
    <>
      <strong>{kind === null || kind === noKind ? name : <KindName kind={kind} name={name} />}</strong>
      <span className="soft small number">{text.data.countOf(count)}</span>
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

function nameOfSection(photos: Photos, kind: number | null): string {
  if (kind === null) return text.wall.groupings.mixed
  return kind === noKind ? text.wall.traits.unlabelled : (photos.kinds[kind] ?? '')
}
