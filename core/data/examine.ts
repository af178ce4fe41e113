/** @file Opens every file of some folders once: which are good, what is known about them, why the others are bad. */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { AppError, throwIfCancelled } from '../errors.ts'
import { say } from '../sentence.ts'
import { openRegularFile } from '../files/regular-file.ts'
import { defaultCacheDirectory } from './cache.ts'
import { openCheckStore, type CheckStore, type FileRecord } from './check-store.ts'
import type { DataFolder, ImageEntry } from './classes.ts'
import { largestValue, renderImage } from './decode.ts'
import type { Finding, SkippedFile } from './finding.ts'
import type { ImageInfo } from './image.ts'
import { inspectImage } from './inspect.ts'
import { thumbnailOf, thumbnailSource } from './near-copies.ts'
import { mapParallel } from './parallel.ts'
import { isUnchanged, statFile } from './regular-file.ts'
import { isUnreadable, unreadable, unreadableReason } from './unreadable.ts'

export interface CheckProgress {
  readonly done: number
  readonly total: number
  readonly bad: number
}

export interface CheckOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined
  /** Where to remember what was checked; by default `defaultCacheDirectory`. */
  readonly cacheDirectory?: string | undefined
}

/** A good file: its position in the list, and what was found out. */
export interface ExaminedImage {
  readonly entry: ImageEntry
  readonly record: FileRecord
}

/** One folder after every file was opened, whatever the order and the labels of its images are. */
export interface Examined {
  readonly folder: DataFolder
  /** Of the good files, by path. */
  readonly records: ReadonlyMap<string, FileRecord>
  readonly bad: readonly SkippedFile[]
}

/** One folder after every file was opened, in the order of its list. */
export interface Examination {
  readonly folder: DataFolder
  readonly good: readonly ExaminedImage[]
  readonly bad: readonly SkippedFile[]
}

// The decoders run in a pool of four threads.
const filesInFlight = 4
const small = { background: [255, 255, 255], size: thumbnailSource } as const
const flatRange = 8

/** The work on one folder: what an earlier check knew, and what this one has found so far. */
interface Work {
  readonly folder: DataFolder
  readonly store: CheckStore
  readonly records: Map<string, FileRecord>
  readonly bad: SkippedFile[]
}

/**
 * Examines all images of all folders. Good files carry a content hash where any other has the same size. What an
 * earlier check knows is not read again. `onFinding` is called if nothing can be remembered.
 *
 * @throws AppError `cancelled`; what was done until then is remembered
 */
export async function examineFolders(
  folders: readonly DataFolder[],
  options: CheckOptions,
  onFinding: (finding: Finding) => void,
): Promise<Examined[]> {
  const directory = options.cacheDirectory ?? defaultCacheDirectory()
  const works: Work[] = []
  for (const folder of folders)
    works.push({ folder, store: await openCheckStore(directory, folder.root), records: new Map(), bad: [] })
  try {
    await examineAll(works, options)
    await hashSameSizes(works, options.signal)
  } catch (error) {
    for (const work of works) await remember(work, [...work.store.earlier.values()], onFinding)
    throw error
  }
  for (const work of works) await remember(work, [], onFinding)
  return works
}

async function examineAll(works: readonly Work[], { signal, onProgress }: CheckOptions): Promise<void> {
  const total = works.reduce((sum, { folder }) => sum + folder.images.length, 0)
  let done = 0
  let bad = 0
  for (const work of works)
    await mapParallel(work.folder.images, filesInFlight, async ({ path }) => {
      throwIfCancelled(signal)
      try {
        work.records.set(path, await examineFile(work, path))
      } catch (error) {
        if (!isUnreadable(error)) throw error
        work.bad.push({ path, reason: unreadableReason(error) })
        bad++
      }
      done++
      onProgress?.({ done, total, bad })
    })
}

/** Decodes the whole file, small; a damaged end is found all the same. */
async function examineFile({ folder, store }: Work, path: string): Promise<FileRecord> {
  const full = resolve(folder.root, path)
  const state = await statFile(full)
  const { bytes, modifiedMs } = state
  const known = store.find(path, bytes, modifiedMs)
  if (known !== undefined) return known
  const { pages, isDeep, ...info } = await inspectImage(full)
  const { data } = await renderImage(full, info, small)
  const thumbnail = Buffer.from(thumbnailOf(data)).toString('base64')
  // What was found out would be remembered under the state of another content.
  if (!(await isUnchanged(full, state)))
    throw unreadable(full, say`It was changed while it was being checked.`)
  const usedBits = isDeep && data.every((level) => level < darkLevels) ? await bitsInUse(full, info) : 16
  return {
    path,
    bytes,
    modifiedMs,
    ...info,
    ...(pages > 1 && { pages }),
    ...(usedBits < 16 && { usedBits }),
    flat: isFlat(data),
    thumbnail,
  }
}

// 14 of 16 bits reach a quarter of the 256 levels. Only then is a file read once more, for its largest value.
const darkLevels = 64

/** Cameras, microscopes and scanners store 12 or 14 bits in files of 16, where they show as nearly black. */
async function bitsInUse(path: string, info: ImageInfo): Promise<number> {
  const most = await largestValue(path, info)
  const bits = Math.ceil(Math.log2(most + 1))
  return most === 0 || bits > 14 ? 16 : bits
}

function isFlat(rgb: Uint8Array): boolean {
  return [0, 1, 2].every((channel) => {
    const values = rgb.filter((_, index) => index % 3 === channel)
    return Math.max(...values) - Math.min(...values) < flatRange
  })
}

// Files of different size cannot be copies, so only few have to be read a second time.
async function hashSameSizes(works: readonly Work[], signal: AbortSignal | undefined): Promise<void> {
  const sizes = new Map<number, number>()
  for (const { records } of works)
    for (const { bytes } of records.values()) sizes.set(bytes, (sizes.get(bytes) ?? 0) + 1)
  for (const { folder, records } of works) {
    const wanted = [...records.values()].filter(
      ({ bytes, hash }) => hash === undefined && sizes.get(bytes) !== 1,
    )
    await mapParallel(wanted, filesInFlight, async (record) => {
      throwIfCancelled(signal)
      records.set(record.path, { ...record, hash: await hashFile(resolve(folder.root, record.path)) })
    })
  }
}

// A file that vanishes in between has no hash; training finds out by itself.
async function hashFile(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    const { handle } = await openRegularFile(path)
    await pipeline(handle.createReadStream(), hash)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

async function remember(
  { store, records }: Work,
  earlier: readonly FileRecord[],
  onFinding: (finding: Finding) => void,
): Promise<void> {
  const all = new Map(earlier.map((record) => [record.path, record]))
  for (const [path, record] of records) all.set(path, record)
  try {
    await store.save(all.values())
  } catch (error) {
    onFinding({ kind: 'notRemembered', reason: AppError.from(error).sentence })
  }
}

/** What was found out about the files of `folder`, which may be labelled otherwise by now. */
export function inOrderOf(folder: DataFolder, { records, bad }: Examined): Examination {
  const good = folder.images.flatMap((entry) => {
    const record = records.get(entry.path)
    return record === undefined ? [] : [{ entry, record }]
  })
  return { folder, good, bad: [...folder.skipped, ...bad] }
}
