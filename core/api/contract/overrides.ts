/** @file What a person sets to override what was recognised in a checkpoint. */
import * as z from 'zod'

/** For R, G and B. */
const mean = z.number().min(-10).max(10)
const std = z.number().positive().max(10)

/** What is left out stays as it was recognised. Runs record how they compute and take none. */
export const ModelOverrides = z.object({
  heads: z.int().min(1).max(1024).optional(),
  /** The activation: exact, the tanh approximation of JAX code, or CLIP's. */
  gelu: z.enum(['erf', 'tanh', 'quick']).optional(),
  /** What the head reads. */
  pooling: z.enum(['class', 'mean', 'distilled', 'classAndMean', 'attention']).optional(),
  layerNormEpsilon: z.number().positive().max(1).optional(),
  /** Per channel R, G, B: (pixel / 255 − mean) / std. */
  normalisation: z.object({ mean: z.tuple([mean, mean, mean]), std: z.tuple([std, std, std]) }).optional(),
})
export type ModelOverrides = z.output<typeof ModelOverrides>
