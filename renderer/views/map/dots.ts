/**
 * @file Dots written straight into the pixels of a canvas: fifty thousand of them take a few milliseconds, on every
 * machine, where as many drawing commands would take longer than a frame.
 */
import { kindOf, kindPatterns } from '../../kind-colours.ts'
import { noKind } from '../../store/photos.ts'
import type { Hittable } from './hits.ts'
import type { Camera } from './camera.ts'

/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number]

/** Colours of the theme. */
export interface MapColours {
  /** One for each hue of the kinds. */
  readonly kinds: readonly Colour[]
  /** Of photos without a kind. */
  readonly none: Colour
  /** Of photos that the filter leaves out. */
  readonly faint: Colour
  readonly page: Colour
  /** Around chosen photos. */
  readonly chosen: Colour
}

/** What is drawn. */
export interface Dots extends Hittable {
  readonly kindOf: Int32Array
  readonly chosen: ReadonlySet<number>
}

/** Where it is drawn: pixels of the screen, `ratio` of them for one of the page. */
export interface Raster {
  readonly pixels: Uint32Array
  readonly width: number
  readonly height: number
  readonly ratio: number
}

/** One colour as the bytes of a pixel on a little-endian machine. */
export function packed([red, green, blue]: Colour): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

/** The radius of a dot in pixels of the page: smaller where there are many, a little larger from near. */
export function dotRadius(photos: number, zoom: number): number {
  const base = photos > 20_000 ? 1.5 : photos > 5000 ? 2.2 : photos > 1000 ? 3.2 : 4.5
  return Math.min(9, base * Math.max(1, zoom) ** 0.35)
}

/** Pixels of a dot around its middle: rows that it covers whole, and its edge. */
export interface Stamp {
  readonly rows: readonly { readonly dy: number; readonly from: number; readonly to: number }[]
  /** Covered in part, by so many of 255. */
  readonly edge: readonly { readonly dx: number; readonly dy: number; readonly cover: number }[]
}

type Shape = (x: number, y: number, radius: number) => boolean

const disc: Shape = (x, y, radius) => x * x + y * y <= radius * radius
/** What tells kinds of one colour apart, in the order of `kindPatterns`. */
const shapes: readonly Shape[] = [
  disc,
  (x, y, radius) => Math.max(Math.abs(x), Math.abs(y)) <= 0.85 * radius,
  (x, y, radius) => Math.abs(x) + Math.abs(y) <= 1.2 * radius,
  (x, y, radius) => y <= 0.8 * radius && y >= -radius && Math.abs(x) <= 0.65 * (y + radius),
]

/** Samples per side of a pixel. */
const samples = 4

/** A filled shape of this radius in pixels of the screen; one of a few pixels has no soft edge. */
export function stampOf(pattern: number, radius: number): Stamp {
  const shape = shapes[pattern] ?? disc
  const reach = Math.ceil(1.3 * radius)
  const rows: { dy: number; from: number; to: number }[] = []
  const edge: { dx: number; dy: number; cover: number }[] = []
  for (let dy = -reach; dy <= reach; dy++) {
    let [from, to] = [Infinity, -Infinity]
    for (let dx = -reach; dx <= reach; dx++) {
      const cover = radius < 2 ? Number(shape(dx, dy, radius)) : coverOf(shape, dx, dy, radius)
      if (cover === 1) {
        from = Math.min(from, dx)
        to = Math.max(to, dx)
      } else if (cover > 0) edge.push({ dx, dy, cover: Math.round(255 * cover) })
    }
    if (from <= to) rows.push({ dy, from, to })
  }
  return { rows, edge }
}

function coverOf(shape: Shape, dx: number, dy: number, radius: number): number {
  let inside = 0
  for (let sample = 0; sample < samples * samples; sample++) {
    const x = dx + ((sample % samples) + 0.5) / samples - 0.5
    const y = dy + (Math.floor(sample / samples) + 0.5) / samples - 0.5
    if (shape(x, y, radius)) inside++
  }
  return inside / (samples * samples)
}

/** Draws all dots: those that are left out first, the chosen ones last. */
export function drawDots(
  raster: Raster,
  camera: Camera,
  dots: Dots,
  colours: MapColours,
  radius: number,
): void {
  const { ratio } = raster
  raster.pixels.fill(0)
  const small = stampOf(0, Math.max(1, 0.6 * radius * ratio))
  const lookOf = looksOf(dots, colours, radius, ratio)
  const page = packed(colours.page)
  const faint = packed(colours.faint)
  each(raster, camera, dots, 0, (x, y) => put(raster, small, x, y, faint))
  each(raster, camera, dots, 1, (x, y, photo) => {
    const { stamp, rim, colour } = lookOf(photo)
    if (rim !== null) put(raster, rim, x, y, page)
    put(raster, stamp, x, y, colour)
  })
  const halo = stampOf(0, (radius + 3.5) * ratio)
  const gap = stampOf(0, (radius + 1.5) * ratio)
  const chosen = packed(colours.chosen)
  const places = [...dots.chosen].map((photo) => ({ photo, ...pixelOf(raster, camera, dots, photo) }))
  for (const { x, y } of places) put(raster, halo, x, y, chosen)
  for (const { photo, x, y } of places) {
    const { stamp, colour } = lookOf(photo)
    put(raster, gap, x, y, page)
    put(raster, stamp, x, y, colour)
  }
}

interface Look {
  readonly stamp: Stamp
  /** Tells large dots apart where they overlap; small ones would be nothing but rim. */
  readonly rim: Stamp | null
  readonly colour: number
}

/** How the dot of a photo looks, by its kind. */
function looksOf(
  { kindOf: kinds }: Dots,
  colours: MapColours,
  radius: number,
  ratio: number,
): (photo: number) => Look {
  const shapesOf = kindPatterns.map((_, pattern) => ({
    stamp: stampOf(pattern, radius * ratio),
    rim: radius < 3 ? null : stampOf(pattern, (radius + 1) * ratio),
  }))
  const plain = { stamp: stampOf(0, radius * ratio), rim: null }
  const none = { ...(shapesOf[0] ?? plain), colour: packed(colours.none) }
  const most = kinds.reduce((largest, kind) => Math.max(largest, kind), noKind)
  const looks = Array.from({ length: most + 1 }, (_, kind): Look => {
    const { hue, pattern } = kindOf(kind)
    const shape = shapesOf[kindPatterns.indexOf(pattern)] ?? plain
    return { ...shape, colour: packed(colours.kinds[hue] ?? colours.none) }
  })
  return (photo) => looks[kinds[photo] ?? noKind] ?? none
}

function pixelOf({ width, height, ratio }: Raster, camera: Camera, { xs, ys }: Hittable, photo: number) {
  const scale = camera.scale * ratio
  return {
    x: Math.round(((xs[photo] ?? Number.NaN) - camera.x) * scale + width / 2),
    y: Math.round(((ys[photo] ?? Number.NaN) - camera.y) * scale + height / 2),
  }
}

/** Calls `draw` for the photos in the raster whose `shown` is this. */
function each(
  { width, height, ratio }: Raster,
  camera: Camera,
  { xs, ys, shown }: Dots,
  wanted: number,
  draw: (x: number, y: number, photo: number) => void,
): void {
  const scale = camera.scale * ratio
  const left = width / 2 - camera.x * scale
  const top = height / 2 - camera.y * scale
  for (let photo = 0; photo < xs.length; photo++) {
    if (shown[photo] !== wanted) continue
    const x = (xs[photo] ?? 0) * scale + left
    const y = (ys[photo] ?? 0) * scale + top
    // Not true for a place that is no number.
    if (x > -20 && y > -20 && x < width + 20 && y < height + 20) draw(Math.round(x), Math.round(y), photo)
  }
}

function put(
  { pixels, width, height }: Raster,
  { rows, edge }: Stamp,
  x: number,
  y: number,
  colour: number,
): void {
  for (const { dy, from, to } of rows) {
    const row = y + dy
    if (!(row >= 0 && row < height)) continue
    const end = row * width + Math.min(width - 1, x + to)
    // A loop, because a call of `fill` takes longer than a few pixels.
    for (let i = row * width + Math.max(0, x + from); i <= end; i++) pixels[i] = colour
  }
  for (const { dx, dy, cover } of edge) {
    const [column, row] = [x + dx, y + dy]
    if (!(column >= 0 && column < width && row >= 0 && row < height)) continue
    const i = row * width + column
    pixels[i] = blended(pixels[i] ?? 0, colour, cover)
  }
}

/** A colour that covers so many of 255 of what is below; an empty pixel becomes a translucent one. */
function blended(below: number, colour: number, cover: number): number {
  const opaque = below >>> 24
  if (opaque === 0) return ((colour & 0xffffff) | (cover << 24)) >>> 0
  const mix = (shift: number): number => {
    const under = (below >>> shift) & 0xff
    return (under + ((((colour >>> shift) & 0xff) - under) * cover) / 255) << shift
  }
  return ((Math.max(opaque, cover) << 24) | mix(16) | mix(8) | mix(0)) >>> 0
}
