/** @file The request for and the result of timing a training step. */
import * as z from 'zod'

import { OptimiserKind } from '../../optim/optimiser-kind.ts'

/** A model at a square resolution, trained by an optimiser on a device, by its kind. */
export const StepToTime = z.object({
  model: z.string(),
  resolution: z.int().min(1).max(4096),
  device: z.string(),
  optimiser: OptimiserKind,
})
export type StepToTime = z.output<typeof StepToTime>

/** How fast its steps go, and whether nothing else used the machine meanwhile. */
export const StepTime = z.object({ imagesPerSecond: z.number().positive(), isCalm: z.boolean() })
export type StepTime = z.output<typeof StepTime>
