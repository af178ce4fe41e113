/** @file What a run records about itself: enough to continue it, evaluate it, predict and export with it. */
import * as z from 'zod'
import { Augmentation } from '../../data/augmentation.ts'
import { SkippedFile } from '../../data/finding.ts'
import { ImageInfo } from '../../data/image.ts'
import { Preprocessing } from '../../data/preprocess.ts'
import { Balance } from '../../data/balance.ts'
import { engineKinds } from '../../engine/engine.ts'
import { listOf } from '../../files/list-schema.ts'
import { KeptSentence } from '../../sentence.ts'
import { OptimiserSettings } from '../../optim/optimisers.ts'
import { gelus, poolings, positionResizes, type VitConfig } from '../../vit/config.ts'
import { Answering, plainAnswers } from '../evaluation/answering.ts'
import { HeadStart, TrainablePart } from '../choices.ts'
import { ProbeFigures, RunNote, RunResult, RunTimes } from '../events.ts'
import { Search } from '../search/search-record.ts'

// Beyond any model's: what is made of them is checked when they are known together.
const size = z.int().positive().max(1e6)
const blocks = z.int().positive().max(1000)
const grid = z.strictObject({ rows: size, columns: size })

/** `VitConfig` as stored. */
const StoredConfig = z.strictObject({
  width: size,
  depth: blocks,
  heads: size,
  mlpWidth: size,
  patch: size,
  grid,
  classes: size,
  pooling: z.enum(poolings),
  classToken: z.boolean(),
  gelu: z.enum(gelus),
  layerNormEpsilon: z.number().positive().max(1),
  layerScale: z.boolean(),
  qkvBias: z.boolean(),
  finalNorm: z.enum(['beforePooling', 'afterPooling']),
  prefixPositions: z.boolean(),
  // Runs of the first versions, which knew plain ViTs only, do not have these.
  registers: z.int().min(0).max(1e6).default(0),
  preNorm: z.boolean().default(false),
  patchBias: z.boolean().default(true),
  swiglu: z.boolean().default(false),
  stem: z
    .strictObject({
      width: size,
      units: listOf(blocks, 0, 8).readonly(),
      arithmetic: z.enum(['jax', 'timm']),
    })
    .nullable()
    .default(null),
})

const RecentSettings = z.strictObject({
  steps: z.int().positive(),
  batch: z.int().positive(),
  microBatch: z.int().positive(),
  /** Peak rate, as used. */
  learningRate: z.number().positive(),
  warmup: z.int().min(0),
  optimiser: OptimiserSettings,
  /** Largest global norm of a gradient. */
  clip: z.number().positive(),
  /** Which parameters are trained. */
  train: TrainablePart.default({ part: 'everything' }),
  /** How many variations of each image there are; 0 for ever new ones. */
  views: z.int().min(0).default(0),
  /** How often the images of small classes are drawn. */
  balance: Balance.default('none'),
  /** The first `steps` steps at a lower resolution; null where there is one resolution only. */
  progressive: z
    .strictObject({ grid, steps: z.int().positive(), microBatch: z.int().positive() })
    .nullable()
    .default(null),
  seed: z.int().min(0),
  /** Steps between evaluations. */
  evaluateEvery: z.int().positive(),
  engine: z.enum(engineKinds),
  // Runs of the first versions began with zeros.
  head: HeadStart.default('zero'),
})

/** What determines every number of a run, all choices made. The first versions knew SGD only, by its momentum. */
export const RunSettings = z.preprocess(withOptimiser, RecentSettings)
export type RunSettings = z.output<typeof RecentSettings>

function withOptimiser(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('momentum' in stored)) return stored
  const { momentum, ...rest } = stored
  return { ...rest, optimiser: { kind: 'sgd', momentum } }
}

/** run.json */
export const RunRecord = z
  .strictObject({
    format: z.literal(1),
    createdAt: z.string(),
    status: z.enum(['running', 'stopped', 'failed', 'finished']),
    settings: RunSettings,
    model: z.strictObject({
      source: z.string(),
      family: z.string(),
      config: StoredConfig,
      positionResize: z.enum(positionResizes),
      notes: listOf(KeptSentence),
    }),
    /** In label order. */
    classes: listOf(z.string(), 2),
    preprocessing: Preprocessing,
    augmentation: Augmentation,
    /** Null before the probe is fitted, and where no image is held out. */
    probe: ProbeFigures.nullable().default(null),
    answers: Answering.default(plainAnswers),
    /** How learning rate and augmentation were found, or are being found; null where they were chosen at once. */
    search: Search.nullable().default(null),
    /** What was found damaged or changed whenever it was resumed, each once. */
    recovery: listOf(RunNote).default([]),
    times: RunTimes.default({ seconds: 0, toBest: null }),
    result: RunResult.nullable(),
    /** Sums of what the run was made from (run-identity.ts); runs of the first versions have none. */
    identity: z.strictObject({ run: z.string(), images: z.string(), weights: z.string() }).optional(),
  })
  .refine(isConsistent, 'classes, network and preprocessing do not belong together')
export type RunRecord = z.output<typeof RunRecord>

/** What a record says of a run that has not begun. */
export function notBegun(): Pick<
  RunRecord,
  'probe' | 'answers' | 'search' | 'recovery' | 'times' | 'result'
> {
  return {
    probe: null,
    answers: { ...plainAnswers },
    search: null,
    recovery: [],
    times: { seconds: 0, toBest: null },
    result: null,
  }
}

/** Whether what is stated in several places agrees. */
function isConsistent(record: {
  readonly classes: readonly string[]
  readonly model: { readonly config: VitConfig }
  readonly preprocessing: Preprocessing
}): boolean {
  const { config } = record.model
  const { height, width } = record.preprocessing.resolution
  return (
    record.classes.length === config.classes &&
    height === config.grid.rows * config.patch &&
    width === config.grid.columns * config.patch
  )
}

const image = ImageInfo.extend({
  path: z.string(),
  label: z.int().min(0),
  bytes: z.number(),
  modifiedMs: z.number(),
  duplicateOf: z.string().optional(),
  group: z.string().optional(),
})

/** data.json: which images the run trains on and which it holds out, decided once. */
export const RunData = z.strictObject({
  trainingRoot: z.string(),
  validationRoot: z.string(),
  training: listOf(image, 1),
  validation: listOf(image),
  skipped: listOf(SkippedFile),
  warnings: listOf(z.string()),
  /** Share of each class that was asked to be held out; null with a folder of its own. Runs of the first versions lack it. */
  validationSplit: z.number().min(0).nullable().optional(),
})
export type RunData = z.output<typeof RunData>

/** data.json of a pretraining: which pictures it renders. */
export const FormulaData = z.strictObject({
  formulas: z.strictObject({
    /** Seed of the formulas; how many there are say the classes of the run. */
    classSeed: z.int().min(0),
    /** Share of each target that is spread evenly over all classes. */
    labelSmoothing: z.number().min(0).max(0.9),
  }),
})
export type FormulaData = z.output<typeof FormulaData>

/** How long the history of a run was at a checkpoint, and the CRC-32 of these bytes. */
const HistoryMark = z.strictObject({ bytes: z.int().min(0), crc: z.int().min(0) })
export type HistoryMark = z.output<typeof HistoryMark>

/** How far a checkpoint is; stored in its header. */
export const Progress = z.strictObject({
  /** Finished steps. */
  step: z.int().min(0),
  best: z.strictObject({ step: z.int(), accuracy: z.number(), loss: z.number() }).nullable(),
  // Checkpoints of the first versions do not have these.
  /** The newest evaluation. */
  evaluation: z
    .strictObject({
      step: z.int(),
      accuracy: z.number().nullable(),
      loss: z.number().nullable(),
      /** After the temperature. */
      temperedLoss: z.number().nullable().default(null),
    })
    .nullable()
    .default(null),
  history: HistoryMark.optional(),
})
export type Progress = z.output<typeof Progress>

/** Before the first step. */
export const noProgress: Progress = { step: 0, best: null, evaluation: null }
