/** @file What a run tells, live and as stored. */
import * as z from 'zod'

import { SkippedFile, Interval } from './values.ts'

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
