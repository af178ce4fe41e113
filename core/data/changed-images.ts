/** @file Which images of a list are other files by now, and what has to be known of them as they are. */
import { resolve } from 'node:path'

import { inspectImage } from './inspect.ts'
import type { CheckedImage } from './load.ts'
import { mapParallel } from './parallel.ts'
import { statFile } from './regular-file.ts'

/** A list of images as they are now. */
export interface Compared<T> {
  /** All of them, in their order. One that cannot be read any more stays as it was recorded. */
  readonly images: readonly T[]
  /** Paths of those with another size or time of modification than recorded. */
  readonly changed: readonly string[]
  /** Paths of those that are not there. */
  readonly missing: readonly string[]
}

const filesAtOnce = 16

/** Compares recorded images with the files in `root`; only those that changed are opened. */
export async function compareWithFiles<T extends CheckedImage>(
  root: string,
  images: readonly T[],
): Promise<Compared<T>> {
  const changed: string[] = []
  const missing: string[] = []
  const now = await mapParallel(images, filesAtOnce, async (image) => {
    const path = resolve(root, image.path)
    const state = await statFile(path).catch(() => null)
    if (state === null) missing.push(image.path)
    if (state === null || (state.bytes === image.bytes && state.modifiedMs === image.modifiedMs)) return image
    changed.push(image.path)
    return { ...image, ...state, ...(await shapeOf(path)) }
  })
  return { images: now, changed: changed.sort(), missing: missing.sort() }
}

/** Nothing where it cannot be read, which is told when it is to be decoded. */
async function shapeOf(path: string): Promise<Partial<CheckedImage>> {
  try {
    const { width, height, format, channels } = await inspectImage(path)
    return { width, height, format, channels }
  } catch {
    return {}
  }
}
