/** @file The map: every photo placed by what a model sees in it, and which photos are most like it. */
import * as z from 'zod'

import { SkippedFile } from '../../data/finding.ts'
import { computed } from '../placement.ts'
import { stream } from '../rpc.ts'
import { ModelOverrides } from './overrides.ts'
import { bytes, text } from './values.ts'

/** Which photos, and through whose eyes. */
export const MapRequest = z.object({
  /** A checkpoint, or the folder of a run: its best weights. */
  model: text,
  overrides: ModelOverrides.optional(),
  data: text,
  validation: text.optional(),
  /** A device's kind, or `auto` for the fastest that works. */
  device: text.default('auto'),
})
export type MapRequest = z.input<typeof MapRequest>

/** The photos in columns, in one order for all of them: those of the first folder, then those of the second. */
export const PhotoMap = z.object({
  /** Paths relative to each folder, with `//` between them. */
  folders: z.array(z.object({ root: z.string(), paths: z.string(), photos: z.int() })),
  /** Across and down of each, little-endian 32-bit floats in a square from 0 to 1. */
  points: bytes,
  /** How many UMAP laid out; where that is not all, the others are beside those of them that are most like them. */
  laidOut: z.int(),
  /** The photos most like each, by all the model sees and not on the map, the nearest first. */
  neighbours: z.object({
    /** Of each photo. */
    count: z.int(),
    /** Their places in the order of all photos, little-endian unsigned 32-bit numbers. */
    indices: bytes,
    /** Cosine similarities, little-endian 32-bit floats. */
    similarities: bytes,
  }),
  /** Files without a place, because they cannot be read any more. */
  skipped: z.array(SkippedFile),
})
export type PhotoMap = z.output<typeof PhotoMap>

/** What is being done: finding the photos, looking at them, comparing them, laying them out. */
export const MapStage = z.enum(['checking', 'looking', 'neighbours', 'layout'])
export type MapStage = z.output<typeof MapStage>

/** Methods. */
export const map = {
  /** The same photos and weights give the same map; it is remembered. */
  place: computed(
    stream(
      MapRequest,
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('progress'), stage: MapStage, done: z.number(), total: z.number() }),
        z.object({ type: z.literal('done'), map: PhotoMap }),
      ]),
    ),
  ),
} as const
