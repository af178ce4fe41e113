/** @file What a training learns from and is judged by: photos on the disk, or pictures that are rendered on the way. */
import type { ImageCache } from '../data/cache.ts'
import type { SkippedFile } from '../data/finding.ts'
import type { FolderImages } from '../data/load.ts'
import type { Front } from './step/front.ts'
import type { Phase } from './step/phases.ts'
import type { RunRecord } from './run/run-record.ts'
import type { LabelledImages } from './step/stepper.ts'

/** Where the images of a training come from. */
export interface DataSource {
  /** Images trained on. */
  readonly training: number
  /** Images held out. */
  readonly validation: FolderImages
  /** The batches of a phase, from a step on. */
  readonly open: (request: BatchRequest) => TrainingStream
}

/** Which batches are wanted, and what helps to make them. */
export interface BatchRequest {
  readonly record: RunRecord
  readonly phase: Phase
  /** Finished steps. */
  readonly step: number
  readonly cache?: ImageCache | undefined
  readonly onSkip: (file: SkippedFile) => void
  /** What images pass before they are trained on, with a name for what it computes; null for none. */
  readonly front: { readonly front: Front; readonly fingerprint: string } | null
}

/** Batches, one for each step. What a batch contains depends on its number alone. */
export interface TrainingStream {
  /** The images of the next step; those after it are being prepared. */
  readonly next: () => Promise<LabelledImages>
  readonly dispose: () => Promise<void>
}
