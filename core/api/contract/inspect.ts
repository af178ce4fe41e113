/** @file A look inside a model: its filters, its positions, how far its heads look, and where each of them does (ViT paper, figures 6 and 7). */
import * as z from 'zod'

import { computed } from '../placement.ts'
import { call, stream } from '../rpc.ts'
import { ModelOverrides } from './overrides.ts'
import { AttentionMap, ImageToPredict } from './predict.ts'
import { bytes, longAction, text } from './values.ts'

/** What a model is without any photo. */
export const ModelFigures = z.object({
  /** Patch side in pixels, and pixels of the model's input. */
  patch: z.int(),
  width: z.int(),
  height: z.int(),
  grid: z.object({ rows: z.int(), columns: z.int() }),
  depth: z.int(),
  heads: z.int(),
  /** Principal components of the patch filters, [count, side, side, 3]; null for a hybrid, whose patches are not pixels. */
  filters: z.object({ count: z.int(), side: z.int(), pixels: bytes }).nullable(),
  /** Cosine similarity of every position's embedding with every other's, float32 [N, N]; null where there are too many. */
  similarities: bytes.nullable(),
})
export type ModelFigures = z.output<typeof ModelFigures>

/** How far the heads look, in pixels of the input. */
export const HeadDistances = z.object({
  /** [depth][heads], the mean over the photos. */
  distances: z.array(z.array(z.number())),
  photos: z.int(),
})
export type HeadDistances = z.output<typeof HeadDistances>

/** Where a model looks in a photo, laid over the whole of it. */
export const BlockAttention = z.object({
  /** Traced from the input through this block: attention rollout. */
  through: AttentionMap,
  /** Of each head of this block alone. */
  heads: z.array(AttentionMap),
})
export type BlockAttention = z.output<typeof BlockAttention>

const model = z.object({ model: text, overrides: ModelOverrides.optional() })

/** Methods. `model` is a checkpoint or the folder of a run. */
export const inspect = {
  figures: computed(call(model, ModelFigures)),
  distances: computed(
    stream(
      model.extend({
        images: z
          .array(z.object({ folder: text, path: text }))
          .min(1)
          .max(64),
      }),
      longAction({ result: HeadDistances }),
    ),
  ),
  /** Of every block, the first one first. */
  attention: computed(call(model.extend({ image: ImageToPredict }), z.array(BlockAttention))),
} as const
