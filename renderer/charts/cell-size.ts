/** @file How large the cells of the confusion matrix are: all columns fill the frame, as far as cells are neither tiny nor huge. */
import { useLayoutEffect, useState } from 'react'

/** Pixels of a cell. */
export interface CellSize {
  readonly width: number
  readonly height: number
}

/** Pixels that the names of the rows and columns take. */
export const headWidth = 132
export const headHeight = 112

const smallest: CellSize = { width: 42, height: 34 }
const largest: CellSize = { width: 132, height: 92 }
const widthToHeight = 1.4

/** The size for a frame of this width. */
export function cellSizeFor(frameWidth: number, classes: number): CellSize {
  const wide = Math.floor((frameWidth - headWidth) / classes)
  const width = Math.min(largest.width, Math.max(smallest.width, wide))
  const height = Math.min(largest.height, Math.max(smallest.height, Math.round(width / widthToHeight)))
  return { width, height }
}

/** Follows the frame, and tells its style sheet as `--cell-width` and `--cell-height`. */
export function useCellSize(frame: { readonly current: HTMLElement | null }, classes: number): CellSize {
  const [size, setSize] = useState(smallest)
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const fit = (): void => {
      const next = cellSizeFor(element.clientWidth, classes)
      element.style.setProperty('--cell-width', `${next.width}px`)
      element.style.setProperty('--cell-height', `${next.height}px`)
      setSize((known) => (known.width === next.width && known.height === next.height ? known : next))
    }
    fit()
    const observer = new ResizeObserver(fit)
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame, classes])
  return size
}
