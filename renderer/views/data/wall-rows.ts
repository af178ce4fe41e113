/** @file The rows of a wall that are in sight, and scrolling to the others; what is in sight stays there when sizes change. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

import type { WallGeometry } from './wall-geometry.ts'

/** Rows rendered beyond either edge. */
const spareRows = 3

interface RowRange {
  /** The first row in sight. */
  readonly top: number
  /** The last row to be rendered. */
  readonly last: number
}

interface VisibleRows extends RowRange {
  /** The first row to be rendered. */
  readonly first: number
  /** Scrolls as far as is needed to show a whole row below the sticky heading. */
  readonly reveal: (row: number) => void
  /** Brings a row to the top. */
  readonly bringToTop: (row: number) => void
  /** Rows of pictures that fit on the screen. */
  readonly page: number
}

/** Follows the scrolling of `frame`. */
export function useVisibleRows(frame: RefObject<HTMLElement | null>, geometry: WallGeometry): VisibleRows {
  const [range, setRange] = useState<RowRange>({ top: 0, last: -1 })
  const update = useCallback(() => {
    const element = frame.current
    if (element === null) return
    setRange((old) => {
      const next = rangeAt(geometry, element.scrollTop, element.clientHeight)
      return old.top === next.top && old.last === next.last ? old : next
    })
  }, [frame, geometry])
  useKeptPlace(frame, geometry)
  useLayoutEffect(update, [update])
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(update)
    observer.observe(element)
    element.addEventListener('scroll', update, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', update)
    }
  }, [frame, update])
  const scrollTo = (top: number): void => {
    if (frame.current !== null) frame.current.scrollTop = top
    update()
  }
  const visible = frame.current?.clientHeight ?? 0
  return {
    ...clamped(range, geometry),
    page: Math.max(1, Math.floor((visible - geometry.heading) / (geometry.side + geometry.gap))),
    bringToTop: (row) => scrollTo(geometry.topOf(row)),
    reveal: (row) => {
      const { scrollTop = 0, clientHeight = 0 } = frame.current ?? {}
      const top = geometry.topOf(row) - geometry.heading
      const bottom = geometry.topOf(row) + geometry.side + geometry.foot
      if (top < scrollTop) scrollTo(top)
      else if (bottom > scrollTop + clientHeight) scrollTo(bottom - clientHeight)
    },
  }
}

function rangeAt(geometry: WallGeometry, scrollTop: number, height: number): RowRange {
  return { top: geometry.rowAt(scrollTop), last: geometry.rowAt(scrollTop + height) + spareRows }
}

/** The plan may have become shorter since. */
function clamped(range: RowRange, { plan }: WallGeometry): RowRange & { readonly first: number } {
  const top = Math.min(range.top, Math.max(0, plan.rows - 1))
  return { top, first: Math.max(0, top - spareRows), last: Math.min(range.last, plan.rows - 1) }
}

/** When only sizes change, the first picture in sight stays where it is. */
function useKeptPlace(frame: RefObject<HTMLElement | null>, geometry: WallGeometry): void {
  const before = useRef(geometry)
  useLayoutEffect(() => {
    const element = frame.current
    const old = before.current
    before.current = geometry
    if (element === null || old.side === 0 || old === geometry) return
    if (old.plan.pictures !== geometry.plan.pictures || element.scrollTop === 0) return
    if (old.columns === geometry.columns && old.side === geometry.side) return
    const row = old.rowAt(element.scrollTop + old.heading)
    const place = old.plan.row(row)
    const offset = element.scrollTop - old.topOf(row)
    const next =
      place.kind === 'heading' ? geometry.plan.headingOf(place.section) : geometry.plan.rowOf(place.first)
    element.scrollTop = geometry.topOf(next) + offset
  }, [frame, geometry])
}
