/**
 * @file Streams of batches. The images of the next batch are decoded in the background while the current one is used;
 * never more than the next batch is prepared. What a training batch contains depends on its number alone.
 */
import { AppError, invariant, throwIfCancelled } from '../errors.ts'
import { forkRandom, shuffled, type Random } from '../tensor/random.ts'
import { at } from '../tensor/shape.ts'
import type { Augmentation } from './augmentation.ts'
import { isUnreadable, unreadableReason } from './decode.ts'
import type { RgbImage } from './image.ts'
import { loadForEvaluation, loadForTraining, type CheckedImage, type LoadOptions } from './load.ts'
import type { SkippedFile } from './finding.ts'
import { mapParallel } from './parallel.ts'
import { trainingOrder, type Balance, type TrainingRow } from './training-order.ts'

/** B images; rows from `count` on are zero. */
export interface Batch {
  /** uint8 [B, H, W, 3]. */
  readonly pixels: Uint8Array<ArrayBuffer>
  /** int32 [B]. */
  readonly labels: Int32Array<ArrayBuffer>
  /** Images in the batch; B except in the last batch of an evaluation. */
  readonly count: number
  /** Which images they are: `count` indices into the list given. */
  readonly indices: readonly number[]
}

/** What training and evaluation batches have in common. */
export interface BatchSource extends LoadOptions {
  readonly images: readonly CheckedImage[]
  readonly batchSize: number
  /** Called once for every file that has become unreadable since it was checked. */
  readonly onSkip?: ((file: SkippedFile) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface TrainingSource extends BatchSource {
  readonly augmentation: Augmentation
  readonly balance?: Balance | undefined
  readonly seed: number
  /** Steps done before, 0 for a new run. */
  readonly startStep?: number | undefined
}

/** An endless stream of training batches. */
export interface TrainingBatches {
  /** The next batch; by then the decoding of the one after it has begun. */
  readonly next: () => Promise<Batch>
}

// This many images are queued at once: enough to keep the decoders busy through a step that blocks this thread.
const imagesInFlight = 256
// If this many images of a class, and as many others, cannot be read either, the folder itself must be gone.
const replacementAttempts = 10

// Separate streams of random numbers from one seed.
const augmentStream = 1
const replacementStream = 2

/**
 * Training batches in the order of `trainingOrder`, epochs following each other without a gap, also inside a batch. A file that can no longer be read is replaced by another image of its class.
 *
 * `next` throws AppError `cancelled`, or `io` where hardly any file can be read any more.
 */
export function createBatches(source: TrainingSource): TrainingBatches {
  const { images, batchSize, seed, balance } = source
  invariant(images.length > 0 && batchSize > 0, () => `${images.length} images, batches of ${batchSize}`)
  const rowAt = trainingOrder(
    images.map(({ label }) => label),
    seed,
    balance ?? 'none',
  )
  const skips = createSkips(source)
  let step = source.startStep ?? 0
  let pending: Promise<Batch> | undefined

  const start = (): Promise<Batch> => {
    const first = step++ * batchSize
    const rows = Array.from({ length: batchSize }, (_, row) => rowAt(first + row))
    return assemble(source, rows, async (row) => loadOrReplace(source, row, skips))
  }
  return {
    next: async () => {
      throwIfCancelled(source.signal)
      const batch = await (pending ?? start())
      pending = start()
      // A failure is reported by the call that asks for this batch, not before.
      pending.catch(() => undefined)
      return batch
    },
  }
}

/**
 * Evaluation batches: every image exactly once, in the order given; the last batch may be short. A file that
 * can no longer be read is left out of its batch.
 *
 * @throws AppError `cancelled`
 */
export async function* evaluationBatches(source: BatchSource): AsyncGenerator<Batch, void, void> {
  const { images, batchSize } = source
  const skips = createSkips(source)
  const start = (first: number): Promise<Batch> => {
    const indices = Array.from(
      { length: Math.min(batchSize, images.length - first) },
      (_, row) => first + row,
    )
    return assemble(source, indices, async (index) => loadOrSkip(source, index, skips))
  }
  let pending = images.length > 0 ? start(0) : undefined
  for (let first = batchSize; pending !== undefined; first += batchSize) {
    throwIfCancelled(source.signal)
    const batch: Batch = await pending
    pending = first < images.length ? start(first) : undefined
    pending?.catch(() => undefined)
    yield batch
  }
}

interface LoadedRow {
  readonly index: number
  readonly image: RgbImage
}

/** Loads all rows, many at a time, into one block; rows without an image are removed. */
async function assemble<T>(
  source: BatchSource,
  rows: readonly T[],
  load: (row: T) => Promise<LoadedRow | undefined>,
): Promise<Batch> {
  const { height, width } = source.preprocessing.resolution
  const rowBytes = height * width * 3
  const pixels = new Uint8Array(source.batchSize * rowBytes)
  const indices = await mapParallel(rows, imagesInFlight, async (row, place) => {
    const loaded = await load(row)
    if (loaded !== undefined) pixels.set(loaded.image.data, place * rowBytes)
    return loaded?.index
  })
  const found = indices.flatMap((index, place) => (index === undefined ? [] : [{ index, place }]))
  for (const [row, { place }] of found.entries())
    if (row !== place) pixels.copyWithin(row * rowBytes, place * rowBytes, (place + 1) * rowBytes)
  pixels.fill(0, found.length * rowBytes)
  const labels = new Int32Array(source.batchSize)
  for (const [row, { index }] of found.entries()) labels[row] = at(source.images, index).label
  return { pixels, labels, count: found.length, indices: found.map(({ index }) => index) }
}

/** What decides the crop and flip of the image `index` in an epoch of a run. */
export function augmentationRandom(seed: number, epoch: number, index: number): Random {
  return forkRandom(seed, augmentStream, epoch, index)
}

/** Remembers which images went bad, so that each is tried and reported once. */
interface Skips {
  readonly has: (index: number) => boolean
  readonly add: (index: number, error: unknown) => void
}

function createSkips({ images, onSkip }: BatchSource): Skips {
  const bad = new Set<number>()
  return {
    has: (index) => bad.has(index),
    add: (index, error) => {
      if (bad.has(index)) return
      bad.add(index)
      onSkip?.({ path: at(images, index).path, reason: unreadableReason(error) })
    },
  }
}

async function loadOrReplace(source: TrainingSource, row: TrainingRow, skips: Skips): Promise<LoadedRow> {
  const load = async (index: number): Promise<LoadedRow | undefined> =>
    tryLoad(index, skips, async () => {
      const random = augmentationRandom(source.seed, row.epoch, row.index)
      return loadForTraining(at(source.images, index), source.augmentation, random, source)
    })
  const loaded = await load(row.index)
  if (loaded !== undefined) return loaded
  for (const index of replacements(source, row)) {
    const other = await load(index)
    if (other !== undefined) return other
  }
  throw new AppError(
    'io',
    `Hardly any image in ${source.root} can be read any more; the last was ${at(source.images, row.index).path}. ` +
      `Check that the folder is still there (an external disk may have gone), then resume.`,
    { folder: source.root },
  )
}

// Some other images of the class first, then some of any class.
function replacements({ images, seed }: TrainingSource, { epoch, index }: TrainingRow): number[] {
  const { label } = at(images, index)
  const others = images.map((_, other) => other).filter((other) => other !== index)
  const order = shuffled(others, forkRandom(seed, replacementStream, epoch, index))
  const isSame = (other: number): boolean => at(images, other).label === label
  const same = order.filter(isSame).slice(0, replacementAttempts)
  return [...same, ...order.filter((other) => !isSame(other)).slice(0, replacementAttempts)]
}

async function loadOrSkip(source: BatchSource, index: number, skips: Skips): Promise<LoadedRow | undefined> {
  return tryLoad(index, skips, async () => loadForEvaluation(at(source.images, index), source))
}

async function tryLoad(
  index: number,
  skips: Skips,
  load: () => Promise<RgbImage>,
): Promise<LoadedRow | undefined> {
  if (skips.has(index)) return undefined
  try {
    return { index, image: await load() }
  } catch (error) {
    if (!isUnreadable(error)) throw error
    skips.add(index, error)
    return undefined
  }
}
