/** @file The planes on which a subject is drawn before it gets its colours, and the ways to draw on them. */
import type { Homography } from './pose.ts'

/** A scalar function of the plane. */
export type Field = (u: number, v: number) => number

/** Per-pixel planes of a picture, row-major, [R, R] each. They are overwritten by every picture. */
export interface Canvas {
  readonly resolution: number
  /** How much of the pixel the subject covers, 0 to 1. */
  readonly coverage: Float32Array
  /** The position of the subject's colour on its gradient, 0 to 1. */
  readonly tone: Float32Array
  /** The position of the background's colour on its gradient, 0 to 1. */
  readonly backdrop: Float32Array
  /** Room for one more plane while a picture is made. */
  readonly scratch: Float32Array
}

/** Empty planes for pictures of this resolution. */
export function createCanvas(resolution: number): Canvas {
  const plane = (): Float32Array => new Float32Array(resolution * resolution)
  return { resolution, coverage: plane(), tone: plane(), backdrop: plane(), scratch: plane() }
}

/** Writes the field's value at every pixel's centre into `plane`, [R, R]; if a `mask` is given, only where it is not 0. */
export function evaluate(
  field: Field,
  toPlane: Homography,
  resolution: number,
  plane: Float32Array,
  mask?: Float32Array,
): void {
  const { a, b, c, d, e, f, g, h } = toPlane
  for (let row = 0, index = 0; row < resolution; row++) {
    const y = row + 0.5
    for (let column = 0; column < resolution; column++, index++) {
      if (mask?.[index] === 0) continue
      const x = column + 0.5
      const w = 1 / (g * x + h * y + 1)
      plane[index] = field((a * x + b * y + c) * w, (d * x + e * y + f) * w)
    }
  }
}

/**
 * Adds one point of a cloud at (x, y) in pixels, shared out among its four neighbours: `coverage` gathers the
 * density and `tone` the density times the point's tone, until `settleCloud` is called.
 */
export function addPoint(canvas: Canvas, x: number, y: number, tone: number): void {
  const { resolution, coverage, tone: tones } = canvas
  const left = Math.floor(x - 0.5)
  const top = Math.floor(y - 0.5)
  if (left < 0 || top < 0 || left >= resolution - 1 || top >= resolution - 1) return
  const right = x - 0.5 - left
  const bottom = y - 0.5 - top
  let index = top * resolution + left
  for (let corner = 0; corner < 4; corner++) {
    const weight = ((corner & 1) === 1 ? right : 1 - right) * (corner > 1 ? bottom : 1 - bottom)
    coverage[index] = (coverage[index] as number) + weight
    tones[index] = (tones[index] as number) + weight * tone
    index += corner === 1 ? resolution - 1 : 1
  }
}

/** Turns gathered densities into coverage 1 - exp(-strength * density), and gathered tones into their means. */
export function settleCloud(canvas: Canvas, strength: number): void {
  const { coverage, tone } = canvas
  for (let index = 0; index < coverage.length; index++) {
    const density = coverage[index] as number
    if (density === 0) continue
    tone[index] = (tone[index] as number) / density
    coverage[index] = 1 - Math.exp(-strength * density)
  }
}

/** Draws a smooth-edged disc at (x, y), `radius` in pixels; where discs overlap the fuller coverage wins. */
export function stampDisc(canvas: Canvas, x: number, y: number, radius: number, tone: number): void {
  const { resolution, coverage, tone: tones } = canvas
  const reach = radius + 0.5
  const firstRow = Math.max(0, Math.floor(y - reach))
  const lastRow = Math.min(resolution - 1, Math.ceil(y + reach))
  const firstColumn = Math.max(0, Math.floor(x - reach))
  const lastColumn = Math.min(resolution - 1, Math.ceil(x + reach))
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const across = column + 0.5 - x
      const down = row + 0.5 - y
      const distance = Math.sqrt(across * across + down * down)
      const index = row * resolution + column
      if (reach - distance <= (coverage[index] as number)) continue
      coverage[index] = Math.min(1, reach - distance)
      tones[index] = tone
    }
  }
}
