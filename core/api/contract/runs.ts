/** @file Runs: started, followed, stopped, listed, and what they reported. */
import * as z from 'zod'

import { Augment } from '../../data/augmentation.ts'
import { Balance } from '../../data/balance.ts'
import { FramingChoice } from '../../data/framing-choice.ts'
import { SkippedFile } from '../../data/finding.ts'
import { OptimiserKind } from '../../optim/optimiser-kind.ts'
import { Answering } from '../../train/evaluation/answering.ts'
import { HeadStart, Progressive, TrainablePart } from '../../train/choices.ts'
import { Interval, ProbeFigures, RunNote } from '../../train/events.ts'
import { Search } from '../../train/search/search-record.ts'
import { Sentence } from '../../sentence.ts'
import { Preset } from '../../train/schedule.ts'
import { call, stream } from '../rpc.ts'
import { bytes, longAction, nothing, text } from './values.ts'
import { DataImage } from './data.ts'
import { RunHistory, TrainEvent } from './metrics.ts'
import { ModelOverrides } from './overrides.ts'

/** What a person asks of a run; what is left out is chosen automatically. */
export const FineTuneRequest = z.object({
  /** A name for people; chosen from the data folder where it is left out. */
  name: text.max(120).optional(),
  /** The project it belongs to, whose corrections of labels apply. */
  project: text.optional(),
  model: text,
  /** Corrections to the model; a run used as a model takes none. */
  overrides: ModelOverrides.optional(),
  data: text,
  validation: text.optional(),
  /** Share of each class that is held out where there is no validation folder. */
  validationSplit: z.number().min(0).max(0.9).default(0.2),
  resolution: z.int().min(1).max(4096).optional(),
  preset: Preset.default('quick'),
  steps: z.int().min(1).max(1_000_000).optional(),
  batch: z.int().min(1).max(4096).optional(),
  microBatch: z.int().min(1).max(4096).optional(),
  /** Peak learning rate, used as given. */
  learningRate: z.number().positive().max(100).optional(),
  warmup: z.int().min(0).optional(),
  /** The preset's, as are head and resolution at the beginning, where they are left out. */
  augment: Augment.optional(),
  head: HeadStart.optional(),
  train: TrainablePart.optional(),
  progressive: Progressive.nullable().optional(),
  /** Whether the best peak rate and augmentation are found first. */
  search: z.boolean().optional(),
  balance: Balance.default('none'),
  optimiser: OptimiserKind.default('sgd'),
  framing: FramingChoice.default('squash'),
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
 * `training`: a process works on it now. `interrupted`: one did, and ended without notice; the run can be continued, as
 * can `stopped` and `failed`.
 */
export const RunStatus = z.enum(['training', 'interrupted', 'stopped', 'failed', 'finished'])
export type RunStatus = z.output<typeof RunStatus>

/** What was decided about a training, and what follows from it; the settings a person can compare runs by. */
const ShownSettings = z.object({
  batch: z.int(),
  microBatch: z.int(),
  learningRate: z.number(),
  warmup: z.int(),
  head: HeadStart,
  optimiser: OptimiserKind,
  momentum: z.number().nullable(),
  clip: z.number(),
  balance: Balance,
  framing: FramingChoice,
  /** Null for one of an earlier version. */
  augment: Augment.nullable(),
  train: TrainablePart,
  /** Resolution of the first steps, in pixels; null where there is one resolution only. */
  firstResolution: z.int().nullable(),
  /** Whether learning rate and augmentation were searched for. */
  searched: z.boolean(),
  seed: z.int(),
  evaluateEvery: z.int(),
  engine: z.string(),
})

/** Images that were held out: how many, and a hash that two runs share where they held out the same files. */
export const HeldOutImages = z.object({ images: z.int(), sum: z.string() })
export type HeldOutImages = z.output<typeof HeldOutImages>

/** A run as a line of a list. `id` names it in every call; `folder` is its path, usable as a model. */
export const RunSummary = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  /** The project it belongs to; null for none. */
  project: z.string().nullable(),
  createdAt: z.string(),
  status: RunStatus,
  /** Where the model came from, and what it is. */
  model: z.object({ source: z.string(), family: z.string() }),
  data: z.string(),
  classes: z.array(z.string()),
  resolution: z.object({ height: z.int(), width: z.int() }),
  settings: ShownSettings,
  /** Images it learns from. */
  training: z.int(),
  heldOut: HeldOutImages,
  /** Steps finished and steps asked for. */
  step: z.int(),
  steps: z.int(),
  /** Of the weights that are kept, on the images held out. */
  bestAccuracy: z.number().nullable(),
  /** Its 95 % interval. */
  accuracyInterval: Interval.nullable(),
  /** Share of the last weights where those that are kept are a mixture with the start; null where they are a step's. */
  mixed: z.number().nullable(),
})
export type RunSummary = z.output<typeof RunSummary>

/** Everything known about a run. */
export const RunDetails = RunSummary.extend({
  patch: z.int(),
  /** What the linear probe says about the held-out images; null where it is not known. */
  probe: ProbeFigures.nullable(),
  /** How it answers. */
  answers: Answering,
  /** What its logits are divided by; null until training has ended. */
  temperature: z.number().nullable(),
  /** Images held out; paths are relative to `validationRoot`. */
  validation: z.array(DataImage),
  validationRoot: z.string(),
  skipped: z.array(SkippedFile),
  warnings: z.array(z.string()),
  notes: z.array(Sentence),
  /** What was found damaged or changed whenever it was resumed. */
  recovery: z.array(RunNote),
  /** How learning rate and augmentation were found, or are being found; null where they were chosen at once. */
  search: Search.nullable(),
})
export type RunDetails = z.output<typeof RunDetails>

/** A training run that has not started: what would be decided, and how long it would take. */
export const Plan = z.object({
  steps: z.int(),
  batch: z.int(),
  /** Peak rate. */
  learningRate: z.number(),
  warmup: z.int(),
  optimiser: OptimiserKind,
  momentum: z.number().nullable(),
  clip: z.number(),
  augment: Augment,
  head: HeadStart,
  train: TrainablePart,
  /** Resolution of most steps; null where there is one only. */
  progressive: Progressive.nullable(),
  /** Trials of a search that comes first; 0 for none. */
  trials: z.int(),
  /** Evaluations of all held-out images. */
  evaluations: z.int(),
  /** How often each image is seen, on average. */
  epochs: z.number(),
  /** Name of the device that would compute; null where none can. */
  device: z.string().nullable(),
  imagesPerSecond: z.number().nullable(),
  seconds: z.number().nullable(),
  /** Whether the time is based on an earlier run on this device, or only on the device's speed. */
  isMeasured: z.boolean(),
})
export type Plan = z.output<typeof Plan>

const runId = z.object({ run: text })

/** Methods. Calls name a run by its id; results are a separate subject. */
export const runs = {
  /** Newest first. */
  list: call(nothing, z.array(RunSummary)),
  get: call(runId, RunDetails),
  /** Checks, creates the run and starts training; ends as soon as training continues on its own. */
  start: stream(FineTuneRequest, longAction({ run: z.string() })),
  /** What `start` would decide for a number of images, and the time it would take. */
  plan: call(
    FineTuneRequest.pick({
      model: true,
      preset: true,
      steps: true,
      batch: true,
      learningRate: true,
      warmup: true,
      augment: true,
      head: true,
      train: true,
      progressive: true,
      search: true,
      optimiser: true,
      device: true,
    }).extend({
      resolution: z.int().min(1).max(4096),
      /** Images to learn from, and images held out. */
      training: z.int().min(1),
      validation: z.int().min(0),
    }),
    Plan,
  ),
  /** PNGs of an image in a checked folder as training would vary it; another seed varies it differently. */
  augmented: call(
    z.object({
      folder: text,
      path: text,
      resolution: z.int().min(1).max(4096),
      augment: Augment,
      framing: FramingChoice,
      /** Of the model's normalisation: the colour of what lies beside an image. */
      mean: z.tuple([z.number(), z.number(), z.number()]),
      seed: z.int().min(0),
      count: z.int().min(1).max(16),
    }),
    z.array(bytes),
  ),
  /** Resumes training where a run left off. */
  resume: call(runId, nothing),
  /**
   * The training in progress: its events since it started, then every new one, to its end. Throws `cancelled` when it
   * was stopped and another AppError when it failed. The last training is reported once more after its end, until
   * another starts; nothing is reported of other runs. Steps up to `after` are left out, for callers that know them
   * already.
   */
  follow: stream(runId.extend({ after: z.int().default(0) }), TrainEvent),
  /** Pauses training between two steps, with everything saved, or lets it continue; an event then confirms it. */
  pause: call(runId.extend({ paused: z.boolean() }), nothing),
  /** Stops after the current step and saves; resolves when everything is saved. */
  stop: call(runId, nothing),
  /** Changes the name for people. */
  rename: call(runId.extend({ name: text.max(120) }), nothing),
  /**
   * Takes a run out of every list; `restore` brings it back until another is removed or the studio is opened again, which
   * deletes it for good. Throws `busy` while it is trained.
   */
  remove: call(runId, nothing),
  restore: call(runId, nothing),
  /** Everything that was stored, from the first step. */
  history: call(runId, RunHistory),
} as const
