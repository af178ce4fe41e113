/** @file A typical training image of each class: the one nearest to the middle of its class, as the trained model sees them. */
import type { TypicalImages } from '../../api/contract/results.ts'
import type { Progress } from '../../api/contract/values.ts'
import { retold } from '../../api/feed.ts'
import type { CheckedImage } from '../../data/load.ts'
import { at } from '../../tensor/shape.ts'
import { readRecord, readRunData } from '../../train/run/run-folder.ts'
import {
  cosine,
  featureModelOf,
  spread,
  trainingFeatures,
  unit,
  type SeenImage,
} from './training-features.ts'

type TypicalItem = Progress | { readonly type: 'done'; readonly typical: TypicalImages }

// So many show what is usual in a class, and take seconds to look at.
const mostOfClass = 32
const mostOfAll = 1500

/**
 * Looks at some training images of each class of the run in `folder`. A class of which none can be read is left out.
 *
 * @throws AppError `not_found` before the first checkpoint of the run, `out_of_memory`, `cancelled`
 */
export async function* typicalItems(folder: string, signal: AbortSignal): AsyncGenerator<TypicalItem> {
  const { classes } = await readRecord(folder)
  const data = await readRunData(folder)
  const images = someOfEach(data.training, classes.length)
  const looking = trainingFeatures(folder, await featureModelOf(folder), data, images, signal)
  const seen = yield* retold(looking, (one): Progress => ({ type: 'progress', ...one }))
  yield { type: 'done', typical: { root: data.trainingRoot, images: typicalOf(seen, classes.length) } }
}

function someOfEach(training: readonly CheckedImage[], classes: number): CheckedImage[] {
  const most = Math.max(1, Math.min(mostOfClass, Math.floor(mostOfAll / classes)))
  const byClass = Array.from({ length: classes }, (): CheckedImage[] => [])
  for (const image of training) byClass[image.label]?.push(image)
  return byClass.flatMap((ofClass) => [...spread(ofClass, most)])
}

/** For each class that was seen the image whose features point most in the direction of their mean. */
export function typicalOf(seen: readonly SeenImage[], classes: number): TypicalImages['images'] {
  return Array.from({ length: classes }, (_, label) => label).flatMap((label) => {
    const ofClass = seen.filter(({ image }) => image.label === label)
    const [first] = ofClass
    if (first === undefined) return []
    const middle = unit(meanOf(ofClass))
    const best = ofClass.reduce(
      (nearest, one) => {
        const near = cosine(one.features, middle)
        return near > nearest.near ? { one, near } : nearest
      },
      { one: first, near: -Infinity },
    )
    return [{ label, path: best.one.image.path }]
  })
}

function meanOf(seen: readonly SeenImage[]): Float32Array {
  const sum = new Float32Array(seen[0]?.features.length ?? 0)
  for (const { features } of seen) for (let i = 0; i < sum.length; i++) sum[i] = at(sum, i) + at(features, i)
  return sum.map((value) => value / seen.length)
}
