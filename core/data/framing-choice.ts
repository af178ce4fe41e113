/**
 * @file How whole images meet the square that a model is trained for, as requests and the window say it. Nothing but zod is
 * imported.
 */
import * as z from 'zod'

/** Squashed to it; the middle cut out, in its own shape; or all of it in its own shape, with bars beside it. */
export const FramingChoice = z.enum(['squash', 'crop', 'letterbox'])
export type FramingChoice = z.output<typeof FramingChoice>
