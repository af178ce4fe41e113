/** @file Models to start from: what they are, how to correct what was recognised, and what training them costs. */
import * as z from 'zod'

import { Sentence } from '../../sentence.ts'
import { Preset } from '../../train/schedule.ts'
import { computed } from '../placement.ts'
import { call } from '../rpc.ts'
import { fewShot, FewShotKnown } from './few-shot.ts'
import { ModelOverrides } from './overrides.ts'
import { nothing, text } from './values.ts'

/** What a model is, as recognised from its file and corrected by a person. */
export const ModelDescription = z.object({
  path: z.string(),
  name: z.string(),
  kind: z.enum(['checkpoint', 'run']),
  family: z.string(),
  parameters: z.number(),
  /** Size on the disk. */
  bytes: z.number(),
  /** Patch side in pixels. */
  patch: z.int(),
  /** Pixels it was trained with. */
  resolution: z.object({ height: z.int(), width: z.int() }),
  width: z.int(),
  depth: z.int(),
  heads: z.int(),
  /** Facts that a file may not state, and that can be corrected. */
  gelu: ModelOverrides.shape.gelu.unwrap(),
  pooling: ModelOverrides.shape.pooling.unwrap(),
  layerNormEpsilon: z.number(),
  normalisation: ModelOverrides.shape.normalisation.unwrap(),
  /** Class names, where they are known. */
  labels: z.array(z.string()).nullable(),
  /** One sentence per thing recognised or assumed. */
  notes: z.array(Sentence),
  /** What of this was corrected; null if nothing can be, because the model itself records how it computes. */
  overrides: ModelOverrides.nullable(),
  /** Arithmetic of one training step on one image at its own resolution. */
  gflopPerImage: z.number(),
})
export type ModelDescription = z.output<typeof ModelDescription>

/** An available model: the starter or one opened earlier. `model` is null where it cannot be read any more. */
export const ModelCard = z.object({
  path: z.string(),
  name: z.string(),
  source: z.enum(['starter', 'opened']),
  model: ModelDescription.nullable(),
  /** Why it cannot be read; null where it can. */
  problem: Sentence.nullable(),
})
export type ModelCard = z.output<typeof ModelCard>

/** What training a model at a resolution costs on this machine. */
export const Estimate = z.object({
  memoryMB: z.number(),
  /** Memory that may be used. */
  availableMB: z.number(),
  /** Images processed at once; null if not even one fits. */
  microBatch: z.int().nullable(),
  /** Arithmetic of one training step on one image. */
  gflopPerImage: z.number(),
})
export type Estimate = z.output<typeof Estimate>

/** How fast this machine trains, and how long the presets are: images · gflopPerImage / gflops is the time in seconds. */
export const TrainingSpeed = z.object({
  /** The fastest device. */
  device: z.string(),
  /** About how many 10^9 operations per second training reaches on it. */
  gflops: z.number(),
  /** Images per step, unless a person chooses. */
  batch: z.int(),
  /** What a preset costs, in steps at the chosen resolution. */
  presets: z.array(z.object({ preset: Preset, fullSteps: z.int() })),
})
export type TrainingSpeed = z.output<typeof TrainingSpeed>

/** Cosine similarity of one position's embedding with those of all positions, row by row, from −1 to 1. */
export const SimilarityMap = z.object({ rows: z.int(), columns: z.int(), values: z.array(z.number()) })
export type SimilarityMap = z.output<typeof SimilarityMap>

const modelChoice = z.object({ path: text, overrides: ModelOverrides.optional() })
const share = z.number().min(0).max(1)

/** Methods. Corrections that are left out are those remembered for the path. */
export const models = {
  list: call(nothing, z.array(ModelCard)),
  /** Says what a file, folder or run is, and remembers it with its corrections for `list`. */
  describe: call(modelChoice, ModelDescription),
  /** Removes a model from the list; its file stays where it is. */
  forget: call(z.object({ path: text }), nothing),
  speed: call(nothing, TrainingSpeed),
  estimate: call(
    modelChoice.extend({ resolution: z.int().positive(), batch: z.int().min(1).max(4096) }),
    Estimate,
  ),
  /**
   * How similar the positions of the grid are to one of them, on the model's own grid and on that of a resolution. The
   * position is given as a fraction of the height and of the width.
   */
  positions: computed(
    call(
      modelChoice.extend({ resolution: z.int().positive(), row: share, column: share }),
      z.object({ before: SimilarityMap, after: SimilarityMap }),
    ),
  ),
  fewShot,
  /** What was found out last about the photos of a project. */
  fewShotKnown: call(z.object({ project: text }), FewShotKnown.nullable()),
  rememberFewShot: call(z.object({ project: text, known: FewShotKnown }), nothing),
} as const
