/**
 * @file TrivialAugment (Müller & Hutter 2021, arXiv 2103.10158) on decoded pixels: one operation per picture, its
 * strength drawn uniformly, nothing to tune. Of the paper's operations only those are used that leave a photo a photo:
 * none inverts, posterises or solarises, which would change what a stain or an X-ray shows. The arithmetic is Pillow's.
 */
import { integer, uniform, type Random } from '../tensor/random.ts'
import { at } from '../tensor/shape.ts'
import type { Colour, RgbImage } from './image.ts'

/** What may happen to a picture; `identity` leaves it as it is. */
export type Operation = keyof typeof operations

/** Picture, strength, and the fill colour for what comes into view from outside. */
type Apply = (image: RgbImage, amount: number, fill: Colour) => RgbImage

/** Each operation with the largest amount, of either sign: the ranges of the paper's "RA" space. */
const operations = {
  identity: { most: 0, apply: (image: RgbImage) => image },
  /** Amounts of these four are added to a factor of 1. */
  brightness: { most: 0.9, apply: (image: RgbImage, amount: number) => blend(image, () => 0, 1 + amount) },
  contrast: { most: 0.9, apply: changeContrast },
  saturation: { most: 0.9, apply: changeSaturation },
  sharpness: { most: 0.9, apply: changeSharpness },
  /** Degrees, counter-clockwise. */
  rotate: { most: 30, apply: rotate },
  /** Pixels sideways per pixel of distance from the centre. */
  shearX: { most: 0.3, apply: (image, amount, fill) => affine(image, [1, amount, 0, 1], [0, 0], fill) },
  shearY: { most: 0.3, apply: (image, amount, fill) => affine(image, [1, 0, amount, 1], [0, 0], fill) },
  /** Shares of the side. */
  translateX: {
    most: 10 / 32,
    apply: (image, amount, fill) => affine(image, [1, 0, 0, 1], [amount * image.width, 0], fill),
  },
  translateY: {
    most: 10 / 32,
    apply: (image, amount, fill) => affine(image, [1, 0, 0, 1], [0, amount * image.height], fill),
  },
} as const satisfies Record<string, { readonly most: number; readonly apply: Apply }>

const names = Object.keys(operations) as Operation[]
const bins = 31

/** The picture after one operation, drawn uniformly with one of 31 strengths and a sign. */
export function trivialAugment(image: RgbImage, fill: Colour, random: Random): RgbImage {
  const name = at(names, integer(random, names.length))
  const strength = integer(random, bins) / (bins - 1)
  const sign = uniform(random) < 0.5 ? -1 : 1
  return applyOperation(image, name, sign * strength * operations[name].most, fill)
}

/** The picture after one operation of a given amount. */
export function applyOperation(image: RgbImage, name: Operation, amount: number, fill: Colour): RgbImage {
  const { apply }: { readonly apply: Apply } = operations[name]
  return apply(image, amount, fill)
}

/** other + factor · (image − other), clipped to bytes: Pillow's Image.blend, beyond 0 and 1 too. */
function blend(image: RgbImage, other: (place: number) => number, factor: number): RgbImage {
  const data = Buffer.allocUnsafe(image.data.length)
  // In single precision, as there: what is clipped depends on it.
  const alpha = Math.fround(factor)
  for (let place = 0; place < data.length; place++) {
    const from = other(place)
    const value = Math.fround(from + Math.fround(alpha * (at(image.data, place) - from)))
    data[place] = value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value)
  }
  return { ...image, data }
}

function changeContrast(image: RgbImage, amount: number): RgbImage {
  const grey = greyOf(image)
  const mean = Math.floor(grey.reduce((sum, value) => sum + value, 0) / grey.length + 0.5)
  return blend(image, () => mean, 1 + amount)
}

function changeSaturation(image: RgbImage, amount: number): RgbImage {
  const grey = greyOf(image)
  return blend(image, (place) => at(grey, Math.floor(place / 3)), 1 + amount)
}

/** Away from, or towards, the picture smoothed by a kernel of ones with 5 in the middle; its border stays. */
function changeSharpness(image: RgbImage, amount: number): RgbImage {
  const { width, height, data } = image
  const smooth = Buffer.from(data)
  for (let y = 1; y < height - 1; y++) {
    for (let place = (y * width + 1) * 3; place < (y * width + width - 1) * 3; place++) {
      let sum = 4 * at(data, place)
      for (const row of [-width, 0, width]) {
        for (const column of [-1, 0, 1]) sum += at(data, place + 3 * (row + column))
      }
      smooth[place] = Math.floor(sum / 13 + 0.5)
    }
  }
  return blend(image, (place) => at(smooth, place), 1 + amount)
}

/** Luminance of every pixel as Pillow's "L": ITU-R 601-2 in 16-bit fixed point. */
function greyOf({ data }: RgbImage): Uint8Array {
  const grey = new Uint8Array(data.length / 3)
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const place = 3 * pixel
    const sum = at(data, place) * 19595 + at(data, place + 1) * 38470 + at(data, place + 2) * 7471
    grey[pixel] = (sum + 0x8000) >> 16
  }
  return grey
}

function rotate(image: RgbImage, degrees: number, fill: Colour): RgbImage {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return affine(image, [cos, -sin, sin, cos], [0, 0], fill)
}

type Matrix = readonly [number, number, number, number]

/**
 * Every pixel of the result reads the source at matrix · (its offset from the centre) + centre + shift, bilinearly
 * between pixel centres; outside it is `fill`. Pillow's Image.transform(AFFINE, BILINEAR).
 */
function affine(image: RgbImage, matrix: Matrix, shift: readonly [number, number], fill: Colour): RgbImage {
  const { width, height } = image
  const [a, b, d, e] = matrix
  const data = Buffer.allocUnsafe(image.data.length)
  let place = 0
  for (let row = 0; row < height; row++) {
    const y = row + 0.5 - height / 2
    for (let column = 0; column < width; column++) {
      const x = column + 0.5 - width / 2
      const fromX = a * x + b * y + width / 2 + shift[0]
      const fromY = d * x + e * y + height / 2 + shift[1]
      const isInside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height
      if (isInside) readBetween(image, fromX - 0.5, fromY - 0.5, data, place)
      else data.set(fill, place)
      place += 3
    }
  }
  return { ...image, data }
}

/** The colour between four pixels, the border continued outwards. */
function readBetween(
  { width, height, data }: RgbImage,
  x: number,
  y: number,
  target: Buffer,
  place: number,
): void {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [partX, partY] = [x - left, y - top]
  const [l, r] = [Math.max(left, 0), Math.min(left + 1, width - 1)]
  const [t, b] = [Math.max(top, 0), Math.min(top + 1, height - 1)]
  const [tl, tr, bl, br] = [t * width + l, t * width + r, b * width + l, b * width + r]
  for (let c = 0; c < 3; c++) {
    const above = mix(at(data, 3 * tl + c), at(data, 3 * tr + c), partX)
    const below = mix(at(data, 3 * bl + c), at(data, 3 * br + c), partX)
    target[place + c] = Math.trunc(mix(above, below, partY))
  }
}

function mix(from: number, to: number, share: number): number {
  return from + share * (to - from)
}
