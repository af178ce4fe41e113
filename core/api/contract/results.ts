/** @file The results of a run: its evaluation and its exports. */
import * as z from 'zod'

import { FramingChoice } from '../../data/framing-choice.ts'
import { SkippedFile } from '../../data/finding.ts'
import { ExportFormat } from '../../files/export-formats.ts'
import { Answering } from '../../train/evaluation/answering.ts'
import { CalibrationError, Interval, ProbeFigures } from '../../train/events.ts'
import { computed } from '../placement.ts'
import { call, stream } from '../rpc.ts'
import { LabelledFile } from './labels.ts'
import { longAction, nothing, text } from './values.ts'
import { Sentence } from '../../sentence.ts'

/** The figures of one class; null if a figure is undefined. */
export const ClassFigures = z.object({
  name: z.string(),
  /** Images it was trained on. */
  trained: z.int(),
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

/** Answers of about the same probability: what it says on average beside the share that is right, with its 95 % interval. */
const ReliabilityBin = z.object({
  images: z.int(),
  confidence: z.number(),
  accuracy: z.number(),
  interval: Interval,
})
export type ReliabilityBin = z.output<typeof ReliabilityBin>

/** How a run's best weights do on its held-out images. */
export const Evaluation = z.object({
  /** Folder that the paths of `images` are relative to. */
  root: z.string(),
  accuracy: z.number().nullable(),
  accuracyInterval: Interval.nullable(),
  /** Mean recall of the classes: each counts alike, however many images it has. */
  balancedAccuracy: z.number().nullable(),
  loss: z.number().nullable(),
  /** Of the probabilities before and after their temperature. */
  calibrationError: CalibrationError.nullable(),
  /** The same as a diagram, from the least sure answers to the surest. */
  reliability: z.object({ before: z.array(ReliabilityBin), after: z.array(ReliabilityBin) }),
  /** How the run answers here; its fairness may be one that was only asked about. */
  answers: Answering,
  /** What the linear probe says about these images; null where it is not known. */
  probe: ProbeFigures.nullable(),
  /** From which probability on this share of the answers is right; those that none reaches are left out. */
  thresholds: z.array(z.object({ precision: z.number(), probability: z.number(), answered: z.number() })),
  /** Counts, confusion[true][predicted]. */
  confusion: z.array(z.array(z.int())),
  perClass: z.array(ClassFigures),
  images: z.array(JudgedImage),
  skipped: z.array(SkippedFile),
})
export type Evaluation = z.output<typeof Evaluation>

/** How well one class is told from all others, from the highest probability that may be asked for down to full recall. */
export const PrecisionRecall = z.object({
  /** Index into `perClass`. */
  label: z.int(),
  averagePrecision: z.number(),
  points: z.array(z.object({ probability: z.number(), recall: z.number(), precision: z.number() })),
})
export type PrecisionRecall = z.output<typeof PrecisionRecall>

/** For each class the training image that lies nearest to the middle of all of it, as the model sees them. */
export const TypicalImages = z.object({
  root: z.string(),
  images: z.array(z.object({ label: z.int(), path: z.string() })),
})
export type TypicalImages = z.output<typeof TypicalImages>

/** The languages a report is written in. */
export const ReportLanguage = z.enum(['en', 'ko', 'ja'])
export type ReportLanguage = z.output<typeof ReportLanguage>

const channels = z.tuple([z.number(), z.number(), z.number()])

/** What another program needs to know to use an export: sizes in pixels, x = (pixel / 255 − mean) / std. */
export const ExportedModel = z.object({
  labels: z.array(z.string()),
  height: z.int(),
  width: z.int(),
  mean: channels,
  std: channels,
  /** How a whole image meets height × width. */
  framing: FramingChoice,
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
  refused: z.array(z.object({ format: ExportFormat, reason: Sentence })),
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
  /** The evaluation of the weights that answer now, also with another fairness; null if there has been none yet. */
  stored: call(runId.extend({ fairness: Answering.shape.fairness.optional() }), Evaluation.nullable()),
  /** Curves of some classes that have held-out images, others are left out; none where the run was not evaluated yet. */
  precisionRecall: call(
    runId.extend({ labels: z.array(z.int().min(0)).min(1).max(12) }),
    z.array(PrecisionRecall),
  ),
  /** Looks at some training images of each class, or recalls what was seen. */
  typical: computed(stream(runId, longAction({ typical: TypicalImages }))),
  /** One HTML file with everything about the run's results, to print and to keep. Throws `invalid_input` before `evaluate`. */
  report: call(runId.extend({ language: ReportLanguage }), z.object({ name: z.string(), html: z.string() })),
  /** Of some labels that were given, those that the run has not learned from or was not judged by. */
  unlearned: call(runId.extend({ files: z.array(LabelledFile) }), z.array(LabelledFile)),
  /** Changes how the run answers, in predictions and exports. Throws `busy` while it is trained. */
  choose: call(runId.extend({ answers: Answering.partial() }), nothing),
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
