/**
 * @file What a training run reports as it runs, and what of it is stored: one schema for each event. Nothing but zod is
 * imported, because the window reads the same events.
 */
import * as z from 'zod'

import { SkippedFile } from '../data/finding.ts'
import { Search } from './search/search-record.ts'

/** The bounds of a 95 % confidence interval, as shares from 0 to 1. */
export const Interval = z.object({ low: z.number(), high: z.number() }).readonly()
export type Interval = z.output<typeof Interval>

/** What is stored of a step; `step` counts from 1. */
export const StepMetric = z.object({
  type: z.literal('step'),
  step: z.int(),
  /** Mean cross-entropy of the batch before the update. */
  loss: z.number(),
  accuracy: z.number(),
  /** Before clipping. */
  gradNorm: z.number(),
  learningRate: z.number(),
})
export type StepMetric = z.output<typeof StepMetric>

/** One optimisation step. */
export const StepEvent = StepMetric.extend({
  imagesPerSecond: z.number(),
  /** Expected time to the end of the run, evaluations included. */
  secondsLeft: z.number(),
  /** Resident memory of this process, MB of 10^6 bytes. */
  memoryMB: z.number(),
})
export type StepEvent = z.output<typeof StepEvent>

/** One step of a trial, which is none of the run's own. */
export const TrialEvent = z.object({
  type: z.literal('trial'),
  /** Index among the trials of the search. */
  trial: z.int(),
  trialStep: z.int(),
  trialSteps: z.int(),
  loss: z.number(),
  imagesPerSecond: z.number(),
  /** Expected time to the end of the run, with all trials to come and the training itself. */
  secondsLeft: z.number(),
})
export type TrialEvent = z.output<typeof TrialEvent>

/** The validation images, all of them, once. */
export const EvaluationEvent = z.object({
  type: z.literal('evaluation'),
  step: z.int(),
  accuracy: z.number().nullable(),
  loss: z.number().nullable(),
  accuracyInterval: Interval.nullable(),
  /** Whether these are the best weights so far; they are on disk by now. */
  best: z.boolean(),
})
export type EvaluationEvent = z.output<typeof EvaluationEvent>

/** What the model says about one image; labels are indices into the run's classes. */
export const ExampleJudgement = z.object({
  /** Relative to the validation folder. */
  path: z.string(),
  /** The true class. */
  label: z.int(),
  /** Of the true class. */
  probability: z.number(),
  /** The most probable classes, best first. */
  top: z.array(z.object({ label: z.int(), probability: z.number() })).readonly(),
})
export type ExampleJudgement = z.output<typeof ExampleJudgement>

/** The same few validation images, before the first step and with every evaluation. */
export const ExamplesEvent = z.object({
  type: z.literal('examples'),
  step: z.int(),
  images: z.array(ExampleJudgement).readonly(),
})
export type ExamplesEvent = z.output<typeof ExamplesEvent>

/** Shares before and after something was done; see `calibrationError`. */
export const CalibrationError = z.strictObject({ before: z.number(), after: z.number() }).readonly()
export type CalibrationError = z.output<typeof CalibrationError>

/** What the linear probe on the frozen features, fitted before the first step, says about the held-out images. */
export const ProbeFigures = z
  .strictObject({
    accuracy: z.number(),
    accuracyInterval: Interval,
    loss: z.number(),
    /** Of all images, each judged by the probe of the four fifths it is not in; where few are held out. */
    fiveFold: z
      .strictObject({ images: z.int(), accuracy: z.number(), accuracyInterval: Interval })
      .nullable(),
  })
  .readonly()
export type ProbeFigures = z.output<typeof ProbeFigures>

/** Mixtures of the weights that a run started from and those it ended with. */
export const Mixture = z.strictObject({
  /** Share of the end in what is kept; 1 where no mixture was better than the weights of a step. */
  share: z.number(),
  /** What the held-out images say about each that was tried. */
  tried: z.array(
    z.strictObject({
      share: z.number(),
      accuracy: z.number().nullable(),
      loss: z.number().nullable(),
      accuracyInterval: Interval.nullable().default(null),
    }),
  ),
})
export type Mixture = z.output<typeof Mixture>

/** A line of a run's history. Runs of the first versions have no examples. */
export const Metric = z.discriminatedUnion('type', [StepMetric, EvaluationEvent, ExamplesEvent])
export type Metric = z.output<typeof Metric>

/** What a run has taken so far, and until its best weights, in seconds; pauses and interruptions do not count. */
export const RunTimes = z.strictObject({ seconds: z.number(), toBest: z.number().nullable() })
export type RunTimes = z.output<typeof RunTimes>

/** How a run ended. */
export const RunResult = z.strictObject({
  bestAccuracy: z.number().nullable(),
  bestStep: z.int().nullable(),
  finalAccuracy: z.number().nullable(),
  /** Validation loss of the final weights. */
  finalLoss: z.number().nullable(),
  steps: z.int(),
  imagesPerSecond: z.number(),
  // Runs of the first versions do not have these.
  /** Held-out accuracy of the linear probe on the frozen features. */
  probeAccuracy: z.number().nullable().default(null),
  /** What the logits of the best weights are divided by, and the calibration error before and after. */
  temperature: z.number().nullable().default(null),
  calibrationError: CalibrationError.nullable().default(null),
  /** Of the best weights: the mean over the classes of the share that is recognised. */
  balancedAccuracy: z.number().nullable().default(null),
  mixture: Mixture.nullable().default(null),
})
export type RunResult = z.output<typeof RunResult>

/** What was found damaged or changed when a run was resumed, and what was done about it. */
export const RunNote = z.discriminatedUnion('type', [
  /** The newest checkpoint is damaged: the run continues from the previous one, after this step. */
  z.strictObject({ type: z.literal('olderCheckpoint'), step: z.int() }),
  /** No checkpoint can be used: the run starts over, to the same numbers. */
  z.strictObject({ type: z.literal('startsOver') }),
  /** The best weights, those after this step, are missing or damaged: the best are chosen from here on. */
  z.strictObject({ type: z.literal('bestLost'), step: z.int() }),
  /** The history is damaged; this many of the steps done are missing in it. */
  z.strictObject({ type: z.literal('historyGap'), steps: z.int() }),
  /** What was saved of this trial of the search, counted from 1, is damaged: what is lost of it is repeated. */
  z.strictObject({ type: z.literal('trialRepeated'), trial: z.int() }),
  /** So many images are other files than when the run began, or are gone; the first of them by name. */
  z.strictObject({ type: z.literal('imagesChanged'), images: z.int(), example: z.string() }),
  z.strictObject({ type: z.literal('imagesMissing'), images: z.int(), example: z.string() }),
])
export type RunNote = z.output<typeof RunNote>

/** Training starts, or continues after `step` finished steps of `steps`. */
export const StartEvent = z.object({
  type: z.literal('start'),
  step: z.int(),
  steps: z.int(),
  /** Images trained on and images held out. */
  training: z.int(),
  validation: z.int(),
  /** What was found when the run was resumed; nothing in a new one. */
  notes: z.array(RunNote),
})

/** What a run reports after its start. */
export const LaterEvent = z.discriminatedUnion('type', [
  /** Before the first step: images of all that the probe looks at. */
  z.object({ type: z.literal('probing'), done: z.int(), total: z.int() }),
  z.object({ type: z.literal('probe'), figures: ProbeFigures.nullable() }),
  /** A search for the best setting: it begins, the trial of this index has been judged, or the setting is known. */
  z.object({ type: z.literal('search'), search: Search, judged: z.int().nullable() }),
  TrialEvent,
  StepEvent,
  EvaluationEvent,
  ExamplesEvent,
  /** Paused after this step, with everything saved; and continued. */
  z.object({ type: z.enum(['paused', 'continued']), step: z.int() }),
  z.object({ type: z.literal('checkpoint'), step: z.int() }),
  /** After the last step: mixtures with the start were tried, or could not be, because the model it began with has gone. */
  z.object({ type: z.literal('mixture'), mixture: Mixture }),
  z.object({ type: z.literal('startMissing'), source: z.string() }),
  z.object({ type: z.literal('skipped'), file: SkippedFile }),
  z.object({ type: z.literal('done'), result: RunResult, times: RunTimes }),
])

export type TrainEvent = z.output<typeof StartEvent> | z.output<typeof LaterEvent>
