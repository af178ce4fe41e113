/** @file What an image is before and after it is decoded, and what may happen to it in between. */
import type { ImageFormat } from './signature.ts'

/** Size of an image as seen, after turning it upright. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** What is known of an image before its pixels are decoded. */
export interface ImageInfo extends Size {
  readonly format: ImageFormat
}

/** Bytes R, G, B, rows from the top: [height, width, 3]. */
export interface RgbImage extends Size {
  readonly data: Buffer
}

export type Colour = readonly [red: number, green: number, blue: number]

/** A part of an image, in whole pixels of the upright image. */
export interface Rectangle extends Size {
  readonly left: number
  readonly top: number
}

/** What happens between decoding and pixels, in this order: crop, resize to exactly `size`, mirror left to right. */
export interface Geometry {
  readonly background: Colour
  readonly crop?: Rectangle | undefined
  readonly size?: Size | undefined
  readonly mirror?: boolean | undefined
}
