/** @file Which part of a map is seen: the map is a square from 0 to 1, the view a rectangle in pixels. */

/** What is in the middle of the view, and pixels per side of the map. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly scale: number
}

export interface ViewSize {
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** The part of a map that has photos. */
export interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const nearest = 60
// Pixels around the photos, and their largest share of a small view.
const margin = 60
const marginShare = 0.12

/** Where the points are; the whole map where there are none. */
export function boundsOf(xs: Float32Array, ys: Float32Array): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < xs.length; i++) {
    const [x = Number.NaN, y = Number.NaN] = [xs[i], ys[i]]
    if (Number.isNaN(x)) continue
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return left > right ? { left: 0, top: 0, right: 1, bottom: 1 } : { left, top, right, bottom }
}

/** Everything, with room around it. */
export function fitted({ left, top, right, bottom }: Bounds, { width, height }: ViewSize): Camera {
  const across = withoutMargin(width) / Math.max(1e-6, right - left)
  const down = withoutMargin(height) / Math.max(1e-6, bottom - top)
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(across, down) }
}

function withoutMargin(side: number): number {
  return Math.max(1, side - 2 * Math.min(margin, marginShare * side))
}

/** The pixel of a place on the map. */
export function toView(camera: Camera, { width, height }: ViewSize, { x, y }: Place): Place {
  return { x: (x - camera.x) * camera.scale + width / 2, y: (y - camera.y) * camera.scale + height / 2 }
}

/** The place on the map under a pixel. */
export function toMap(camera: Camera, { width, height }: ViewSize, { x, y }: Place): Place {
  return { x: (x - width / 2) / camera.scale + camera.x, y: (y - height / 2) / camera.scale + camera.y }
}

/** Nearer by a factor, or further away; what is under the pixel stays there. `whole` shows everything. */
export function zoomed(camera: Camera, size: ViewSize, pixel: Place, factor: number, whole: Camera): Camera {
  const scale = Math.min(nearest * whole.scale, Math.max(whole.scale / 2, camera.scale * factor))
  const under = toMap(camera, size, pixel)
  return {
    x: under.x - (pixel.x - size.width / 2) / scale,
    y: under.y - (pixel.y - size.height / 2) / scale,
    scale,
  }
}

const within = (value: number): number => Math.min(1, Math.max(0, value))

/** Moved by pixels; the middle never leaves the map. */
export function moved(camera: Camera, by: Place): Camera {
  return { ...camera, x: within(camera.x - by.x / camera.scale), y: within(camera.y - by.y / camera.scale) }
}
