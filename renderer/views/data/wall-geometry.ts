/** @file Where the rows of a wall are in pixels, and which photos a rectangle touches: computed, not measured. */
import type { WallPlan } from './wall-plan.ts'

/** In pixels. */
export interface WallSizes {
  readonly columns: number
  readonly side: number
  readonly gap: number
  readonly heading: number
  /** Free below the last row, where the bar of the selection floats. */
  readonly foot: number
}

/** In pixels from the top left of the whole wall. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The rows of a plan in pixels. */
export interface WallGeometry extends WallSizes {
  readonly plan: WallPlan
  readonly height: number
  /** The upper edge of a row. */
  readonly topOf: (row: number) => number
  /** The row at a height; the first or the last one beyond the ends. */
  readonly rowAt: (y: number) => number
  /** Places of the pictures that a box touches. */
  readonly picturesIn: (box: Box) => number[]
}

/** The geometry of a plan with pictures of this size; the first column begins at `gap`. */
export function createWallGeometry(plan: WallPlan, sizes: WallSizes): WallGeometry {
  const { side, gap, heading, foot, columns } = sizes
  const pitch = side + gap
  const topOf = (row: number): number => {
    const headings = plan.headingsBefore(row)
    return headings * heading + (row - headings) * pitch
  }
  const rowAt = (y: number): number => {
    let [low, high] = [0, Math.max(0, plan.rows - 1)]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (topOf(middle) <= y) low = middle
      else high = middle - 1
    }
    return low
  }
  const picturesIn = (box: Box): number[] => {
    if (plan.rows === 0) return []
    const first = Math.max(0, Math.ceil((box.left - gap - side) / pitch))
    const last = Math.min(columns - 1, Math.floor((box.right - gap) / pitch))
    const found: number[] = []
    for (let row = rowAt(box.top); row <= rowAt(box.bottom); row++) {
      const place = plan.row(row)
      if (place.kind === 'heading' || topOf(row) + side < box.top || topOf(row) > box.bottom) continue
      for (let column = first; column <= Math.min(last, place.count - 1); column++)
        found.push(place.first + column)
    }
    return found
  }
  return { ...sizes, plan, height: topOf(plan.rows) + foot, topOf, rowAt, picturesIn }
}

/** As many columns as fit pictures of about this side, and the side that fills the width with them. */
export function fitColumns(
  width: number,
  side: number,
  gap: number,
): { readonly columns: number; readonly side: number } {
  const columns = Math.max(1, Math.round((width - gap) / (side + gap)))
  return { columns, side: Math.floor((width - gap) / columns) - gap }
}
