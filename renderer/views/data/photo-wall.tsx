/** @file The photos on the wall as they are arranged, and what picking them means. */
import { useCallback, useMemo, useRef, type JSX, type RefObject } from 'react'

import type { Arrangement } from '../../store/arrangement.ts'
import { marks, noKind, type Photos } from '../../store/photos.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'
import { PhotoFloor } from './photo-floor.tsx'
import { AcceptRow, SectionHeading } from './section-heading.tsx'
import { Thumbnail } from './thumbnail.tsx'
import { ThumbnailWall, type Pick, type WallHandle } from './thumbnail-wall.tsx'
import type { WallActions } from './wall-actions.ts'
import type { WallContent } from './wall-content.ts'

interface Props {
  readonly photos: Photos
  readonly arrangement: Arrangement
  readonly actions: WallActions
  readonly handle: RefObject<WallHandle | null>
  readonly onOpen: (photo: number) => void
}

/** The wall with the bar of what is chosen over it. */
export function PhotoWall({ photos, arrangement, actions, handle, onOpen }: Props): JSX.Element {
  const { selection } = useStudio()
  const { side } = useSubject('wall', 'side')
  const { order } = arrangement
  const content = useContent(photos, arrangement, side)
  const before = useRef<ReadonlySet<number>>(new Set())
  const pick = (place: number, how: Pick, from: number): void => {
    const photo = order[place]
    if (photo === undefined) return
    const { only, toggle, extend } = selection.getState()
    if (how === 'only') only(photo)
    else if (how === 'toggle') toggle(photo)
    else extend(order, order[from] ?? photo, photo, how === 'addRange')
  }
  return (
    <div className="photo-wall">
      {order.length === 0 ? <p className="wall-empty soft">{text.wall.nothing}</p> : null}
      <ThumbnailWall
        label={text.data.wall}
        handle={handle}
        content={content}
        side={side}
        onOpen={(place) => onOpen(order[place] ?? 0)}
        onPick={pick}
        onBoxBegin={(added) => {
          before.current = added ? selection.getState().chosen : new Set()
        }}
        onBox={(places) => {
          const boxed = places.map((place) => order[place] ?? 0)
          selection.getState().choose([...before.current, ...boxed])
        }}
        onEmpty={() => selection.getState().clear()}
      />
      <PhotoFloor
        photos={photos}
        actions={actions}
        onLeaveField={() => handle.current?.focus(order.indexOf([...selection.getState().chosen][0] ?? 0))}
      />
    </div>
  )
}

/** Thumbnails in a few sizes, so that a slider does not request each of them many times. */
const thumbnailSizes = [160, 256, 384, 512, 800] as const

function thumbnailSize(side: number): number {
  const wanted = 1.4 * side * Math.min(2, globalThis.devicePixelRatio)
  return thumbnailSizes.find((size) => size >= wanted) ?? 800
}

function useContent(photos: Photos, arrangement: Arrangement, side: number): WallContent {
  const { order, sections } = arrangement
  const size = thumbnailSize(side)
  const cell = useCallback(
    (place: number): ReturnType<WallContent['cell']> => {
      const id = order[place]
      const photo = id === undefined ? undefined : photos.at(id)
      if (id === undefined || photo === undefined) return null
      const isMixed = sections[0]?.kind === null
      return {
        id,
        name: nameOf(photos, id),
        picture: (
          <>
            <Thumbnail folder={photo.root} path={photo.path} size={size} alt="" className="thumb" />
            <PhotoMarks photos={photos} photo={id} withKind={isMixed} />
          </>
        ),
      }
    },
    [order, photos, sections, size],
  )
  const heading = useCallback(
    (section: number) => {
      const one = sections[section]
      return one === undefined ? null : <SectionHeading photos={photos} section={one} order={order} />
    },
    [photos, order, sections],
  )
  const rowEnd = useMemo(() => {
    if (!sections.some(({ guess }) => guess === 'suggested')) return null
    return (first: number, count: number, section: number) => {
      const { guess, kind } = sections[section] ?? {}
      if (guess !== 'suggested' || kind === undefined || kind === null) return null
      return <AcceptRow photos={photos} order={order.subarray(first, first + count)} kind={kind} />
    }
  }, [photos, order, sections])
  return useMemo(() => ({ sections, cell, heading, rowEnd }), [sections, cell, heading, rowEnd])
}

/** Kind, file and what else is known, for a screen reader. */
function nameOf(photos: Photos, photo: number): string {
  const path = photos.at(photo)?.path ?? ''
  const kind = photos.kindOf[photo] ?? noKind
  const label = kind === noKind ? text.wall.traits.unlabelled : (photos.kinds[kind] ?? '')
  const found = photos.marks[photo] ?? 0
  return [
    text.data.picture(label, path.slice(path.lastIndexOf('/') + 1)),
    (found & marks.heldBack) === 0 ? '' : text.data.heldBack,
    (found & marks.labelled) === 0 ? '' : text.wall.labelledByHand,
    (found & marks.leftOut) === 0 ? '' : text.wall.traits.leftOut,
  ]
    .filter(Boolean)
    .join(', ')
}

interface MarksProps {
  readonly photos: Photos
  readonly photo: number
  readonly withKind: boolean
}

/** Over the photo: its kind where kinds are mixed, and whether it is held back. */
function PhotoMarks({ photos, photo, withKind }: MarksProps): JSX.Element {
  const kind = photos.kindOf[photo] ?? noKind
  const found = photos.marks[photo] ?? 0
  return (
    <span className="photo-marks" aria-hidden="true">
      {withKind && kind !== noKind ? (
        <span className="photo-kind">
          <KindName kind={kind} name={photos.kinds[kind] ?? ''} />
        </span>
      ) : null}
      {(found & marks.heldBack) === 0 || kind === noKind ? null : (
        <span className="photo-held" title={text.data.heldBack} />
      )}
    </span>
  )
}
