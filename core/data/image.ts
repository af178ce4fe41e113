/** @file What an image is before and after it is decoded, and what may happen to it in between. */
import * as z from 'zod'

import type { ResizeKernel } from '../vit/config.ts'
import { imageFormats } from './signature.ts'

/** Size of an image as seen, after turning it upright. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** What has to be known about an image to decode it; stored with the records of checks and runs. */
export const ImageInfo = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  format: z.enum(imageFormats),
  /**
   * Present if the file's channels are not grey or R, G, B, with or without opacity: inks, or channels that are not
   * colours, of which the first may be opacity.
   */
  channels: z.enum(['inks', 'colours', 'coloursAndOpacity']).optional(),
})
export type ImageInfo = Readonly<z.output<typeof ImageInfo>>

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

/**
 * What happens between decoding and pixels, in this order: crop, resize to exactly `size` with `kernel` (`linear` unless
 * it says otherwise), mirror left to right.
 */
export interface Geometry {
  readonly background: Colour
  readonly crop?: Rectangle | undefined
  readonly size?: Size | undefined
  readonly kernel?: ResizeKernel | undefined
  readonly mirror?: boolean | undefined
}
