/** @file The images to learn from: checked, shown, and the sample pictures. */
import * as z from 'zod'

import { call, stream } from '../rpc.ts'
import { nothing, bytes, text, SkippedFile, longAction } from './values.ts'

/** An image of a checked folder. `label` is an index into the classes; `path` is relative to the folder. */
export const DataImage = z.object({
  path: z.string(),
  label: z.int(),
  width: z.number(),
  height: z.number(),
})
export type DataImage = z.output<typeof DataImage>

/** A folder of class folders, every image opened once. */
export const CheckedData = z.object({
  root: z.string(),
  classes: z.array(
    z.object({
      name: z.string(),
      images: z.int(),
      /** In the validation folder; null where there is none. */
      validation: z.int().nullable(),
    }),
  ),
  /** Ordered by label, then path. */
  images: z.array(DataImage),
  validation: z.object({ root: z.string(), images: z.array(DataImage) }).nullable(),
  skipped: z.array(SkippedFile),
  /** Sentences, most important first. */
  warnings: z.array(z.string()),
})
export type CheckedData = z.output<typeof CheckedData>

/** Methods. */
export const data = {
  check: stream(
    z.object({ folder: text, validation: text.optional(), resolution: z.int().positive().optional() }),
    longAction({ data: CheckedData }),
  ),
  /** A JPEG that fits into `size` × `size` pixels, of an image in a checked folder or a run's folders. */
  thumbnail: call(z.object({ folder: text, path: text, size: z.int().min(16).max(2048) }), bytes),
  /** Draws the bundled sample pictures, where they are not there yet, and gives their folders. */
  sample: stream(nothing, longAction({ train: z.string(), test: z.string() })),
} as const
