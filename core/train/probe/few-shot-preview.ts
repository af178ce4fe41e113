/**
 * @file How well a model would do on someone's images, before any training: the ViT paper's few-shot measure for
 * several shots and draws, which classes it finds hard, and which of several models suits the images best.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { AppError, throwIfCancelled } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { FramingChoice } from '../../data/framing-choice.ts'
import type { FolderImages } from '../../data/load.ts'
import type { Pretrained } from '../../files/checkpoint.ts'
import { at } from '../../tensor/shape.ts'
import { stacked, type FloatTensor } from '../../tensor/tensor.ts'
import { fitRidge, predictRidge } from './few-shot.ts'
import { frozenFeatures, type FeatureTools } from './few-shot-features.ts'
import type { FewShotPlan } from './few-shot-plan.ts'
import { preprocessingOf } from '../model/open-model.ts'

/** What a probe on this many images per class reaches. */
export interface ShotsResult {
  readonly shots: number
  /** Images that the probe was fitted on: fewer than shots × classes where a class has fewer. */
  readonly images: number
  /** Mean over the draws of the share of test images that it classifies correctly. */
  readonly accuracy: number
  /** Standard deviation over the draws (of the sample, n − 1); null for a single one. */
  readonly spread: number | null
}

/** A class at the largest number of shots, over all draws. */
export interface ClassResult {
  readonly name: string
  /** Test images of it. */
  readonly tests: number
  /** Share of them that is classified correctly; null if there are none. */
  readonly accuracy: number | null
}

/** What a model is expected to do. */
export interface FewShotResult {
  readonly shots: readonly ShotsResult[]
  readonly perClass: readonly ClassResult[]
  /** [K, K] counts at the largest number of shots, summed over the draws: rows are true classes, columns guesses. */
  readonly confusion: readonly (readonly number[])[]
  /** Images that had no features yet. */
  readonly computed: number
  readonly seconds: number
}

/** What a preview works with. */
export interface PreviewTools extends FeatureTools {
  /** How whole images meet the square; squashed if it is left out. */
  readonly framing?: FramingChoice | undefined
  /** Called with the number of images done, including those already known. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Probes one model. Images that can no longer be read are left out.
 *
 * @throws AppError `cancelled`, `out_of_memory`, or `io` where no test image can be read any more
 */
export async function previewModel(
  model: Pretrained,
  plan: FewShotPlan,
  tools: PreviewTools,
): Promise<FewShotResult> {
  const start = performance.now()
  const { training, tests, computed } = await bothFeatures(model, plan, tools)
  const confusion = plan.classes.map(() => plan.classes.map(() => 0))
  const shots: ShotsResult[] = []
  for (const [place, count] of plan.shots.entries()) {
    const accuracies: number[] = []
    let images = 0
    for (const order of plan.orders) {
      const drawn = order.flatMap((indices) => indices.slice(0, count))
      const train = gather(training, plan.training, drawn)
      images = train.labels.length
      const probe = fitRidge(train.features, train.labels, plan.classes.length)
      const predicted = predictRidge(probe, tests.features)
      accuracies.push(shareRight(predicted, tests.labels))
      if (place === plan.shots.length - 1) tally(confusion, predicted, tests.labels)
      // A fit occupies this thread for up to a second.
      await nextTurn()
      throwIfCancelled(tools.signal)
    }
    shots.push({ shots: count, images, ...meanAndSpread(accuracies) })
  }
  const seconds = (performance.now() - start) / 1000
  return { shots, perClass: perClassOf(plan, confusion), confusion, computed, seconds }
}

/** Features with their classes. */
interface Sample {
  readonly features: FloatTensor
  readonly labels: readonly number[]
}

type Rows = readonly (Float32Array | undefined)[]

interface BothFeatures {
  /** By index into the plan's training images. */
  readonly training: Rows
  readonly tests: Sample
  readonly computed: number
}

async function bothFeatures(
  model: Pretrained,
  plan: FewShotPlan,
  tools: PreviewTools,
): Promise<BothFeatures> {
  const { training, tests } = plan
  // Those of one folder are remembered in one file.
  const isOne = training.root === tests.root
  const folders = isOne
    ? [{ root: training.root, images: [...training.images, ...tests.images] }]
    : [training, tests]
  const { rows, computed } = await featuresOfAll(model, folders, tools)
  const testRows = rows.slice(training.images.length)
  const sample = gather(testRows, tests, [...testRows.keys()])
  if (sample.labels.length === 0) {
    throw new AppError(
      'io',
      say`No image in ${tests.root} can be read any more. Check that the folder is still there, then try again.`,
    )
  }
  return { training: rows.slice(0, training.images.length), tests: sample, computed }
}

async function featuresOfAll(
  model: Pretrained,
  folders: readonly FolderImages[],
  tools: PreviewTools,
): Promise<{ readonly rows: Rows; readonly computed: number }> {
  const features = frozenFeatures(
    { ...model, preprocessing: preprocessingOf(model, tools.framing) },
    folders,
    tools,
  )
  for (;;) {
    const { value, done } = await features.next()
    if (done !== true) {
      tools.onProgress?.(value.done, value.total)
      continue
    }
    const rows = value.flatMap((folder) => folder.rows)
    return { rows, computed: value.reduce((sum, { computed }) => sum + computed, 0) }
  }
}

/** The features of these images, but for those that have none. */
function gather(rows: Rows, { images }: FolderImages, indices: readonly number[]): Sample {
  const found = indices.flatMap((index) => {
    const row = rows[index]
    return row === undefined ? [] : [{ row, label: at(images, index).label }]
  })
  return { features: stacked(found.map(({ row }) => row)), labels: found.map(({ label }) => label) }
}

function shareRight(predicted: Int32Array, labels: readonly number[]): number {
  return labels.filter((label, index) => predicted[index] === label).length / labels.length
}

function tally(confusion: readonly number[][], predicted: Int32Array, labels: readonly number[]): void {
  for (const [index, label] of labels.entries()) {
    const row = at(confusion, label)
    const guess = at(predicted, index)
    row[guess] = at(row, guess) + 1
  }
}

function meanAndSpread(values: readonly number[]): { accuracy: number; spread: number | null } {
  const accuracy = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2) return { accuracy, spread: null }
  const squares = values.reduce((sum, value) => sum + (value - accuracy) ** 2, 0)
  return { accuracy, spread: Math.sqrt(squares / (values.length - 1)) }
}

function perClassOf(
  { classes, orders }: FewShotPlan,
  confusion: readonly (readonly number[])[],
): ClassResult[] {
  return classes.map((name, label) => {
    const row = at(confusion, label)
    const answers = row.reduce((sum, count) => sum + count, 0)
    return {
      name,
      tests: answers / orders.length,
      accuracy: answers === 0 ? null : at(row, label) / answers,
    }
  })
}

/**
 * Classes that a model finds hard, the hardest first and of equally hard ones the largest; classes without test images
 * and those always classified correctly are left out.
 */
export function hardestClasses({ perClass }: FewShotResult, most: number): number[] {
  const hard = perClass.flatMap(({ accuracy, tests }, label) =>
    accuracy === null || accuracy === 1 ? [] : [{ label, accuracy, tests }],
  )
  return hard
    .sort((a, b) => a.accuracy - b.accuracy || b.tests - a.tests)
    .slice(0, most)
    .map(({ label }) => label)
}

/** Which of several models suits the images best. */
export interface Suitability {
  /** Index of the one with the highest mean accuracy at the largest number of shots. */
  readonly best: number
  /** Indices of others whose mean is within the spread of the best: the difference may be chance. */
  readonly alike: readonly number[]
}

/** Compares results of the same plan; null where there is none. */
export function suitability(results: readonly FewShotResult[]): Suitability | null {
  const finals = results.flatMap(({ shots }, index) => {
    const last = shots.at(-1)
    return last === undefined ? [] : [{ index, ...last }]
  })
  const [best, ...others] = [...finals].sort((a, b) => b.accuracy - a.accuracy)
  if (best === undefined) return null
  const alike = others.filter(({ accuracy, spread }) => {
    return best.accuracy - accuracy <= Math.max(best.spread ?? 0, spread ?? 0)
  })
  return { best: best.index, alike: alike.map(({ index }) => index) }
}
