/**
 * @file Enlarging decoded pixels exactly as Pillow's BICUBIC does: the cubic of Catmull and Rom over four pixels. It is asked for
 * by models that say so themselves, one image at a time, so it is written for any number of taps and not for speed.
 */
import type { RgbImage, Size } from './image.ts'

/** For each pixel of a longer line, the first of those it is made of and their shares in units of 1/2²². */
interface Taps {
  readonly first: Int32Array
  readonly shares: readonly Int32Array[]
}

const precision = 22
const support = 2

/** The image at `size`, none of whose axes may be shorter than the image's own: rows first, then columns. */
export function enlargeCubic(image: RgbImage, size: Size): RgbImage {
  const wide = size.width === image.width ? image : widen(image, size.width)
  return size.height === wide.height ? wide : heighten(wide, size.height)
}

function widen({ width: oldWidth, height, data }: RgbImage, width: number): RgbImage {
  const taps = tapsOf(oldWidth, width)
  const wide = Buffer.allocUnsafe(height * width * 3)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = 3 * (row * oldWidth + (taps.first[column] ?? 0))
      const to = 3 * (row * width + column)
      for (let c = 0; c < 3; c++) wide[to + c] = blend(data, from + c, 3, taps.shares[column])
    }
  }
  return { width, height, data: wide }
}

function heighten({ width, height: oldHeight, data }: RgbImage, height: number): RgbImage {
  const taps = tapsOf(oldHeight, height)
  const rowBytes = 3 * width
  const high = Buffer.allocUnsafe(height * rowBytes)
  for (let row = 0; row < height; row++) {
    const from = rowBytes * (taps.first[row] ?? 0)
    for (let place = 0; place < rowBytes; place++)
      high[row * rowBytes + place] = blend(data, from + place, rowBytes, taps.shares[row])
  }
  return { width, height, data: high }
}

function blend(data: Buffer, from: number, step: number, shares: Int32Array | undefined): number {
  let sum = 2 ** (precision - 1)
  if (shares !== undefined)
    for (let tap = 0; tap < shares.length; tap++) sum += (data[from + tap * step] ?? 0) * (shares[tap] ?? 0)
  return Math.min(255, Math.max(0, Math.floor(sum / 2 ** precision)))
}

/** As `precompute_coeffs` in Pillow's src/libImaging/Resample.c. */
function tapsOf(from: number, to: number): Taps {
  const first = new Int32Array(to)
  const shares: Int32Array[] = []
  for (let index = 0; index < to; index++) {
    const centre = (index + 0.5) * (from / to)
    const start = Math.max(0, Math.trunc(centre - support + 0.5))
    const end = Math.min(from, Math.trunc(centre + support + 0.5))
    const weights = Array.from({ length: end - start }, (_, tap) => catmullRom(start + tap - centre + 0.5))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    first[index] = start
    shares.push(Int32Array.from(weights, (weight) => fixed(weight / total)))
  }
  return { first, shares }
}

function fixed(share: number): number {
  return Math.trunc(share * 2 ** precision + (share < 0 ? -0.5 : 0.5))
}

function catmullRom(distance: number): number {
  const x = Math.abs(distance)
  const a = -0.5
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
}
