/** @file What a model says about new images, and where in them it looks. */
import * as z from 'zod'

import { SkippedFile } from '../../data/finding.ts'
import { computed } from '../placement.ts'
import { call, stream } from '../rpc.ts'
import { bytes, CopiedImages, longAction, text } from './values.ts'
import { Sentence } from '../../sentence.ts'

/** An image to look at: a file on this machine, or the bytes of one that was dropped. */
export const ImageToPredict = z.union([
  /** `path` is relative to the folder where there is one. */
  z.object({ folder: text.optional(), path: text }),
  z.object({ name: z.string(), bytes }),
])
export type ImageToPredict = z.output<typeof ImageToPredict>

const Guess = z.object({ label: z.string(), probability: z.number() })

/** One image with its most probable classes, best first; or the reason why there are none. */
export const Prediction = z.object({
  name: z.string(),
  top: z.array(Guess),
  reason: Sentence.nullable(),
})
export type Prediction = z.output<typeof Prediction>

/** An image of a folder with its most probable classes, best first. */
const NamedImage = z.object({ path: z.string(), top: z.array(Guess) })

/** A number for every patch of the model's grid, row by row: its share of what the head reads. */
export const AttentionMap = z.object({ rows: z.int(), columns: z.int(), shares: z.array(z.number()) })
export type AttentionMap = z.output<typeof AttentionMap>

/** Where a model looks in an image: traced through all its layers, and in its last layer alone. */
export const Attention = z.object({ rollout: AttentionMap, lastLayer: AttentionMap })
export type Attention = z.output<typeof Attention>

/** A training image that a model takes for much the same; `similarity` is the cosine of what it sees in both. */
export const SimilarImage = z.object({ path: z.string(), label: z.string(), similarity: z.number() })
export type SimilarImage = z.output<typeof SimilarImage>

const top = z.int().min(1).max(100).default(5)

/** Methods. `model` is the folder of a run or the path of any model with a head. */
export const predict = {
  images: computed(
    call(
      z.object({ model: text, images: z.array(ImageToPredict).min(1).max(256), top }),
      z.array(Prediction),
    ),
  ),
  /** Every image in a folder at any depth, a few at a time; paths are relative to it. */
  folder: computed(
    stream(
      z.object({ model: text, folder: text, top }),
      z.object({
        /** Files that were looked at, and all there are. */
        done: z.int(),
        total: z.int(),
        images: z.array(NamedImage),
        skipped: z.array(SkippedFile),
      }),
    ),
  ),
  /**
   * The training images of a run that are most like an image, the most similar first; of very many only some are looked
   * at. The first question about a run looks at all of these.
   */
  similar: computed(
    stream(
      z.object({ run: text, image: ImageToPredict, count: z.int().min(1).max(50) }),
      longAction({ root: z.string(), images: z.array(SimilarImage) }),
    ),
  ),
  /** Copies images of a folder into a folder for each group, in an empty or new one; nothing is overwritten. */
  copyAnswers: stream(
    z.object({
      folder: text,
      to: text,
      /** Paths relative to the folder, with `//` between them. */
      groups: z
        .array(z.object({ name: text, paths: text }))
        .min(1)
        .max(10_000),
    }),
    longAction({ result: CopiedImages }),
  ),
  /** Throws `unsupported` where the image cannot be read, or where the model is an .onnx file, which hides it. */
  attention: computed(call(z.object({ model: text, image: ImageToPredict }), Attention)),
} as const
