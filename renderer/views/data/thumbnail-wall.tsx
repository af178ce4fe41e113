/**
 * @file A wall of pictures in sections, of which only the visible rows exist, so that any number of them scrolls
 * smoothly. A grid to the keyboard and to screen readers: one picture has the place in the order of the Tab key.
 */
import {
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type JSX,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  type RefObject,
} from 'react'

import { createWallGeometry, fitColumns, type WallGeometry } from './wall-geometry.ts'
import { placeByKey } from './wall-keys.ts'
import { useDragBox } from './wall-drag.ts'
import { createWallPlan, type WallPlan, type WallSection } from './wall-plan.ts'
import type { WallContent } from './wall-content.ts'
import { WallRow } from './wall-row.tsx'
import { useVisibleRows } from './wall-rows.ts'

/** How a picture was picked: alone, besides the others, or with all from the last one on. */
export type Pick = 'only' | 'toggle' | 'range' | 'addRange'

/** How others move the wall. */
export interface WallHandle {
  /** Scrolls to a picture and gives it the focus. */
  readonly focus: (place: number) => void
}

interface Props {
  readonly label: string
  readonly content: WallContent
  /** About how large pictures are. */
  readonly side: number
  readonly handle: Ref<WallHandle>
  readonly onOpen: (place: number) => void
  /** A range begins at the picture that was picked last, or else at `from`. */
  readonly onPick: (place: number, how: Pick, from: number) => void
  readonly onBoxBegin: (added: boolean) => void
  readonly onBox: (places: readonly number[]) => void
  readonly onEmpty: () => void
}

const gap = 6
const headingHeight = 44
const footHeight = 132
const rowEndWidth = 52

/** Scrolls by itself. */
export function ThumbnailWall(props: Props): JSX.Element {
  const { label, content, side, handle, onOpen, onBoxBegin, onBox } = props
  const frame = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const geometry = useGeometry(frame, content.sections, side, content.rowEnd === null ? 0 : rowEndWidth)
  const { plan } = geometry
  const rows = useVisibleRows(frame, geometry)
  const [active, setActive] = useState(0)
  const current = Math.max(0, Math.min(active, plan.pictures - 1))
  const move = (next: number): void => {
    setActive(next)
    rows.reveal(plan.rowOf(next))
    requestAnimationFrame(() => focusPicture(frame.current, next))
  }
  useImperativeHandle(handle, () => ({ focus: move }))
  const drag = useDragBox({
    frame,
    picture: box,
    onBegin: onBoxBegin,
    onBox: (drawn) => onBox(geometry.picturesIn(drawn)),
  })
  return (
    <div
      ref={frame}
      className="wall"
      role="grid"
      aria-label={label}
      aria-rowcount={plan.rows}
      aria-colcount={geometry.columns}
      aria-multiselectable="true"
      onKeyDown={(event) => {
        if (actByKey(event, props, { plan, current, page: rows.page, move })) event.preventDefault()
      }}
      onClick={(event) => {
        if (!drag.isClickOfBox()) actByMouse(event, props, current, setActive)
      }}
      onDoubleClick={({ target }) => {
        const place = placeUnder(target)
        if (place !== null) onOpen(place)
      }}
      onPointerDown={drag.onPointerDown}
    >
      <div className="wall-space" role="presentation" style={spaceOf(geometry)}>
        <Rows {...rows} geometry={geometry} content={content} current={current} />
        <div ref={box} className="wall-box" hidden />
      </div>
    </div>
  )
}

interface At {
  readonly plan: WallPlan
  readonly current: number
  readonly page: number
  readonly move: (place: number) => void
}

/** Whether the key had a meaning. */
function actByKey(
  event: KeyboardEvent,
  { onPick, onOpen }: Props,
  { plan, current, page, move }: At,
): boolean {
  if (plan.pictures === 0 || isOnButton(event.target)) return false
  const next = placeByKey(event, plan, current, page)
  if (next !== null) {
    if (event.shiftKey) onPick(next, 'range', current)
    move(next)
  } else if (event.key === ' ') onPick(current, event.shiftKey ? 'range' : 'toggle', current)
  else if (event.key === 'Enter') onOpen(current)
  else return false
  return true
}

function actByMouse(
  event: MouseEvent,
  { onPick, onOpen, onEmpty }: Props,
  current: number,
  onActive: (place: number) => void,
): void {
  const place = placeUnder(event.target)
  if (place === null) {
    if (!isOnButton(event.target)) onEmpty()
    return
  }
  onActive(place)
  if (isOnButton(event.target)) onOpen(place)
  else onPick(place, pickOf(event), current)
}

interface RowsProps {
  readonly top: number
  readonly first: number
  readonly last: number
  readonly geometry: WallGeometry
  readonly content: WallContent
  readonly current: number
}

/** The visible rows, the heading above them, and the row of the picture that may have the focus. */
function Rows({ top, first, last, geometry, content, current }: RowsProps): JSX.Element[] {
  const { plan, side } = geometry
  if (plan.rows === 0 || side === 0) return []
  const sticky = plan.headingOf(plan.sectionOf(top))
  const currentRow = plan.rowOf(current)
  const rows = new Set([sticky, currentRow])
  for (let row = first; row <= last; row++) rows.add(row)
  return [...rows]
    .sort((a, b) => a - b)
    .map((row) => (
      <WallRow
        key={row}
        geometry={geometry}
        row={row}
        content={content}
        isSticky={row === sticky}
        current={row === currentRow ? current : null}
      />
    ))
}

function spaceOf({ height, side }: WallGeometry): CSSProperties {
  return { height, '--wall-side': `${side}px` } as CSSProperties
}

function isOnButton(target: EventTarget): boolean {
  return (target as Element).closest('button') !== null
}

/** A finger picks one more with every touch: it has no keys to say so. */
function pickOf({ shiftKey, ctrlKey, metaKey, nativeEvent }: MouseEvent): Pick {
  if (shiftKey) return ctrlKey || metaKey ? 'addRange' : 'range'
  const isTouch = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch'
  return ctrlKey || metaKey || isTouch ? 'toggle' : 'only'
}

function placeUnder(target: EventTarget): number | null {
  const cell = (target as Element).closest<HTMLElement>('[data-place]')
  return cell === null ? null : Number(cell.dataset['place'])
}

function focusPicture(frame: HTMLElement | null, place: number): void {
  frame?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus({ preventScroll: true })
}

/** As many columns as fit; without any picture until the width is known. */
function useGeometry(
  frame: RefObject<HTMLDivElement | null>,
  sections: readonly WallSection[],
  wanted: number,
  margin: number,
): WallGeometry {
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  const { columns, side } = width === null ? { columns: 1, side: 0 } : fitColumns(width - margin, wanted, gap)
  const plan = useMemo(() => createWallPlan(sections, columns), [sections, columns])
  return useMemo(
    () => createWallGeometry(plan, { columns, side, gap, heading: headingHeight, foot: footHeight }),
    [plan, columns, side],
  )
}
