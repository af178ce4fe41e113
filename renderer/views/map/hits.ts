/** @file Which photos of a map are meant: the nearest to a pointer, those in a lasso or in the view, the next by an arrow key. */
import type { Place } from './camera.ts'

/** Photos at places of a map; `shown` is 1 for those that can be meant. */
export interface Hittable {
  readonly xs: Float32Array
  readonly ys: Float32Array
  readonly shown: Uint8Array
}

/** The nearest photo within `reach` of a place; null if there is none. */
export function nearestTo({ xs, ys, shown }: Hittable, { x, y }: Place, reach: number): number | null {
  let best = reach * reach
  let found: number | null = null
  for (let photo = 0; photo < xs.length; photo++) {
    const far = ((xs[photo] ?? 0) - x) ** 2 + ((ys[photo] ?? 0) - y) ** 2
    if (far <= best && shown[photo] === 1) {
      best = far
      found = photo
    }
  }
  return found
}

/** The photos within a closed line; fewer than three corners hold none. */
export function within({ xs, ys, shown }: Hittable, line: readonly Place[]): number[] {
  if (line.length < 3) return []
  const [left, right] = ends(line.map(({ x }) => x))
  const [top, bottom] = ends(line.map(({ y }) => y))
  const found: number[] = []
  for (let photo = 0; photo < xs.length; photo++) {
    const [x = Number.NaN, y = Number.NaN] = [xs[photo], ys[photo]]
    if (shown[photo] !== 1 || !(x >= left && x <= right && y >= top && y <= bottom)) continue
    if (isInside(line, x, y)) found.push(photo)
  }
  return found
}

function ends(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)]
}

/** By how often a ray to the right crosses the line. */
function isInside(line: readonly Place[], x: number, y: number): boolean {
  let inside = false
  let before = line.at(-1)
  for (const corner of line) {
    if (before !== undefined && corner.y > y !== before.y > y) {
      const crossing = corner.x + ((y - corner.y) / (before.y - corner.y)) * (before.x - corner.x)
      if (x < crossing) inside = !inside
    }
    before = corner
  }
  return inside
}

/** A step of an arrow key. */
export interface Direction {
  readonly x: -1 | 0 | 1
  readonly y: -1 | 0 | 1
}

/** The photo to which an arrow key leads: near, and rather ahead than aside; null if there is none that way. */
export function nextTowards({ xs, ys, shown }: Hittable, from: number, way: Direction): number | null {
  const [x = 0, y = 0] = [xs[from], ys[from]]
  let best = Infinity
  let found: number | null = null
  for (let photo = 0; photo < xs.length; photo++) {
    if (shown[photo] !== 1 || photo === from) continue
    const [dx, dy] = [(xs[photo] ?? Number.NaN) - x, (ys[photo] ?? Number.NaN) - y]
    const ahead = dx * way.x + dy * way.y
    const aside = Math.abs(dx * way.y) + Math.abs(dy * way.x)
    if (!(ahead > aside)) continue
    const cost = ahead + 2 * aside
    if (cost < best) {
      best = cost
      found = photo
    }
  }
  return found
}
