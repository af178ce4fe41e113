/** @file What the keyboard does on a map: arrows go from photo to photo, with Shift they move the map, + − 0 zoom. */
import type { KeyboardEvent } from 'react'

import type { SelectionStore } from '../../store/selection.ts'
import { moved, toMap, toView, zoomed } from './camera.ts'
import { nearestTo, nextTowards, type Direction, type Hittable } from './hits.ts'
import type { MapScene } from './map-drawing.ts'
import type { MapPicture } from './map-picture.ts'

/** The photo that the keys are at, and what Enter does. */
export interface KeyMark {
  readonly marked: number | null
  readonly setMarked: (photo: number | null) => void
  readonly onOpen: (photo: number) => void
}

const ways: Readonly<Record<string, Direction>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const step = 80
const factor = 1.5

/** Does what a key means; of others the browser makes what it likes. */
export function byKey(
  event: KeyboardEvent,
  picture: MapPicture,
  scene: MapScene,
  selection: SelectionStore,
  mark: KeyMark,
): void {
  const way = ways[event.key]
  const isDone =
    way === undefined
      ? otherKey(event, picture, selection, mark)
      : arrowKey(way, event.shiftKey, picture, scene, mark)
  if (isDone) event.preventDefault()
}

function arrowKey(
  way: Direction,
  isMove: boolean,
  picture: MapPicture,
  scene: MapScene,
  { marked, setMarked }: KeyMark,
): boolean {
  if (isMove) {
    picture.move(moved(picture.camera(), { x: -step * way.x, y: -step * way.y }))
    return true
  }
  const { x, y } = picture.camera()
  const next = marked === null ? nearestTo(scene, { x, y }, 2) : nextTowards(scene, marked, way)
  if (next === null) return true
  keepInView(picture, scene, next)
  setMarked(next)
  return true
}

/** Moves the map where a photo would be at its edge or beyond. */
function keepInView(picture: MapPicture, scene: MapScene, photo: number): void {
  const place = { x: scene.xs[photo] ?? 0, y: scene.ys[photo] ?? 0 }
  const size = picture.size()
  const { x, y } = toView(picture.camera(), size, place)
  const isInside = x > step && y > step && x < size.width - step && y < size.height - step
  if (!isInside) picture.move({ ...picture.camera(), ...place })
}

function otherKey(
  event: KeyboardEvent,
  picture: MapPicture,
  selection: SelectionStore,
  { marked, onOpen }: KeyMark,
): boolean {
  switch (event.key) {
    case '+':
    case '=':
      zoomBy(picture, factor)
      return true
    case '-':
      zoomBy(picture, 1 / factor)
      return true
    case '0':
      picture.move(picture.whole())
      return true
    case 'Enter':
      if (marked !== null) onOpen(marked)
      return marked !== null
    case ' ':
      if (marked !== null) selection.getState().toggle(marked)
      return true
    default:
      return false
  }
}

/** Nearer or further, around the middle. */
export function zoomBy(picture: MapPicture, by: number): void {
  const { width, height } = picture.size()
  const middle = { x: width / 2, y: height / 2 }
  picture.move(zoomed(picture.camera(), picture.size(), middle, by, picture.whole()))
}

/** The photos that are in view. */
export function inView(picture: MapPicture, { xs, ys, shown }: Hittable): number[] {
  const size = picture.size()
  const start = toMap(picture.camera(), size, { x: 0, y: 0 })
  const end = toMap(picture.camera(), size, { x: size.width, y: size.height })
  const found: number[] = []
  for (let photo = 0; photo < xs.length; photo++) {
    const [x = Number.NaN, y = Number.NaN] = [xs[photo], ys[photo]]
    if (shown[photo] === 1 && x >= start.x && x <= end.x && y >= start.y && y <= end.y) found.push(photo)
  }
  return found
}
