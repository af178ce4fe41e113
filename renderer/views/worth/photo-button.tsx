/** @file A photo with its kind beneath, which opens in large. */
import type { JSX } from 'react'

import { noKind, type Photos } from '../../store/photos.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'

interface Props {
  readonly photos: Photos
  readonly photo: number
  /** Of the picture that is fetched, in pixels. */
  readonly size: number
  readonly onOpen: (photo: number) => void
}

export function PhotoButton({ photos, photo, size, onOpen }: Props): JSX.Element | null {
  const shown = photos.at(photo)
  if (shown === undefined) return null
  const { root, path } = shown
  const kind = shown.kind ?? text.wall.traits.unlabelled
  const name = text.data.picture(kind, path)
  return (
    <button
      type="button"
      className="worth-thumbnail"
      aria-label={text.worth.open(name)}
      onClick={() => onOpen(photo)}
    >
      <Thumbnail folder={root} path={path} size={size} alt="" className="worth-picture" />
      <KindName kind={photos.kindOf[photo] ?? noKind} name={kind} />
    </button>
  )
}
