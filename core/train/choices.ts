/** @file What is trained, and at which resolution a training begins, as requests and records say it. */
import * as z from 'zod'

/** Which parameters are trained; see core/vit/trainable.ts. */
export const TrainablePart = z.union([
  z.strictObject({ part: z.enum(['everything', 'allButEmbedding', 'head']) }),
  z.strictObject({ part: z.literal('lastBlocks'), count: z.int().positive() }),
])

/** What the head of a run begins as: zeros, as in the ViT paper, or the linear probe on the frozen features. */
export const HeadStart = z.enum(['zero', 'probe'])
export type HeadStart = z.output<typeof HeadStart>

/** The first `share` of all steps at this resolution, in pixels. */
export const Progressive = z.strictObject({
  resolution: z.int().positive(),
  share: z.number().gt(0).lt(1),
})
export type Progressive = z.output<typeof Progressive>

/** Steps of so many that are made at the lower resolution: never all, and none where there is one step only. */
export function lowStepsOf(steps: number, share: number): number {
  return Math.min(steps - 1, Math.round(steps * share))
}
