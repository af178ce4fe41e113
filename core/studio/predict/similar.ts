/** @file The training images that are most like a new one, as the trained model sees them. The run asked last stays in memory. */
import type { ImageToPredict, SimilarImage } from '../../api/contract/predict.ts'
import type { Progress } from '../../api/contract/values.ts'
import { retold } from '../../api/feed.ts'
import { at } from '../../tensor/shape.ts'
import { readRecord, readRunData } from '../../train/run/run-folder.ts'
import { stateOfModel } from '../models/model-state.ts'
import {
  cosine,
  featureModelOf,
  spread,
  trainingFeatures,
  unit,
  type SeenImage,
} from '../runs/training-features.ts'
import { featuresIn } from './images.ts'

type SimilarItem =
  | Progress
  | { readonly type: 'done'; readonly root: string; readonly images: SimilarImage[] }

// More would take many minutes, and hundreds of megabytes.
const mostCompared = 20_000

/** What a run has seen. */
interface Seen {
  /** Changes when its weights do. */
  readonly key: string
  readonly root: string
  readonly classes: readonly string[]
  readonly images: readonly SeenImage[]
}

let last: Seen | null = null

/**
 * The most similar training images of the run in `folder`. Copies of the image itself are among them.
 *
 * @throws AppError `unsupported` where the image cannot be read, `out_of_memory`, `cancelled`
 */
export async function* similarItems(
  folder: string,
  image: ImageToPredict,
  count: number,
  signal: AbortSignal,
): AsyncGenerator<SimilarItem> {
  const key = JSON.stringify(await stateOfModel(folder))
  const seen = last?.key === key ? last : yield* lookAtAll(folder, key, signal)
  last = seen
  const features = unit(await featuresIn(folder, image))
  yield { type: 'done', root: seen.root, images: nearest(seen, features, count) }
}

async function* lookAtAll(folder: string, key: string, signal: AbortSignal): AsyncGenerator<Progress, Seen> {
  const { classes } = await readRecord(folder)
  const data = await readRunData(folder)
  const some = spread(data.training, mostCompared)
  const found = trainingFeatures(folder, await featureModelOf(folder), data, some, signal)
  const images = yield* retold(found, (one): Progress => ({ type: 'progress', ...one }))
  return { key, root: data.trainingRoot, classes, images }
}

function nearest({ images, classes }: Seen, features: Float32Array, count: number): SimilarImage[] {
  return images
    .map((one) => ({ one, similarity: cosine(one.features, features) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count)
    .map(({ one: { image }, similarity }) => ({
      path: image.path,
      label: at(classes, image.label),
      similarity,
    }))
}
