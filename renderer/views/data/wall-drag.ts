/** @file A rectangle drawn over the wall with the mouse, which scrolls the wall at its edges. */
import { useEffect, useRef, type PointerEvent, type RefObject } from 'react'

import type { Box } from './wall-geometry.ts'

/** A click moves less than this many pixels. */
const leastPx = 6
const edgePx = 36
const fastestPx = 28

interface Draw {
  readonly frame: RefObject<HTMLElement | null>
  /** The drawn rectangle, hidden as long as none is. */
  readonly picture: RefObject<HTMLElement | null>
  /** `added` where a key says that what was chosen before stays chosen. */
  readonly onBegin: (added: boolean) => void
  readonly onBox: (box: Box) => void
}

interface Drawing {
  /** Where it began on the whole wall. */
  readonly x: number
  readonly y: number
  /** Where the mouse is on the screen. */
  clientX: number
  clientY: number
  readonly added: boolean
  isDrawn: boolean
}

interface DragBox {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  /** Whether the click that follows belongs to a rectangle and means nothing by itself. */
  readonly isClickOfBox: () => boolean
}

/** Fingers scroll instead. */
export function useDragBox({ frame, picture, onBegin, onBox }: Draw): DragBox {
  const latest = useRef({ onBegin, onBox })
  useEffect(() => {
    latest.current = { onBegin, onBox }
  })
  const wasBox = useRef(false)
  const end = useRef<() => void>(() => undefined)
  useEffect(() => () => end.current(), [])
  const begin = (event: PointerEvent<HTMLElement>): void => {
    wasBox.current = false
    const element = frame.current
    const isOther = event.button !== 0 || event.pointerType === 'touch'
    if (element === null || isOther || (event.target as Element).closest('button') !== null) return
    const drawing: Drawing = {
      ...onWall(element, event.clientX, event.clientY),
      clientX: event.clientX,
      clientY: event.clientY,
      added: event.shiftKey || event.ctrlKey || event.metaKey,
      isDrawn: false,
    }
    if (event.clientX - element.getBoundingClientRect().left >= element.clientWidth) return
    const draw = (): void => {
      const now = onWall(element, drawing.clientX, drawing.clientY)
      const isFar = Math.hypot(now.x - drawing.x, now.y - drawing.y) >= leastPx
      if (!drawing.isDrawn && !isFar) return
      if (!drawing.isDrawn) latest.current.onBegin(drawing.added)
      drawing.isDrawn = true
      const box = boxOf(drawing, now)
      show(picture.current, box)
      latest.current.onBox(box)
    }
    end.current = follow(element, drawing, draw, () => {
      wasBox.current = drawing.isDrawn
      if (picture.current !== null) picture.current.hidden = true
    })
  }
  return { onPointerDown: begin, isClickOfBox: () => wasBox.current }
}

/** Follows the mouse until it is let go or the returned function is called. */
function follow(element: HTMLElement, drawing: Drawing, draw: () => void, onEnd: () => void): () => void {
  const interest = new AbortController()
  const { signal } = interest
  let timer = 0
  const finish = (): void => {
    interest.abort()
    cancelAnimationFrame(timer)
    onEnd()
  }
  const scroll = (): void => {
    const by = drawing.isDrawn ? speedAt(element, drawing.clientY) : 0
    if (by !== 0) {
      element.scrollTop += by
      draw()
    }
    timer = requestAnimationFrame(scroll)
  }
  timer = requestAnimationFrame(scroll)
  const move = ({ clientX, clientY }: globalThis.PointerEvent): void => {
    Object.assign(drawing, { clientX, clientY })
    draw()
  }
  addEventListener('pointermove', move, { signal })
  addEventListener('pointerup', finish, { signal })
  addEventListener('pointercancel', finish, { signal })
  return finish
}

/** Pixels per frame, the more the further the mouse is beyond the edge. */
function speedAt(element: HTMLElement, clientY: number): number {
  const { top, bottom } = element.getBoundingClientRect()
  const above = top + edgePx - clientY
  const below = clientY - (bottom - edgePx)
  if (above > 0) return -Math.min(fastestPx, above / 2)
  return below > 0 ? Math.min(fastestPx, below / 2) : 0
}

function onWall(element: HTMLElement, clientX: number, clientY: number): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect()
  return { x: clientX - left + element.scrollLeft, y: clientY - top + element.scrollTop }
}

function boxOf(a: { x: number; y: number }, b: { x: number; y: number }): Box {
  return {
    left: Math.min(a.x, b.x),
    right: Math.max(a.x, b.x),
    top: Math.min(a.y, b.y),
    bottom: Math.max(a.y, b.y),
  }
}

function show(picture: HTMLElement | null, { left, top, right, bottom }: Box): void {
  if (picture === null) return
  picture.hidden = false
  picture.style.transform = `translate(${left}px, ${top}px)`
  picture.style.width = `${right - left}px`
  picture.style.height = `${bottom - top}px`
}
