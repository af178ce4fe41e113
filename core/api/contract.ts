/** @file The one contract between the window and the engine: every call and stream, with the shape of what they carry. */
import * as z from 'zod'

import { call, stream, type Client, type Handlers } from './rpc.ts'

const nothing = z.void()
const bytes = z.instanceof(Uint8Array)
const text = z.string().min(1)

/** How far a long action is. */
export const Progress = z.object({ type: z.literal('progress'), done: z.number(), total: z.number() })
export type Progress = z.output<typeof Progress>

/** A file that is not used, and why, as a sentence. */
const SkippedFile = z.object({ path: z.string(), reason: z.string() })
export type SkippedFile = z.output<typeof SkippedFile>

/** A device: usable with its speed, or refused with the reason. */
export const Device = z.object({
  kind: z.string(),
  name: z.string(),
  memoryMB: z.number().nullable(),
  /** Speed of a matrix product; null where the device cannot be used. */
  gflops: z.number().nullable(),
  /** Why it cannot be used; null where it can. */
  reason: z.string().nullable(),
})
export type Device = z.output<typeof Device>

const Place = z.object({ name: z.string(), path: z.string() })

/** What a person sees who looks for a folder: names, never contents. */
export const FolderListing = z.object({
  path: z.string(),
  name: z.string(),
  /** Null at the top of a drive. */
  parent: z.string().nullable(),
  folders: z.array(Place),
  /** Files here that look like models. */
  models: z.array(z.object({ name: z.string(), path: z.string(), bytes: z.number() })),
  /** Files here that look like images. */
  images: z.int(),
  /** Home, drives and mounted disks, to start from. */
  places: z.array(Place),
})
export type FolderListing = z.output<typeof FolderListing>

/** An image of a checked folder. `label` is an index into the classes; `path` is relative to the folder. */
export const DataImage = z.object({
  path: z.string(),
  label: z.int(),
  width: z.number(),
  height: z.number(),
})
export type DataImage = z.output<typeof DataImage>

/** A folder of class folders, every image opened once. */
export const CheckedData = z.object({
  root: z.string(),
  classes: z.array(
    z.object({
      name: z.string(),
      images: z.int(),
      /** In the validation folder; null where there is none. */
      validation: z.int().nullable(),
    }),
  ),
  /** Ordered by label, then path. */
  images: z.array(DataImage),
  validation: z.object({ root: z.string(), images: z.array(DataImage) }).nullable(),
  skipped: z.array(SkippedFile),
  /** Sentences, most important first. */
  warnings: z.array(z.string()),
})
export type CheckedData = z.output<typeof CheckedData>

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

export const Preset = z.enum(['quick', 'standard', 'thorough'])
export type Preset = z.output<typeof Preset>

/** What a person asks of a run; what is left out is chosen. */
export const FineTuneRequest = z.object({
  /** A name for people; chosen from the data folder where it is left out. */
  name: text.max(120).optional(),
  model: text,
  data: text,
  validation: text.optional(),
  /** Share of each class that is held out where there is no validation folder. */
  validationSplit: z.number().min(0).max(0.9).default(0.2),
  resolution: z.int().min(1).max(4096).optional(),
  preset: Preset.default('quick'),
  steps: z.int().min(1).max(1_000_000).optional(),
  batch: z.int().min(1).max(4096).optional(),
  microBatch: z.int().min(1).max(4096).optional(),
  /** Peak rate as used. */
  learningRate: z.number().positive().max(100).optional(),
  warmup: z.int().min(0).optional(),
  augment: z.enum(['none', 'flip', 'standard']).default('standard'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31)
    .default(0),
  /** A device's kind, or `auto` for the fastest that works. */
  device: text.default('auto'),
})
export type FineTuneRequest = z.input<typeof FineTuneRequest>

/**
 * `training`: a process works on it now. `interrupted`: it was, and ended without a word; it can be continued, as can
 * `stopped` and `failed`.
 */
export const RunStatus = z.enum(['training', 'interrupted', 'stopped', 'failed', 'finished'])
export type RunStatus = z.output<typeof RunStatus>

/** A run as a line of a list. `id` names it in every call; `folder` is its path, usable as a model. */
export const RunSummary = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  createdAt: z.string(),
  status: RunStatus,
  /** Where the model came from, and what it is. */
  model: z.object({ source: z.string(), family: z.string() }),
  data: z.string(),
  classes: z.array(z.string()),
  resolution: z.object({ height: z.int(), width: z.int() }),
  /** Steps finished and steps asked for. */
  step: z.int(),
  steps: z.int(),
  bestAccuracy: z.number().nullable(),
})
export type RunSummary = z.output<typeof RunSummary>

/** All that is known of a run. */
export const RunDetails = RunSummary.extend({
  settings: z.object({
    batch: z.int(),
    microBatch: z.int(),
    learningRate: z.number(),
    warmup: z.int(),
    momentum: z.number(),
    clip: z.number(),
    seed: z.int(),
    evaluateEvery: z.int(),
    engine: z.string(),
  }),
  patch: z.int(),
  /** Images it learns from. */
  training: z.int(),
  /** Images held out; paths are relative to `validationRoot`. */
  validation: z.array(DataImage),
  validationRoot: z.string(),
  skipped: z.array(SkippedFile),
  warnings: z.array(z.string()),
  notes: z.array(z.string()),
})
export type RunDetails = z.output<typeof RunDetails>

/** One optimisation step; `step` counts from 1. */
export const StepMetric = z.object({
  type: z.literal('step'),
  step: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  gradNorm: z.number(),
  learningRate: z.number(),
})
export type StepMetric = z.output<typeof StepMetric>

const Interval = z.object({ low: z.number(), high: z.number() })

/** All validation images, once. */
export const EvaluationMetric = z.object({
  type: z.literal('evaluation'),
  step: z.int(),
  accuracy: z.number().nullable(),
  loss: z.number().nullable(),
  /** Of the accuracy, 95 %. */
  accuracyInterval: Interval.nullable(),
  best: z.boolean(),
})
export type EvaluationMetric = z.output<typeof EvaluationMetric>

/** A line of a run's history. */
export const Metric = z.discriminatedUnion('type', [StepMetric, EvaluationMetric])
export type Metric = z.output<typeof Metric>

/** What a run tells while it trains. */
export const TrainEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    /** Steps finished before. */
    step: z.int(),
    steps: z.int(),
    training: z.int(),
    validation: z.int(),
    device: z.object({ kind: z.string(), name: z.string() }),
    /** Sentences about devices that were left out. */
    remarks: z.array(z.string()),
  }),
  StepMetric.extend({
    imagesPerSecond: z.number(),
    secondsLeft: z.number(),
    memoryMB: z.number(),
  }),
  EvaluationMetric,
  z.object({ type: z.literal('checkpoint'), step: z.int() }),
  z.object({ type: z.literal('skipped'), file: SkippedFile }),
  z.object({ type: z.literal('done'), bestAccuracy: z.number().nullable(), bestStep: z.int().nullable() }),
])
export type TrainEvent = z.output<typeof TrainEvent>

/** The figures of one class; null where a figure has no meaning. */
export const ClassFigures = z.object({
  name: z.string(),
  support: z.int(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
})
export type ClassFigures = z.output<typeof ClassFigures>

/** One held-out image and what the model says of it; labels are indices into `perClass`. */
export const JudgedImage = z.object({
  path: z.string(),
  label: z.int(),
  predicted: z.int(),
  /** Of the predicted class. */
  probability: z.number(),
  /** Of the true class. */
  trueProbability: z.number(),
})
export type JudgedImage = z.output<typeof JudgedImage>

/** What a run's best weights do on its held-out images. */
export const Evaluation = z.object({
  /** Folder that the paths of `images` are relative to. */
  root: z.string(),
  accuracy: z.number().nullable(),
  accuracyInterval: Interval.nullable(),
  loss: z.number().nullable(),
  /** Counts, confusion[true][predicted]. */
  confusion: z.array(z.array(z.int())),
  perClass: z.array(ClassFigures),
  images: z.array(JudgedImage),
  skipped: z.array(SkippedFile),
})
export type Evaluation = z.output<typeof Evaluation>

export const ExportFormat = z.enum(['hf', 'timm', 'npz', 'onnx'])
export type ExportFormat = z.output<typeof ExportFormat>

/** What came of an export; every format was opened again and its logits compared with the run's. */
export const ExportResult = z.object({
  out: z.string(),
  exported: z.array(
    z.object({
      format: ExportFormat,
      path: z.string(),
      files: z.array(z.string()),
      maxLogitDifference: z.number(),
    }),
  ),
  refused: z.array(z.object({ format: ExportFormat, reason: z.string() })),
  /** Images the comparison was made on. */
  images: z.int(),
})
export type ExportResult = z.output<typeof ExportResult>

/** An image to predict: a file on this machine, or the bytes of one that was dropped. */
export const ImageToPredict = z.union([z.object({ path: text }), z.object({ name: z.string(), bytes })])
export type ImageToPredict = z.output<typeof ImageToPredict>

/** One image with its most probable classes, best first; or the reason why there are none. */
export const Prediction = z.object({
  name: z.string(),
  top: z.array(z.object({ label: z.string(), probability: z.number() })),
  reason: z.string().nullable(),
})
export type Prediction = z.output<typeof Prediction>

const runId = z.object({ run: text })

/** Every method, by subject. A stream of a long action tells its progress, then exactly one `done`. */
export const contract = {
  studio: {
    /** The version, and the folder where runs are kept. */
    version: call(nothing, z.object({ version: z.string(), home: z.string() })),
  },
  devices: {
    list: call(nothing, z.array(Device)),
  },
  folders: {
    /** A folder's subfolders; the home folder where no path is given. */
    list: call(z.object({ path: text.optional() }), FolderListing),
  },
  data: {
    check: stream(
      z.object({ folder: text, validation: text.optional(), resolution: z.int().positive().optional() }),
      z.discriminatedUnion('type', [Progress, z.object({ type: z.literal('done'), data: CheckedData })]),
    ),
    /** A JPEG that fits into `size` × `size` pixels, of an image in a checked folder or a run's folders. */
    thumbnail: call(z.object({ folder: text, path: text, size: z.int().min(16).max(2048) }), bytes),
    /** Draws the bundled sample pictures, where they are not there yet, and gives their folders. */
    sample: stream(
      nothing,
      z.discriminatedUnion('type', [
        Progress,
        z.object({ type: z.literal('done'), train: z.string(), test: z.string() }),
      ]),
    ),
  },
  models: {
    list: call(nothing, z.array(ModelCard)),
    /** Says what a file, folder or run is, and remembers it for `list`. */
    describe: call(z.object({ path: text }), ModelDescription),
    estimate: call(
      z.object({ path: text, resolution: z.int().positive(), batch: z.int().min(1).max(4096) }),
      Estimate,
    ),
  },
  runs: {
    /** Newest first. */
    list: call(nothing, z.array(RunSummary)),
    get: call(runId, RunDetails),
    /** Checks, makes the run and begins to train; ends as soon as the training goes on by itself. */
    start: stream(
      FineTuneRequest,
      z.discriminatedUnion('type', [Progress, z.object({ type: z.literal('done'), run: z.string() })]),
    ),
    /** Begins to train again where a run was left. */
    resume: call(runId, nothing),
    /**
     * The training that goes on: its events since it began, then every new one, to its end. Throws `cancelled` when it
     * was stopped and another AppError when it failed. The last training is told once more after its end, until another
     * begins; of other runs nothing is told.
     */
    follow: stream(runId, TrainEvent),
    /** Stops after the step at hand and saves; resolves when all is saved. */
    stop: call(runId, nothing),
    /** The history as stored, from the first step. */
    metrics: call(runId, z.array(Metric)),
    evaluate: stream(
      runId,
      z.discriminatedUnion('type', [Progress, z.object({ type: z.literal('done'), evaluation: Evaluation })]),
    ),
    /** Writes to `out`, or to a folder beside the runs where it is left out. */
    export: stream(
      z.object({ run: text, formats: z.array(ExportFormat).min(1), out: text.optional() }),
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('format'), format: ExportFormat }),
        z.object({ type: z.literal('done'), result: ExportResult }),
      ]),
    ),
  },
  predict: {
    /** `model` is the folder of a run or the path of any model with a head. */
    images: call(
      z.object({
        model: text,
        images: z.array(ImageToPredict).min(1).max(256),
        top: z.int().min(1).max(100).default(5),
      }),
      z.array(Prediction),
    ),
  },
} as const

/** What the window calls. */
export type Api = Client<typeof contract>

/** What the host answers with. */
export type ApiHandlers = Handlers<typeof contract>
