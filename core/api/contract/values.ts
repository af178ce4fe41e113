/** @file Values that several subjects of the contract share. */
import * as z from 'zod'

import { SkippedFile } from '../../data/finding.ts'

/** No input, or no answer. */
export const nothing = z.void()
export const bytes = z.instanceof(Uint8Array)
/** A text that is not empty. */
export const text = z.string().min(1)

/** The progress of a long action. */
export const Progress = z.object({ type: z.literal('progress'), done: z.number(), total: z.number() })
export type Progress = z.output<typeof Progress>

/** A long action: progress, then exactly one `done` with the result. */
export function longAction<T extends z.ZodRawShape>(result: T) {
  return z.discriminatedUnion('type', [Progress, z.object({ type: z.literal('done'), ...result })])
}

/** The result of copying images. */
export const CopiedImages = z.object({
  folder: z.string(),
  copied: z.int(),
  failed: z.array(SkippedFile),
})
export type CopiedImages = z.output<typeof CopiedImages>
