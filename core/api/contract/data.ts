/** @file The images to learn from: checked, shown, copied in where a browser gave no path, and the sample pictures. */
import * as z from 'zod'

import { Finding, SkippedFile } from '../../data/finding.ts'
import { call, stream } from '../rpc.ts'
import { bytes, longAction, nothing, text } from './values.ts'

/** An image of a checked folder. `label` is an index into the classes; `path` is relative to the folder. */
export const DataImage = z.object({
  path: z.string(),
  label: z.int(),
  width: z.number(),
  height: z.number(),
})
export type DataImage = z.output<typeof DataImage>

/**
 * Many images in two columns, because fifty thousand objects would take a window half a second to read. Ordered by
 * label, then path; the classes say how many there are of each label.
 */
export const ImageColumns = z.object({
  /** Paths with `//` between them, which no path contains. */
  paths: z.string(),
  /** Width and height of each, as little-endian unsigned 32-bit numbers. */
  sizes: bytes,
})
export type ImageColumns = z.output<typeof ImageColumns>

/** Images that are not used: those without a label, and those that a person leaves out. */
const AsideColumns = ImageColumns.extend({
  /** For each an index into the classes, −1 without a label, as little-endian signed 32-bit numbers. */
  labels: bytes,
  /** For each a byte of `imageFlags`, as in labels.ts. */
  flags: bytes,
})

/** A folder of images, every one opened once. */
export const CheckedData = z.object({
  root: z.string(),
  /** In the order of their names. Those without an image are classes that a person made. */
  classes: z.array(
    z.object({
      name: z.string(),
      images: z.int(),
      /** In the validation folder; null where there is none. */
      validation: z.int().nullable(),
    }),
  ),
  images: ImageColumns,
  /**
   * For each of `images` the index of the first image that is never separated from it when images are held out, as
   * little-endian unsigned 32-bit numbers.
   */
  groups: bytes,
  /** For each of `images` a byte of `imageFlags`, as in labels.ts. */
  flags: bytes,
  aside: AsideColumns,
  validation: z
    .object({ root: z.string(), images: ImageColumns, flags: bytes, aside: AsideColumns })
    .nullable(),
  skipped: z.array(SkippedFile),
  /** Most important first. */
  warnings: z.array(Finding),
})
export type CheckedData = z.output<typeof CheckedData>

const dropId = z.object({ drop: text })

/** Methods. */
export const data = {
  check: stream(
    z.object({
      folder: text,
      validation: text.optional(),
      resolution: z.int().positive().optional(),
      /** Whose labels apply. */
      project: text.optional(),
    }),
    longAction({ data: CheckedData }),
  ),
  /**
   * What the last check of a project's images says now that their labels are others: no file is opened.
   * Fails with `not_found` where they were not checked since the studio was opened, or other images were.
   */
  recheck: call(z.object({ project: text, resolution: z.int().positive().optional() }), CheckedData),
  /** A JPEG that fits into `size` × `size` pixels, of an image in a checked folder or a run's folders. */
  /** A small JPEG of an image that was dropped, for one of a kind that a browser cannot show. */
  preview: call(z.object({ bytes, size: z.int().min(16).max(2048) }), bytes),
  thumbnail: call(z.object({ folder: text, path: text, size: z.int().min(16).max(2048) }), bytes),
  /** Draws the bundled sample pictures unless they exist already, and gives their folders. */
  sample: stream(nothing, longAction({ train: z.string(), test: z.string() })),
  /** Makes room for a folder that was dropped in a browser, which gives contents but no path. */
  beginDrop: call(z.object({ name: text.max(200), bytes: z.number().min(0) }), dropId),
  /** Parts of its files, each appended where the one before it ended. */
  receive: call(
    dropId.extend({
      parts: z
        .array(z.object({ path: text.max(1000), offset: z.int().min(0), bytes }))
        .min(1)
        .max(500),
    }),
    nothing,
  ),
  /** With `keep` the folder is complete and moved into place; without, it is removed. */
  endDrop: call(dropId.extend({ keep: z.boolean() }), z.object({ folder: z.string().nullable() })),
} as const
