/** @file What a run tells, live and as stored. */
import * as z from 'zod'

import { bytes, SkippedFile, Interval } from './values.ts'

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

/** What the model says of one held-out image; labels are indices into the run's classes. */
export const ExampleJudgement = z.object({
  /** Relative to the run's `validationRoot`. */
  path: z.string(),
  /** The true class. */
  label: z.int(),
  /** Of the true class. */
  probability: z.number(),
  /** The most probable classes, best first. */
  top: z.array(z.object({ label: z.int(), probability: z.number() })),
})
export type ExampleJudgement = z.output<typeof ExampleJudgement>

/** The same few held-out images every time: before the first step, and with every evaluation. */
export const ExamplesMetric = z.object({
  type: z.literal('examples'),
  step: z.int(),
  images: z.array(ExampleJudgement),
})
export type ExamplesMetric = z.output<typeof ExamplesMetric>

/** A line of a run's history. Runs of the first versions have no examples. */
export const Metric = z.discriminatedUnion('type', [StepMetric, EvaluationMetric, ExamplesMetric])
export type Metric = z.output<typeof Metric>

/** What a run has told, in the order of its steps. */
export const RunHistory = z.object({
  /** `unpackSteps` reads them. */
  steps: bytes,
  evaluations: z.array(EvaluationMetric),
  examples: z.array(ExamplesMetric),
})

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
  ExamplesMetric,
  /** Held after this step, with everything saved; and let go again. */
  z.object({ type: z.enum(['paused', 'continued']), step: z.int() }),
  z.object({ type: z.literal('checkpoint'), step: z.int() }),
  z.object({ type: z.literal('skipped'), file: SkippedFile }),
  z.object({ type: z.literal('done'), bestAccuracy: z.number().nullable(), bestStep: z.int().nullable() }),
])
export type TrainEvent = z.output<typeof TrainEvent>
