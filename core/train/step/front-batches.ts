/**
 * @file Training batches that start behind a frozen front. The front's output for a view of an image is cached under
 * the weights, the image and the view; only missing views are decoded and computed.
 */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { crc32 } from 'node:zlib'

import {
  createAhead,
  createTrainingRows,
  type LoadedRow,
  type TrainingSource,
  type ViewRow,
} from '../../data/batches.ts'
import { cacheKey, type ImageCache } from '../../data/cache.ts'
import { mapParallel } from '../../data/parallel.ts'
import { isUnchanged } from '../../data/regular-file.ts'
import { at } from '../../tensor/shape.ts'
import { widened, type Front } from './front.ts'

/** What a training step behind the front reads: `front` [B, perImage] and `labels` [B]. */
export interface FrontBatch {
  readonly front: Float32Array<ArrayBuffer>
  readonly labels: Int32Array<ArrayBuffer>
  readonly count: number
}

/** A source whose views are numbered, and the front with a name for what it computes. */
export interface FrontSource extends TrainingSource {
  readonly front: Front
  /** `fingerprintOf` the front. */
  readonly fingerprint: string
}

const readAtOnce = 64

/** A row of a batch: its halves, or the pixels to compute them from. */
type Prepared = { readonly index: number } & (
  | { readonly halves: Uint16Array<ArrayBuffer> }
  | { readonly pixels: LoadedRow; readonly key: string | null }
)

/**
 * Endless batches; the next one is read and decoded while a step runs.
 *
 * `next` throws AppError `cancelled`, or `io` if hardly any file can be read any more.
 */
export function createFrontBatches(source: FrontSource): { readonly next: () => Promise<FrontBatch> } {
  const rows = createTrainingRows(source)
  const ahead = createAhead(source, async (step) =>
    mapParallel(rows.rowsOf(step), readAtOnce, async (row): Promise<Prepared> => {
      const key = source.views === undefined ? null : keyOf(source, row)
      const kept = key === null ? null : await readKept(source.cache, key, source.front.perImage)
      if (kept !== null) return { index: row.index, halves: kept }
      const pixels = await rows.load(row)
      // Another image that replaces an unreadable one is not cached under its name.
      return { index: pixels.index, pixels, key: pixels.index === row.index ? key : null }
    }),
  )
  return { next: async () => assemble(await ahead.next(), source) }
}

async function assemble(prepared: readonly Prepared[], source: FrontSource): Promise<FrontBatch> {
  const { front, cache, images } = source
  const { perImage } = front
  const halves = new Uint16Array(prepared.length * perImage)
  const missing = prepared.flatMap((row, place) => ('pixels' in row ? [{ ...row, place }] : []))
  for (const [place, row] of prepared.entries()) if ('halves' in row) halves.set(row.halves, place * perImage)
  if (missing.length > 0) {
    const pixels = Buffer.concat(missing.map((row) => row.pixels.image.data))
    const computed = await front.compute(pixels, missing.length)
    for (const [row, { place, key }] of missing.entries()) {
      const own = computed.slice(row * perImage, (row + 1) * perImage)
      halves.set(own, place * perImage)
      const isKept = key !== null && (await isAsChecked(source, at(missing, row).index))
      if (isKept) cache?.store(key, withChecksum(own))
    }
  }
  const labels = Int32Array.from(prepared, ({ index }) => at(images, index).label)
  return { front: widened(halves), labels, count: prepared.length }
}

/** Whether the file is still what its name in the cache stands for. */
async function isAsChecked({ root, images, cache }: FrontSource, index: number): Promise<boolean> {
  const image = at(images, index)
  return cache !== undefined && isUnchanged(resolve(root, image.path), image)
}

function keyOf(source: FrontSource, { index, view }: ViewRow): string {
  const { images, root, preprocessing, augmentation, seed, fingerprint } = source
  const { path, bytes, modifiedMs } = at(images, index)
  const how = JSON.stringify([preprocessing, augmentation])
  // A view is drawn from the seed, its number and the index of the image in the list.
  return cacheKey('front', fingerprint, resolve(root, path), bytes, modifiedMs, how, seed, index, view)
}

const checksumBytes = 4

function withChecksum(halves: Uint16Array<ArrayBuffer>): Uint8Array {
  const values = new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength)
  const bytes = Buffer.alloc(values.length + checksumBytes)
  bytes.set(values)
  bytes.writeUInt32LE(crc32(values), values.length)
  return bytes
}

/** What was cached; null if it is missing or damaged, in which case it is removed. */
async function readKept(
  cache: ImageCache | undefined,
  key: string,
  perImage: number,
): Promise<Uint16Array<ArrayBuffer> | null> {
  const path = cache?.find(key)
  if (path === undefined) return null
  const bytes = await readFile(path).catch(() => Buffer.alloc(0))
  const length = 2 * perImage
  const isWhole = bytes.length === length + checksumBytes
  if (!isWhole || crc32(bytes.subarray(0, length)) !== bytes.readUInt32LE(length)) {
    cache?.forget(key)
    return null
  }
  // Copied, because halves must be at an even address.
  return new Uint16Array(new Uint8Array(bytes.subarray(0, length)).buffer)
}
