/** @file The results of a run: its evaluation and its exports. */
import * as z from 'zod'

import { SkippedFile } from '../../data/finding.ts'
import { ExportFormat } from '../../files/export-formats.ts'
import { Interval } from '../../train/events.ts'
import { computed } from '../placement.ts'
import { call, stream } from '../rpc.ts'
import { longAction, text } from './values.ts'

/** The figures of one class; null if a figure is undefined. */
export const ClassFigures = z.object({
  name: z.string(),
  support: z.int(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
})
export type ClassFigures = z.output<typeof ClassFigures>

/** One held-out image and what the model says about it; labels are indices into `perClass`. */
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

/** How a run's best weights do on its held-out images. */
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

const channels = z.tuple([z.number(), z.number(), z.number()])

/** What another program needs to know to use an export: sizes in pixels, x = (pixel / 255 − mean) / std. */
export const ExportedModel = z.object({
  labels: z.array(z.string()),
  height: z.int(),
  width: z.int(),
  mean: channels,
  std: channels,
  /** Whether it is the ViT of the paper, which vit_jax computes: class token, no ResNet, nothing added by later work. */
  isPlain: z.boolean(),
})
export type ExportedModel = z.output<typeof ExportedModel>

/** The result of an export; every format was reopened and its logits compared with the run's. */
export const ExportResult = z.object({
  out: z.string(),
  exported: z.array(
    z.object({
      format: ExportFormat,
      /** What to open: a folder or a file. */
      path: z.string(),
      files: z.array(z.string()),
      /** Of all files together. */
      bytes: z.number(),
      maxLogitDifference: z.number(),
    }),
  ),
  refused: z.array(z.object({ format: ExportFormat, reason: z.string() })),
  /** Images the comparison was made on. */
  images: z.int(),
  model: ExportedModel,
})
export type ExportResult = z.output<typeof ExportResult>

const runId = z.object({ run: text })

/** Methods. */
export const results = {
  /** Evaluates the best weights on every held-out image, and keeps the result for `stored`. */
  evaluate: computed(stream(runId, longAction({ evaluation: Evaluation }))),
  /** The evaluation of the weights that are the best now; null if there has been none since they were saved. */
  stored: call(runId, Evaluation.nullable()),
  /** Writes each format into its own folder in `out`, or beside the runs if `out` is left out. */
  export: computed(
    stream(
      z.object({ run: text, formats: z.array(ExportFormat).min(1), out: text.optional() }),
      z.discriminatedUnion('type', [
        /** This one is being written, after `done` others. */
        z.object({ type: z.literal('format'), format: ExportFormat, done: z.int() }),
        z.object({ type: z.literal('done'), result: ExportResult }),
      ]),
    ),
  ),
} as const
