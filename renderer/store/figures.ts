/** @file What follows from an evaluation: mistakes, confusions, averages, and how far the model's confidence can be trusted. */
import type { ClassFigures, Evaluation, JudgedImage } from '../../core/api/contract/results.ts'

/** Images that the model misclassified, the most confident first. */
export function mistakesOf({ images }: Evaluation): JudgedImage[] {
  return images
    .filter(({ label, predicted }) => label !== predicted)
    .sort((a, b) => b.probability - a.probability)
}

/** How many images it got right. */
export function rightOf({ images }: Evaluation): number {
  return images.filter(({ label, predicted }) => label === predicted).length
}

/** Images of class `truth` that were mistaken for class `guess`. */
export interface Confusion {
  readonly truth: number
  readonly guess: number
  readonly images: number
}

/** Every pair of different classes that was confused, the most frequent first. */
export function confusionsOf({ confusion }: Evaluation): Confusion[] {
  return confusion
    .flatMap((row, truth) => row.map((images, guess) => ({ truth, guess, images })))
    .filter(({ truth, guess, images }) => images > 0 && truth !== guess)
    .sort((a, b) => b.images - a.images)
}

/** The images of one cell of the confusion matrix, the most confident first. */
export function imagesOfCell(
  { images }: Evaluation,
  { truth, guess }: Pick<Confusion, 'truth' | 'guess'>,
): JudgedImage[] {
  return images
    .filter(({ label, predicted }) => label === truth && predicted === guess)
    .sort((a, b) => b.probability - a.probability)
}

/** The mean of each figure over the classes that have it (macro average); null if none has. */
export function averagesOf(
  perClass: readonly ClassFigures[],
): Readonly<Record<'precision' | 'recall' | 'f1', number | null>> {
  const average = (name: 'precision' | 'recall' | 'f1'): number | null =>
    meanOf(perClass.flatMap((one) => one[name] ?? []))
  return { precision: average('precision'), recall: average('recall'), f1: average('f1') }
}

/** Images of whose class the model was about equally sure. */
export interface SureGroup {
  /** Its probability for its answer: at least `from`, below `to`. */
  readonly from: number
  readonly to: number
  readonly images: number
  /** Share of them that it got right. */
  readonly right: number
}

const borders = [0, 0.5, 0.7, 0.9, 1]

/** Groups of images by how sure the model was, the most confident first; groups without images are left out. */
export function sureGroupsOf({ images }: Evaluation): SureGroup[] {
  return borders
    .slice(0, -1)
    .map((from, index) => {
      const to = borders[index + 1] ?? 1
      const group = images.filter(({ probability }) => probability >= from && (probability < to || to === 1))
      return { from, to, images: group.length, right: meanOf(group.map(isRight)) ?? 0 }
    })
    .filter((group) => group.images > 0)
    .toReversed()
}

/** How sure the model is on average, and whether that is within the interval of its accuracy, above or below it. */
export interface Certainty {
  readonly claimed: number
  readonly verdict: 'fits' | 'tooSure' | 'notSureEnough'
}

/** Null if no image was judged. */
export function certaintyOf({ images, accuracyInterval }: Evaluation): Certainty | null {
  const claimed = meanOf(images.map(({ probability }) => probability))
  if (claimed === null || accuracyInterval === null) return null
  if (claimed > accuracyInterval.high) return { claimed, verdict: 'tooSure' }
  return { claimed, verdict: claimed < accuracyInterval.low ? 'notSureEnough' : 'fits' }
}

/** What a threshold would have done to the held-out images. */
export interface ThresholdEffect {
  /** Share of them that would have been called unsure. */
  readonly unsure: number
  /** Of the others, the share that is right; null if there are none. */
  readonly right: number | null
}

/** Null if no image was judged. */
export function effectOf({ images }: Evaluation, threshold: number): ThresholdEffect | null {
  if (images.length === 0) return null
  const sure = images.filter(({ probability }) => probability >= threshold)
  return { unsure: 1 - sure.length / images.length, right: meanOf(sure.map(isRight)) }
}

// From this ratio on the accuracy says more about the large classes than about the small ones.
const unevenFrom = 2

/** Whether one class had so many more training images than another that each class should be looked at by itself. */
export function isUneven(perClass: readonly Pick<ClassFigures, 'trained'>[]): boolean {
  const trained = perClass.map((one) => Math.max(1, one.trained))
  return perClass.length > 0 && Math.max(...trained) > unevenFrom * Math.min(...trained)
}

/** The thresholds worth offering: of those with the same probability the one that promises most. */
export function suggestedThresholds({ thresholds }: Evaluation): Evaluation['thresholds'] {
  return thresholds.filter(
    ({ probability }, place) =>
      !thresholds.slice(place + 1).some((later) => later.probability === probability),
  )
}

function isRight({ label, predicted }: JudgedImage): number {
  return label === predicted ? 1 : 0
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
