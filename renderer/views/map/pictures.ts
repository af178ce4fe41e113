/**
 * @file Which photos of a map are shown as pictures, and how large: one for each cell of a grid that lies on the map and
 * not on the view, so that none flickers while the map is moved.
 */
import { toMap, type Camera, type ViewSize } from './camera.ts'
import type { Hittable } from './hits.ts'

/** Photos to show as pictures of this side in pixels of the page. */
export interface ShownPictures {
  readonly side: number
  readonly photos: readonly number[]
}

const sides = [72, 54, 42] as const
const gap = 8

/** With more photos per cell, most would be hidden behind a picture, and the dots say more. */
const mostPerCell = 4

/** Grids for each time the map is twice as large. */
const gridSteps = 3

/** The first photo of each cell in view, as large as there is room for; none where they are too dense. */
export function picturesIn(camera: Camera, size: ViewSize, dots: Hittable): ShownPictures {
  for (const side of sides) {
    const { inView, photos } = firstOfCells(camera, size, dots, side)
    if (inView <= mostPerCell * photos.length) return { side, photos }
  }
  return { side: 0, photos: [] }
}

function firstOfCells(
  camera: Camera,
  size: ViewSize,
  { xs, ys, shown }: Hittable,
  side: number,
): { readonly inView: number; readonly photos: readonly number[] } {
  // The grid changes only in steps of the zoom.
  const cell = (side + gap) / 2 ** (Math.floor(gridSteps * Math.log2(camera.scale)) / gridSteps)
  const start = toMap(camera, size, { x: -side, y: -side })
  const end = toMap(camera, size, { x: size.width + side, y: size.height + side })
  const [left, top] = [Math.floor(start.x / cell), Math.floor(start.y / cell)]
  const columns = Math.floor(end.x / cell) - left + 1
  const first = new Int32Array(columns * (Math.floor(end.y / cell) - top + 1)).fill(-1)
  let inView = 0
  for (let photo = 0; photo < xs.length; photo++) {
    const [x = Number.NaN, y = Number.NaN] = [xs[photo], ys[photo]]
    if (shown[photo] !== 1 || !(x >= start.x && x <= end.x && y >= start.y && y <= end.y)) continue
    inView++
    const place = (Math.floor(y / cell) - top) * columns + Math.floor(x / cell) - left
    if (first[place] === -1) first[place] = photo
  }
  return { inView, photos: Array.from(first).filter((photo) => photo >= 0) }
}
