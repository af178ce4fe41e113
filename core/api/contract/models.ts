/** @file Models to start from: what they are, and what training them costs. */
import * as z from 'zod'

import { call } from '../rpc.ts'
import { nothing, text } from './values.ts'

/** What a model is, as recognised from its file. */
export const ModelDescription = z.object({
  path: z.string(),
  name: z.string(),
  kind: z.enum(['checkpoint', 'run']),
  family: z.string(),
  parameters: z.number(),
  /** Patch side in pixels. */
  patch: z.int(),
  /** Pixels it was trained with. */
  resolution: z.object({ height: z.int(), width: z.int() }),
  width: z.int(),
  depth: z.int(),
  heads: z.int(),
  /** Class names, where they are known. */
  labels: z.array(z.string()).nullable(),
  /** One sentence per thing recognised or assumed. */
  notes: z.array(z.string()),
})
export type ModelDescription = z.output<typeof ModelDescription>

/** A model on offer: the starter or one that was opened before. `model` is null where it cannot be read any more. */
export const ModelCard = z.object({
  path: z.string(),
  name: z.string(),
  source: z.enum(['starter', 'opened']),
  model: ModelDescription.nullable(),
  /** Why it cannot be read; null where it can. */
  problem: z.string().nullable(),
})
export type ModelCard = z.output<typeof ModelCard>

/** What training a model at a resolution costs on this machine. */
export const Estimate = z.object({
  memoryMB: z.number(),
  /** Memory that may be used. */
  availableMB: z.number(),
  /** Images computed at once; null where not even one fits. */
  microBatch: z.int().nullable(),
  /** Arithmetic of one training step on one image. Divided by a device's speed it gives its shortest time. */
  gflopPerImage: z.number(),
})
export type Estimate = z.output<typeof Estimate>

/** Methods. */
export const models = {
  list: call(nothing, z.array(ModelCard)),
  /** Says what a file, folder or run is, and remembers it for `list`. */
  describe: call(z.object({ path: text }), ModelDescription),
  estimate: call(
    z.object({ path: text, resolution: z.int().positive(), batch: z.int().min(1).max(4096) }),
    Estimate,
  ),
} as const
