/**
 * @file Enlarging decoded pixels exactly as Pillow's BILINEAR and BICUBIC do. The decoder shrinks, in its own thread; it does not
 * enlarge, because libvips puts the pixels of an enlarged axis half a pixel of the result too far to the left.
 */
import type { ResizeKernel } from '../vit/config.ts'
import { enlargeCubic } from './enlarge-cubic.ts'
import type { RgbImage, Size } from './image.ts'

/** Where each pixel of a longer line falls between two pixels of a shorter one. */
interface Blend {
  readonly before: Int32Array
  readonly after: Int32Array
  /** Shares of both, in units of 1/2²². */
  readonly beforeShare: Int32Array
  readonly afterShare: Int32Array
}

// Pillow's fixed point (src/libImaging/Resample.c): 8 bits of colour and two of head room in a 32-bit integer.
const precision = 22
const half = 1 << (precision - 1)

/**
 * The image at `size`, none of whose axes may be shorter than the image's own. Rows first, then columns, each rounded to
 * bytes, as in Pillow: the values are the same to the last bit.
 */
export function enlarge(image: RgbImage, size: Size, kernel: ResizeKernel = 'linear'): RgbImage {
  if (kernel === 'cubic') return enlargeCubic(image, size)
  const wide = size.width === image.width ? image : widen(image, size.width)
  return size.height === image.height ? wide : heighten(wide, size.height)
}

function widen({ width: oldWidth, height, data }: RgbImage, width: number): RgbImage {
  const { before, after, beforeShare, afterShare } = blendOf(oldWidth, width)
  const wide = Buffer.allocUnsafe(height * width * 3)
  let to = 0
  for (let row = 0; row < height; row++) {
    const start = row * oldWidth
    for (let column = 0; column < width; column++) {
      const left = 3 * (start + (before[column] ?? 0))
      const right = 3 * (start + (after[column] ?? 0))
      const leftShare = beforeShare[column] ?? 0
      const rightShare = afterShare[column] ?? 0
      // Written out for three channels: this runs for most pixels when training on small photos.
      wide[to++] = ((data[left] ?? 0) * leftShare + (data[right] ?? 0) * rightShare + half) >> precision
      wide[to++] =
        ((data[left + 1] ?? 0) * leftShare + (data[right + 1] ?? 0) * rightShare + half) >> precision
      wide[to++] =
        ((data[left + 2] ?? 0) * leftShare + (data[right + 2] ?? 0) * rightShare + half) >> precision
    }
  }
  return { width, height, data: wide }
}

function heighten({ width, height: oldHeight, data }: RgbImage, height: number): RgbImage {
  const { before, after, beforeShare, afterShare } = blendOf(oldHeight, height)
  const rowBytes = width * 3
  const high = Buffer.allocUnsafe(height * rowBytes)
  let to = 0
  for (let row = 0; row < height; row++) {
    const above = rowBytes * (before[row] ?? 0)
    const below = rowBytes * (after[row] ?? 0)
    const aboveShare = beforeShare[row] ?? 0
    const belowShare = afterShare[row] ?? 0
    for (let place = 0; place < rowBytes; place++) {
      const sum = (data[above + place] ?? 0) * aboveShare + (data[below + place] ?? 0) * belowShare
      high[to++] = (sum + half) >> precision
    }
  }
  return { width, height, data: high }
}

/**
 * The centre of a pixel of the result falls between the centres of two pixels; beyond the outermost centre, there is
 * only one.
 */
function blendOf(from: number, to: number): Blend {
  const before = new Int32Array(to)
  const after = new Int32Array(to)
  const beforeShare = new Int32Array(to)
  const afterShare = new Int32Array(to)
  for (let index = 0; index < to; index++) {
    const place = (index + 0.5) * (from / to) - 0.5
    const whole = Math.floor(place)
    before[index] = Math.max(0, whole)
    after[index] = Math.min(from - 1, whole + 1)
    const share = Math.floor((place - whole) * 2 ** precision + 0.5)
    const rest = Math.floor((1 - (place - whole)) * 2 ** precision + 0.5)
    afterShare[index] = share
    beforeShare[index] = rest
  }
  return { before, after, beforeShare, afterShare }
}
