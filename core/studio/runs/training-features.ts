/** @file What a trained model sees in the images it learned from: its features, computed once and kept in the cache. */
import { defaultCacheDirectory, openCache } from '../../data/cache.ts'
import type { CheckedImage } from '../../data/load.ts'
import { at } from '../../tensor/shape.ts'
import { openModel, ownPreprocessing } from '../../train/model/open-model.ts'
import {
  frozenFeatures,
  type FeatureProgress,
  type FrozenModel,
} from '../../train/probe/few-shot-features.ts'
import type { RunData } from '../../train/run/run-record.ts'
import { engineForModel } from '../engine-choice.ts'
import { log } from '../log.ts'

/** An image with its features, scaled to length 1. */
export interface SeenImage {
  readonly image: CheckedImage
  readonly features: Float32Array
}

/** The model of a run as it answers now, ready for its features. */
export async function featureModelOf(folder: string): Promise<FrozenModel> {
  const model = await openModel(folder)
  return { ...model, preprocessing: ownPreprocessing(model) }
}

/**
 * Features of some training images; those that can no longer be read are left out.
 *
 * @throws AppError `cancelled`, or `out_of_memory` if the model does not fit
 */
export async function* trainingFeatures(
  folder: string,
  model: FrozenModel,
  { trainingRoot: root }: RunData,
  images: readonly CheckedImage[],
  signal: AbortSignal,
): AsyncGenerator<FeatureProgress, SeenImage[], void> {
  const { engine } = await engineForModel(folder)
  const cache = await openCache(defaultCacheDirectory(), { onWarning: log })
  const [found] = yield* frozenFeatures(model, [{ root, images }], { engine, cache, signal })
  return images.flatMap((image, place) => {
    const features = found?.rows[place]
    return features === undefined ? [] : [{ image, features: unit(features) }]
  })
}

/** The same direction with length 1, so that a scalar product is a cosine. */
export function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return length === 0 ? vector : vector.map((value) => value / length)
}

/** The cosine of two vectors of length 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i)
  return sum
}

/** At most `most` items, spread evenly over the list. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items
  return Array.from({ length: most }, (_, place) => at(items, Math.floor((place * items.length) / most)))
}
