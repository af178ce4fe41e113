/** @file An image as training would vary it, drawn by the training code itself. */
import type * as z from 'zod'

import { throwIfCancelled } from '../../errors.ts'
import type { contract } from '../../api/contract.ts'
import { augmentations } from '../../data/augmentation.ts'
import { augmentationRandom } from '../../data/batches.ts'
import { defaultCacheDirectory, openCache } from '../../data/cache.ts'
import { encodeExact } from '../../data/decode.ts'
import { inspectImage } from '../../data/inspect.ts'
import { loadForTraining, type CheckedImage } from '../../data/load.ts'
import { statFile } from '../../data/regular-file.ts'
import { frameAs } from '../../data/preprocess.ts'
import { imageInside } from '../path-inside.ts'
import { log } from '../log.ts'

type Request = z.output<(typeof contract)['runs']['augmented']['input']>

/**
 * PNGs of the pixels that training with this seed would see in its first epochs.
 *
 * @throws AppError `unsupported` when the image cannot be read
 */
export async function augmentedImages(
  { folder, path, resolution, augment, framing, mean, seed, count }: Request,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const file = imageInside(folder, path)
  const image: CheckedImage = { path, label: 0, ...(await inspectImage(file)), ...(await statFile(file)) }
  const options = {
    root: folder,
    preprocessing: frameAs(framing, { height: resolution, width: resolution }, { mean, std: [1, 1, 1] }),
    cache: await openCache(defaultCacheDirectory(), { onWarning: log }),
  }
  const drawn: Uint8Array<ArrayBuffer>[] = []
  for (let epoch = 0; epoch < count; epoch++) {
    throwIfCancelled(signal)
    const random = augmentationRandom(seed, epoch, 0)
    const pixels = await loadForTraining(image, augmentations[augment], random, options)
    drawn.push(new Uint8Array(await encodeExact(pixels)))
  }
  return drawn
}
