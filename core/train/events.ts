/** @file What a training run tells while it goes on. */
import type { SkippedFile } from '../data/classes.ts'
import type { Metrics } from './metrics.ts'
import type { RunRecord, RunResult } from './run-record.ts'

/** One optimisation step; `step` counts from 1. */
export interface StepEvent {
  readonly type: 'step'
  readonly step: number
  /** Mean cross-entropy of the batch before the update. */
  readonly loss: number
  readonly accuracy: number
  /** Before clipping. */
  readonly gradNorm: number
  readonly learningRate: number
  readonly imagesPerSecond: number
  /** Expected time to the end of the run, evaluations included. */
  readonly secondsLeft: number
  /** Resident memory of this process, MB of 10^6 bytes. */
  readonly memoryMB: number
}

/** The validation images, all of them, once. */
export interface EvaluationEvent extends Pick<Metrics, 'accuracy' | 'loss' | 'accuracyInterval'> {
  readonly type: 'evaluation'
  readonly step: number
  /** Whether these are the best weights so far; they are on disk by now. */
  readonly best: boolean
}

/** What the model says of one image; labels are indices into the run's classes. */
export interface ExampleJudgement {
  /** Relative to the validation folder. */
  readonly path: string
  /** The true class. */
  readonly label: number
  /** Of the true class. */
  readonly probability: number
  /** The most probable classes, best first. */
  readonly top: readonly { readonly label: number; readonly probability: number }[]
}

/** The same few validation images, before the first step and with every evaluation. */
export interface ExamplesEvent {
  readonly type: 'examples'
  readonly step: number
  readonly images: readonly ExampleJudgement[]
}

export type TrainEvent =
  | {
      readonly type: 'start'
      readonly record: RunRecord
      readonly step: number
      readonly training: number
      readonly validation: number
    }
  | StepEvent
  | EvaluationEvent
  | ExamplesEvent
  /** Held after this step, with everything saved; and let go again. */
  | { readonly type: 'paused' | 'continued'; readonly step: number }
  | { readonly type: 'checkpoint'; readonly step: number }
  | { readonly type: 'skipped'; readonly file: SkippedFile }
  | { readonly type: 'done'; readonly result: RunResult; readonly run: string }
