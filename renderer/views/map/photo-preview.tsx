/** @file The photo of a map that is pointed at: large, with its kind, and what the photos most like it are. */
import { useLayoutEffect, useRef, type JSX } from 'react'

import { noKind, type Photos } from '../../store/photos.ts'
import type { PlacedPhotos } from '../../store/placed-photos.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'
import type { Place } from './camera.ts'
import { sameKind } from './same-kind.ts'

interface Props {
  readonly photos: Photos
  readonly placed: PlacedPhotos
  readonly photo: number | null
  /** In pixels of the map's view. */
  readonly at: Place | null
}

const gap = 18

/** Beside the photo's place, on the side where there is room; read out as the keys go on. */
export function PhotoPreview({ photos, placed, photo, at }: Props): JSX.Element {
  const card = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = card.current
    const around = element?.parentElement
    if (element === null || around === null || around === undefined || at === null) return
    const { offsetWidth: width, offsetHeight: height } = element
    const left = at.x + gap + width > around.clientWidth ? at.x - gap - width : at.x + gap
    const top = Math.min(Math.max(8, at.y - height / 2), around.clientHeight - height - 8)
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  })
  const shown = photo === null ? undefined : photos.at(photo)
  const kind = photo === null ? noKind : (photos.kindOf[photo] ?? noKind)
  const name = kind === noKind ? text.wall.traits.unlabelled : (photos.kinds[kind] ?? '')
  const file = shown?.path.slice(shown.path.lastIndexOf('/') + 1) ?? ''
  const alike = photo === null || kind === noKind ? null : sameKind(photos, placed, photo)
  const told = alike === null || alike.of === 0 ? '' : text.map.alike(alike.same, alike.of)
  return (
    <>
      <p className="visually-hidden" role="status">
        {shown === undefined ? '' : [name, file, told].filter(Boolean).join(', ')}
      </p>
      {shown === undefined || at === null ? null : (
        <div ref={card} className="map-preview" aria-hidden="true">
          <Thumbnail folder={shown.root} path={shown.path} size={384} alt="" className="map-preview-photo" />
          <KindName kind={kind} name={name} />
          <span className="path clip">{file}</span>
          <span className="soft">{told}</span>
        </div>
      )}
    </>
  )
}
