/** @file The map of the photos: through whose eyes they are seen, tools, and the picture with the bar of what is chosen. */
import { Hand, Image, Lasso, Maximize, Minus, Plus, SquareDashedMousePointer } from 'lucide-react'
import { useMemo, useRef, useState, type JSX, type ReactNode } from 'react'

import type { PhotoMap as SentMap } from '../../../core/api/contract/map.ts'
import type { Arrangement } from '../../store/arrangement.ts'
import { neighbourAgreement, type PlacedPhotos } from '../../store/placed-photos.ts'
import type { PhotoList } from '../../store/photo-list.ts'
import type { Photos } from '../../store/photos.ts'
import { useStudio } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { PhotoFloor } from '../data/photo-floor.tsx'
import type { WallActions } from '../data/wall-actions.ts'
import { Asked } from './asked.tsx'
import { MapCanvas } from './map-canvas.tsx'
import { inView, zoomBy } from './map-keys.ts'
import type { MapPicture } from './map-picture.ts'
import { mapTools, type MapTool } from './map-pointer.ts'

interface Props {
  readonly list: PhotoList
  readonly photos: Photos
  /** What the filter shows; the others are faint. */
  readonly arrangement: Arrangement
  readonly actions: WallActions
  readonly onOpen: (photo: number) => void
}

/** Fills its parent. */
export function PhotoMap({ list, photos, arrangement, actions, onOpen }: Props): JSX.Element {
  return (
    <Asked list={list} words={text.map}>
      {(placed, map) => <Shown {...{ photos, placed, map, arrangement, actions, onOpen }} />}
    </Asked>
  )
}

interface ShownProps extends Omit<Props, 'list'> {
  readonly placed: PlacedPhotos
  readonly map: SentMap
}

function Shown({ photos, placed, map, arrangement, actions, onOpen }: ShownProps): JSX.Element {
  const picture = useRef<MapPicture>(null)
  const [tool, setTool] = useState<MapTool>('move')
  const [withPictures, setWithPictures] = useState(true)
  const shown = useMemo(() => shownIn(photos, arrangement), [photos, arrangement])
  const { selection } = useStudio()
  const chooseVisible = (): void => {
    const made = picture.current
    if (made === null) return
    const { xs, ys } = placed
    selection.getState().choose(inView(made, { xs, ys, shown }))
  }
  return (
    <div className="photo-map">
      <MapCanvas {...{ photos, placed, shown, tool, withPictures, picture, onOpen }} />
      <Tools
        tool={tool}
        withPictures={withPictures}
        onTool={setTool}
        onPictures={setWithPictures}
        onVisible={chooseVisible}
        picture={picture}
      />
      <Caption photos={photos} placed={placed} map={map} />
      <PhotoFloor photos={photos} actions={actions} onLeaveField={() => picture.current?.focus()} />
    </div>
  )
}

function shownIn(photos: Photos, { order }: Arrangement): Uint8Array {
  const shown = new Uint8Array(photos.length)
  for (const photo of order) shown[photo] = 1
  return shown
}

interface ToolsProps {
  readonly tool: MapTool
  readonly withPictures: boolean
  readonly picture: React.RefObject<MapPicture | null>
  readonly onTool: (tool: MapTool) => void
  readonly onPictures: (withPictures: boolean) => void
  readonly onVisible: () => void
}

const toolIcons = { move: Hand, lasso: Lasso } as const

function Tools({ tool, withPictures, picture, onTool, onPictures, onVisible }: ToolsProps): JSX.Element {
  const made = (act: (picture: MapPicture) => void) => (): void => {
    if (picture.current !== null) act(picture.current)
  }
  return (
    <div className="map-tools" role="toolbar" aria-label={text.map.tools} aria-orientation="vertical">
      {mapTools.map((one) => {
        const Icon = toolIcons[one]
        return (
          <MapButton
            key={one}
            name={text.map.toolNames[one]}
            isPressed={tool === one}
            onClick={() => onTool(one)}
          >
            <Icon size={18} aria-hidden="true" />
          </MapButton>
        )
      })}
      <MapButton name={text.map.chooseVisible} onClick={onVisible}>
        <SquareDashedMousePointer size={18} aria-hidden="true" />
      </MapButton>
      <span className="map-tools-gap" />
      <MapButton name={text.map.pictures} isPressed={withPictures} onClick={() => onPictures(!withPictures)}>
        <Image size={18} aria-hidden="true" />
      </MapButton>
      <span className="map-tools-gap" />
      <MapButton name={text.map.nearer} onClick={made((one) => zoomBy(one, 1.5))}>
        <Plus size={18} aria-hidden="true" />
      </MapButton>
      <MapButton name={text.map.further} onClick={made((one) => zoomBy(one, 1 / 1.5))}>
        <Minus size={18} aria-hidden="true" />
      </MapButton>
      <MapButton name={text.map.whole} onClick={made((one) => one.move(one.whole()))}>
        <Maximize size={18} aria-hidden="true" />
      </MapButton>
    </div>
  )
}

interface ButtonProps {
  readonly name: string
  readonly isPressed?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

function MapButton({ name, isPressed, onClick, children }: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      className="map-button"
      aria-label={name}
      title={name}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      {children}
    </button>
  )
}

interface CaptionProps {
  readonly photos: Photos
  readonly placed: PlacedPhotos
  readonly map: SentMap
}

/** How to read the map, and how well the kinds are apart. */
function Caption({ photos, placed, map }: CaptionProps): JSX.Element {
  const agreement = useMemo(() => neighbourAgreement(photos, placed), [photos, placed])
  const total = map.folders.reduce((sum, { photos: own }) => sum + own, 0)
  const missing = photos.length - placed.placed
  return (
    <p className="map-caption soft">
      {text.map.how}{' '}
      {agreement === null ? null : <strong>{text.map.agreement(agreement, placed.count)}</strong>}{' '}
      {map.laidOut < total ? text.map.sampled(map.laidOut, total) : null}{' '}
      {missing > 0 ? text.map.missing(missing) : null}
    </p>
  )
}
