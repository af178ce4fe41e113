/** @file The images to learn from: checked, shown, copied in where a browser gave no path, and the sample pictures. */
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

/**
 * Many images in two columns, because fifty thousand objects would take a window half a second to read. Ordered by
 * label, then path; how many there are of each label is said by the classes.
 */
export const ImageColumns = z.object({
  /** Paths with `//` between them, which no path contains. */
  paths: z.string(),
  /** Width and height of each, as little-endian unsigned 32-bit numbers. */
  sizes: bytes,
})
export type ImageColumns = z.output<typeof ImageColumns>

const names = z.array(z.string()).readonly()
const Counted = z.object({ name: z.string(), images: z.int() })
/** An image with the name of its class. */
const Place = z.object({ root: z.string(), path: z.string(), label: z.string() })
/** Pairs of images that are alike; the list holds the first few of `images`. */
const alike = {
  images: z.int(),
  pairs: z.array(z.object({ first: Place, second: Place }).readonly()).readonly(),
}
/** Images that share a property; the list holds the first few of `images`. */
const some = { images: z.int(), examples: z.array(Place.readonly()).readonly() }

/** Something worth knowing about the images, in parts, so that a window can say it in its language and show them. */
export const DataWarning = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('layout'), root: z.string(), training: z.string(), validation: z.string() }),
  z.object({ kind: z.literal('unusedFolder'), name: z.string() }),
  z.object({ kind: z.literal('emptyClass'), name: z.string() }),
  z.object({ kind: z.literal('missingClasses'), root: z.string(), classes: names }),
  /** Images of the validation folder whose class has nothing to learn from. */
  z.object({ kind: z.literal('onlyValidation'), images: z.int() }),
  z.object({ kind: z.literal('unknownCorrection'), label: z.string(), images: z.int() }),
  z.object({ kind: z.literal('notRemembered'), reason: z.string() }),
  z.object({ kind: z.literal('singleImage'), classes: names }),
  z.object({ kind: z.literal('fewImages'), classes: names, fewest: z.int() }),
  z.object({ kind: z.literal('imbalance'), most: Counted, least: Counted }),
  z.object({ kind: z.literal('sameInTwoClasses'), ...alike }),
  z.object({ kind: z.literal('nearInTwoClasses'), ...alike }),
  z.object({ kind: z.literal('copies'), ...alike }),
  z.object({ kind: z.literal('nearCopies'), ...alike }),
  /** `first` is learned from, `second` is held back. */
  z.object({ kind: z.literal('leakedCopies'), ...alike }),
  z.object({ kind: z.literal('leakedNearCopies'), ...alike }),
  z.object({
    kind: z.literal('small'),
    resolution: z.int(),
    smallest: z.object({ path: z.string(), width: z.int(), height: z.int() }),
    ...some,
  }),
  z.object({ kind: z.literal('flat'), ...some }),
  z.object({ kind: z.literal('note'), sentence: z.string() }),
])
export type DataWarning = z.output<typeof DataWarning>

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
  images: ImageColumns,
  validation: z.object({ root: z.string(), images: ImageColumns }).nullable(),
  skipped: z.array(SkippedFile),
  /** Most important first. */
  warnings: z.array(DataWarning),
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
      /** Whose corrections of labels apply. */
      project: text.optional(),
    }),
    longAction({ data: CheckedData }),
  ),
  /** A JPEG that fits into `size` × `size` pixels, of an image in a checked folder or a run's folders. */
  thumbnail: call(z.object({ folder: text, path: text, size: z.int().min(16).max(2048) }), bytes),
  /** Draws the bundled sample pictures, where they are not there yet, and gives their folders. */
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
  /** With `keep` the folder is complete and gets its place; without, it is removed. */
  endDrop: call(dropId.extend({ keep: z.boolean() }), z.object({ folder: z.string().nullable() })),
} as const
