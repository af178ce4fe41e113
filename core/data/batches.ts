/**
 * @file Streams of batches. The images of the next batch are decoded in the background while the current one is used;
 * never more than the next batch is prepared. What a training batch contains depends on its number alone.
 */
import { AppError, invariant, throwIfCancelled } from '../errors.ts'
import { say } from '../sentence.ts'
import { forkRandom, shuffled, type Random } from '../tensor/random.ts'
import { at } from '../tensor/shape.ts'
import type { Augmentation } from './augmentation.ts'
import type { RgbImage } from './image.ts'
import { loadForEvaluation, loadForTraining, type CheckedImage, type LoadOptions } from './load.ts'
import type { SkippedFile } from './finding.ts'
import { mapParallel } from './parallel.ts'
import type { Balance } from './balance.ts'
import { trainingOrder, type TrainingRow } from './training-order.ts'
import { isUnreadable, unreadableReason } from './unreadable.ts'

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
  /** How many variations of an image there are, gone through again and again; without an end where it is left out. */
  readonly views?: number | undefined
  /** Steps done before, 0 for a new run. */
  readonly startStep?: number | undefined
  /** The last step that will be asked for; nothing is decoded beyond it. */
  readonly endStep?: number | undefined
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

/** A view of an image: which one, and which of its variations. */
export interface ViewRow {
  readonly index: number
  readonly view: number
}

/** The rows of training batches, and their pixels. */
export interface TrainingRows {
  /** The rows of the batch after `step` finished steps. */
  readonly rowsOf: (step: number) => ViewRow[]
  /** A row's image, or another of its class where it can no longer be read; `index` tells which it is. */
  readonly load: (row: ViewRow) => Promise<LoadedRow>
}

/**
 * Rows in the order of `trainingOrder`, epochs following each other without a gap, also inside a batch.
 *
 * `load` throws AppError `io` where hardly any file can be read any more.
 */
export function createTrainingRows(source: TrainingSource): TrainingRows {
  const { images, batchSize, seed, balance, views } = source
  invariant(images.length > 0 && batchSize > 0, () => `${images.length} images, batches of ${batchSize}`)
  const rowAt = trainingOrder(
    images.map(({ label }) => label),
    seed,
    balance ?? 'none',
  )
  const skips = createSkips(source)
  const viewOf = ({ index, epoch }: TrainingRow): ViewRow => ({
    index,
    view: views === undefined ? epoch : epoch % views,
  })
  return {
    rowsOf: (step) => Array.from({ length: batchSize }, (_, row) => viewOf(rowAt(step * batchSize + row))),
    load: async (row) => loadOrReplace(source, row, skips),
  }
}

/**
 * Training batches, each decoded while the one before is used.
 *
 * `next` throws AppError `cancelled`, or `io` where hardly any file can be read any more.
 */
export function createBatches(source: TrainingSource): TrainingBatches {
  const { rowsOf, load } = createTrainingRows(source)
  return createAhead(source, async (step) => assemble(source, rowsOf(step), load))
}

/** Makes the thing for each step while the one before is used. */
export function createAhead<T>(
  { signal, startStep = 0, endStep = Infinity }: Pick<TrainingSource, 'signal' | 'startStep' | 'endStep'>,
  make: (step: number) => Promise<T>,
): { readonly next: () => Promise<T> } {
  let step = startStep
  let pending: Promise<T> | undefined
  return {
    next: async () => {
      throwIfCancelled(signal)
      const made = await (pending ?? make(step++))
      if (step >= endStep) return made
      pending = make(step++)
      // A failure is reported by the call that asks for this one, not before.
      pending.catch(() => undefined)
      return made
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

/** The pixels of an image, by its index in the list given. */
export interface LoadedRow {
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

/** What decides the crop and flip of a view of the image `index` in a run. */
export function augmentationRandom(seed: number, view: number, index: number): Random {
  return forkRandom(seed, augmentStream, view, index)
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

async function loadOrReplace(source: TrainingSource, row: ViewRow, skips: Skips): Promise<LoadedRow> {
  const load = async (index: number): Promise<LoadedRow | undefined> =>
    tryLoad(index, skips, async () => {
      const random = augmentationRandom(source.seed, row.view, row.index)
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
    say`Hardly any image in ${source.root} can be read any more; the last was ${at(source.images, row.index).path}. Check that the folder is still there (an external disk may have gone), then resume.`,
    { folder: source.root },
  )
}

// Some other images of the class first, then some of any class.
function replacements({ images, seed }: TrainingSource, { view, index }: ViewRow): number[] {
  const { label } = at(images, index)
  const others = images.map((_, other) => other).filter((other) => other !== index)
  const order = shuffled(others, forkRandom(seed, replacementStream, view, index))
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
