/**
 * @file Which images a few-shot preview looks at: for each seed, the order in which the images of every class are
 * drawn, and the images it is tested on. Both follow from the images and the seeds alone, so that all models see the
 * same ones.
 */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { requireTwoClasses, type CheckedData } from '../../data/check.ts'
import type { CheckedImage, FolderImages } from '../../data/load.ts'
import { divideImages } from '../../data/split.ts'
import { at } from '../../tensor/shape.ts'
import { drawingOrder } from './few-shot.ts'

/** What is asked of a preview. */
export interface FewShotSettings {
  /** Images per class that the probe is fitted on, for each of several probes. */
  readonly shots: readonly number[]
  /** Draws, with the seeds 0, 1, …. */
  readonly seeds: number
  /** Share of each class that is held out for the test where there are no validation images. */
  readonly validationSplit: number
  /** The most images that one probe is fitted on: more shots are left out, but never the fewest. */
  readonly mostTraining: number
  /** The most images it is tested on, taken evenly from all classes. */
  readonly mostTests: number
}

/** The images of a preview. */
export interface FewShotPlan {
  readonly classes: readonly string[]
  /** All images that any seed draws. */
  readonly training: FolderImages
  readonly tests: FolderImages
  /** Held-out images, of which `tests` may be a part. */
  readonly heldOut: number
  /** For each seed and class, indices into `training` in the order in which they are drawn. */
  readonly orders: readonly (readonly (readonly number[])[])[]
  /** The shots asked for, without those that are too many or would draw no image more than the ones before. */
  readonly shots: readonly number[]
}

/**
 * Chooses the images. Where no validation images are given, the same ones are held out as fine-tuning with this share
 * and seed 0 would hold out.
 *
 * @throws AppError `invalid_input` where there are fewer than two classes, or nothing to test on
 */
export function planFewShot(checked: CheckedData, settings: FewShotSettings): FewShotPlan {
  requireTwoClasses(checked)
  const { root, classes, validation } = checked
  const { training, validation: heldOut } = divideImages(checked, settings.validationSplit, 0)
  if (heldOut.length === 0) {
    throw new AppError(
      'invalid_input',
      say`There are no images in ${validation?.root ?? root} to test on. Add at least one more image to every class, or choose a folder of validation images.`,
    )
  }
  const shots = usefulShots(settings, training, classes.length)
  const pool = drawPool(training, classes.length, at(shots, -1), settings.seeds)
  return {
    classes,
    training: { root, images: pool.images },
    tests: { root: validation?.root ?? root, images: spread(heldOut, classes.length, settings.mostTests) },
    heldOut: heldOut.length,
    orders: pool.orders,
    shots,
  }
}

/** In ascending order; more than the largest class has says nothing new, except the first that takes all. */
function usefulShots(
  { shots, mostTraining }: FewShotSettings,
  images: readonly CheckedImage[],
  classes: number,
): number[] {
  const largest = longestOf(drawingOrder(labelsOf(images), classes, 0))
  const ascending = [...new Set(shots)].sort((a, b) => a - b)
  return ascending.filter((count, place) => {
    return place === 0 || (at(ascending, place - 1) < largest && count * classes <= mostTraining)
  })
}

// There may be more classes than a call takes arguments.
function longestOf(lists: readonly (readonly unknown[])[]): number {
  return lists.reduce((most, { length }) => Math.max(most, length), 0)
}

/** The images that any of the seeds draws, and each seed's order of them. */
function drawPool(
  images: readonly CheckedImage[],
  classes: number,
  shots: number,
  seeds: number,
): { readonly images: CheckedImage[]; readonly orders: number[][][] } {
  const drawn = Array.from({ length: seeds }, (_, seed) =>
    drawingOrder(labelsOf(images), classes, seed).map((order) => order.slice(0, shots)),
  )
  const used = [...new Set(drawn.flat(2))].sort((a, b) => a - b)
  const placeOf = new Map(used.map((index, place) => [index, place]))
  const orders = drawn.map((draw) => draw.map((order) => order.map((index) => placeOf.get(index) ?? -1)))
  return { images: used.map((index) => at(images, index)), orders }
}

/** At most `most` images, the same number of every class as far as a class has them, in their order. */
function spread(images: readonly CheckedImage[], classes: number, most: number): readonly CheckedImage[] {
  if (images.length <= most) return images
  const orders = drawingOrder(labelsOf(images), classes, 0)
  const longest = longestOf(orders)
  // One of every class, round after round.
  const rounds = Array.from({ length: longest }, (_, round) =>
    orders.flatMap((order) => order.slice(round, round + 1)),
  )
  const chosen = new Set(rounds.flat().slice(0, most))
  return images.filter((_, index) => chosen.has(index))
}

function labelsOf(images: readonly CheckedImage[]): number[] {
  return images.map(({ label }) => label)
}
