/** @file The map under the hands: wheel, drag and keys move it, a lasso and clicks choose photos. */
import { useEffect, useRef, useState, type JSX, type RefObject } from 'react'

import type { PlacedPhotos } from '../../store/placed-photos.ts'
import type { Photos } from '../../store/photos.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { watchTheme } from '../../charts/plot.ts'
import { toView } from './camera.ts'
import type { MapScene } from './map-drawing.ts'
import { createMapPicture, type MapPicture } from './map-picture.ts'
import { byKey } from './map-keys.ts'
import { listen, type MapTool } from './map-pointer.ts'
import { PhotoPreview } from './photo-preview.tsx'

export interface MapCanvasProps {
  readonly photos: Photos
  readonly placed: PlacedPhotos
  /** For every photo 1 if the filter shows it. */
  readonly shown: Uint8Array
  readonly tool: MapTool
  readonly withPictures: boolean
  readonly picture: RefObject<MapPicture | null>
  readonly onOpen: (photo: number) => void
}

/** How many of the most alike photos are joined to the one that is pointed at. */
const joined = 5

/** Fills its parent. */
export function MapCanvas(props: MapCanvasProps): JSX.Element {
  const { photos, placed, tool, onOpen, picture } = props
  const { api, selection } = useStudio()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [marked, setMarked] = useState<number | null>(null)
  const scene = useScene(props)
  const now = useRef({ scene, tool, onOpen, marked, setMarked })
  now.current = { scene, tool, onOpen, marked, setMarked }
  useEffect(() => {
    const element = canvas.current
    if (element === null) return undefined
    const made = createMapPicture(element, api)
    picture.current = made
    made.refresh()
    const sizes = new ResizeObserver(made.refresh)
    sizes.observe(element)
    const forget = watchTheme(made.refresh)
    const silence = listen(element, made, selection, () => now.current)
    return () => {
      silence()
      forget()
      sizes.disconnect()
      made.dispose()
      picture.current = null
    }
  }, [api, selection, picture])
  useEffect(() => picture.current?.show(scene), [picture, scene])
  useEffect(() => {
    const alike = marked === null ? [] : alikeOf(placed, marked).slice(0, joined)
    picture.current?.mark(marked, alike)
  }, [picture, placed, marked])
  const made = picture.current
  const at =
    marked === null || made === null
      ? null
      : toView(made.camera(), made.size(), { x: placed.xs[marked] ?? 0, y: placed.ys[marked] ?? 0 })
  return (
    <>
      <canvas
        ref={canvas}
        className="map-canvas"
        data-tool={tool}
        tabIndex={0}
        role="application"
        aria-label={text.map.canvas(placed.placed)}
        aria-describedby="map-keys"
        onKeyDown={(event) => {
          if (made !== null) byKey(event, made, scene, selection, { marked, setMarked, onOpen })
        }}
        onBlur={() => setMarked(null)}
      />
      <p id="map-keys" className="visually-hidden">
        {text.map.keys}
      </p>
      <PhotoPreview photos={photos} placed={placed} photo={marked} at={at} />
    </>
  )
}

function useScene({ photos, placed, shown, withPictures }: MapCanvasProps): MapScene {
  const { chosen } = useSubject('selection', 'chosen')
  const { xs, ys, placed: count } = placed
  return { photos, xs, ys, shown, chosen, kindOf: photos.kindOf, placed: count, withPictures }
}

/** The photos most like one of them, the most alike first. */
function alikeOf({ neighbours, count }: PlacedPhotos, photo: number): number[] {
  return [...neighbours.subarray(photo * count, (photo + 1) * count)].filter((other) => other >= 0)
}
