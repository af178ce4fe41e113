/** @file What wheel, pointer and fingers do on a map. */
import type { SelectionStore } from '../../store/selection.ts'
import { moved, toMap, zoomed, type Place } from './camera.ts'
import { nearestTo, within } from './hits.ts'
import type { MapScene } from './map-drawing.ts'
import type { MapPicture } from './map-picture.ts'

export const mapTools = ['move', 'lasso'] as const
export type MapTool = (typeof mapTools)[number]

/** What a gesture needs to know when it happens. */
export interface Now {
  readonly scene: MapScene
  readonly tool: MapTool
  readonly setMarked: (photo: number | null) => void
  readonly onOpen: (photo: number) => void
}

/** Pixels of the page. */
const reach = 14
const clickReach = 4
const lassoStep = 3

type Drag =
  | { readonly kind: 'none' }
  | { readonly kind: 'move'; readonly begun: Place; last: Place; hasMoved: boolean }
  | { readonly kind: 'lasso'; readonly line: Place[]; readonly before: ReadonlySet<number> }

/** Listens until the returned function is called. With Shift a drag is a lasso, with Ctrl or Cmd it adds. */
export function listen(
  canvas: HTMLCanvasElement,
  picture: MapPicture,
  selection: SelectionStore,
  now: () => Now,
): () => void {
  const hit = (place: Place): number | null => {
    const camera = picture.camera()
    return nearestTo(now().scene, toMap(camera, picture.size(), place), reach / camera.scale)
  }
  const gestures = createGestures({ picture, selection, now, hit })
  const silence = new AbortController()
  const { signal } = silence
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return
      canvas.setPointerCapture(event.pointerId)
      gestures.down(event)
    },
    { signal },
  )
  canvas.addEventListener('pointermove', gestures.move, { signal })
  canvas.addEventListener('pointerup', gestures.up, { signal })
  canvas.addEventListener('pointercancel', gestures.cancel, { signal })
  canvas.addEventListener('pointerleave', () => now().setMarked(null), { signal })
  canvas.addEventListener('wheel', (event) => zoomByWheel(event, picture, now), { passive: false, signal })
  const open = (event: MouseEvent): void => {
    const photo = hit(at(event))
    if (photo !== null) now().onOpen(photo)
  }
  canvas.addEventListener('dblclick', open, { signal })
  return () => silence.abort()
}

function at({ offsetX, offsetY }: MouseEvent): Place {
  return { x: offsetX, y: offsetY }
}

function zoomByWheel(event: WheelEvent, picture: MapPicture, now: () => Now): void {
  event.preventDefault()
  // A line of the wheel, or a pixel of a touchpad.
  const by = event.deltaMode === 1 ? 20 * event.deltaY : event.deltaY
  picture.move(zoomed(picture.camera(), picture.size(), at(event), Math.exp(-by / 400), picture.whole()))
  now().setMarked(null)
}

interface Hands {
  readonly picture: MapPicture
  readonly selection: SelectionStore
  readonly now: () => Now
  readonly hit: (place: Place) => number | null
}

interface Gestures {
  readonly down: (event: PointerEvent) => void
  readonly move: (event: PointerEvent) => void
  readonly up: (event: PointerEvent) => void
  readonly cancel: () => void
}

/** A drag moves the map or draws a lasso; a click chooses. */
function createGestures({ picture, selection, now, hit }: Hands): Gestures {
  let drag: Drag = { kind: 'none' }
  const down = (event: PointerEvent): void => {
    const begun = at(event)
    const isLasso = now().tool === 'lasso' || event.shiftKey
    const isAdding = event.ctrlKey || event.metaKey
    drag = isLasso
      ? { kind: 'lasso', line: [begun], before: isAdding ? selection.getState().chosen : new Set() }
      : { kind: 'move', begun, last: begun, hasMoved: false }
  }
  const move = (event: PointerEvent): void => {
    const place = at(event)
    if (drag.kind === 'none') now().setMarked(hit(place))
    else if (drag.kind === 'move') {
      drag.hasMoved ||= far(place, drag.begun) > clickReach
      if (!drag.hasMoved) return
      now().setMarked(null)
      picture.move(moved(picture.camera(), { x: place.x - drag.last.x, y: place.y - drag.last.y }))
      drag.last = place
    } else if (far(place, drag.line.at(-1) ?? place) >= lassoStep) {
      now().setMarked(null)
      drag.line.push(place)
      picture.lasso([...drag.line])
    }
  }
  const cancel = (): void => {
    drag = { kind: 'none' }
    picture.lasso([])
  }
  const up = (event: PointerEvent): void => {
    const ended = drag
    cancel()
    if (ended.kind === 'none' || (ended.kind === 'move' && ended.hasMoved)) return
    if (ended.kind === 'lasso' && ended.line.length > 2) {
      const line = ended.line.map((place) => toMap(picture.camera(), picture.size(), place))
      selection.getState().choose([...ended.before, ...within(now().scene, line)])
    } else chooseBy(event, hit(at(event)), selection)
  }
  return { down, move, up, cancel }
}

function chooseBy(event: PointerEvent, photo: number | null, selection: SelectionStore): void {
  const { only, toggle, clear } = selection.getState()
  if (photo === null) clear()
  else if (event.ctrlKey || event.metaKey || event.shiftKey) toggle(photo)
  else only(photo)
}

function far(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
