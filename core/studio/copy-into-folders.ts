/**
 * @file Copies images into folders of a new folder: nothing is overwritten, the originals stay as they are, and a copy that is
 * stopped leaves nothing.
 */
import { constants } from 'node:fs'
import { copyFile, readdir, rm, statfs } from 'node:fs/promises'
import { basename, extname, isAbsolute, join, relative } from 'node:path'

import type { Progress } from '../api/contract/values.ts'
import { withProgress } from '../api/feed.ts'
import { requireFolderName } from '../data/class-name.ts'
import { isIgnoredName } from '../data/file-names.ts'
import type { SkippedFile } from '../data/finding.ts'
import { mapParallel } from '../data/parallel.ts'
import { AppError, throwIfCancelled } from '../errors.ts'
import { makeFolder } from '../files/make-folder.ts'
import { say } from '../sentence.ts'
import { at } from '../tensor/shape.ts'

/** One image, and where its copy goes. */
export interface Copy {
  readonly from: string
  /** Below the new folder: its folders, and its name. */
  readonly folders: readonly string[]
  readonly name: string
  readonly bytes: number
}

/** What is copied, and where to. */
export interface CopyJob {
  /** An empty or new folder. */
  readonly to: string
  /** Folders in which the new one must not lie. */
  readonly sources: readonly string[]
  readonly copies: readonly Copy[]
  readonly signal: AbortSignal
}

const filesAtOnce = 4

/**
 * Copies everything or nothing, but for the files that cannot be read, which it gives.
 *
 * @throws AppError `cancelled`, `invalid_input` where the folder is not empty or lies in a source, `io` where the disk has
 *   no room
 */
export async function* copyIntoFolders({
  to,
  sources,
  copies,
  signal,
}: CopyJob): AsyncGenerator<Progress, SkippedFile[]> {
  await requireFree(to, sources)
  await requireRoom(to, copies)
  return yield* withProgress<Progress, SkippedFile[]>(async (report) =>
    copyAll(to, copies, {
      signal,
      onProgress: (done) => report({ type: 'progress', done, total: copies.length }),
    }),
  )
}

interface CopyTools {
  readonly signal: AbortSignal
  readonly onProgress: (done: number) => void
}

async function copyAll(
  to: string,
  copies: readonly Copy[],
  { signal, onProgress }: CopyTools,
): Promise<SkippedFile[]> {
  const failed: SkippedFile[] = []
  let done = 0
  try {
    await mapParallel(copies, filesAtOnce, async (copy) => {
      throwIfCancelled(signal)
      await copyOne(to, copy, failed)
      done++
      onProgress(done)
    })
    return failed
  } catch (error) {
    await removeCopies(to, copies)
    throw error
  }
}

/** Gives every copy a name that is free in its folders, in whatever case: one that is taken gets a number. */
export function createFreeNames(): (folders: readonly string[], name: string) => string {
  const taken = new Set<string>()
  return (folders, name) => freeName(folders, name, taken)
}

function freeName(folders: readonly string[], name: string, taken: Set<string>): string {
  const ending = extname(name)
  const stem = basename(name, ending)
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${stem}-${count}${ending}`
    const key = [...folders, free].join('/').normalize('NFC').toLowerCase()
    if (taken.has(key)) continue
    taken.add(key)
    return free
  }
}

async function requireFree(to: string, sources: readonly string[]): Promise<void> {
  if (!isAbsolute(to)) throw new AppError('invalid_input', say`${to} is no complete path. Choose a folder.`)
  const within = sources.find((source) => isWithin(source, to))
  if (within !== undefined) {
    throw new AppError(
      'invalid_input',
      say`${to} lies within the images themselves (${within}), where the copies would be taken for more of them. Choose a folder elsewhere.`,
    )
  }
  await makeFolder(to)
  const names = (await readdir(to)).filter((name) => !isIgnoredName(name))
  if (names.length === 0) return
  throw new AppError(
    'invalid_input',
    say`${to} is not empty: it holds ${names[0] ?? ''}. Choose an empty or a new folder, so that nothing is mixed up.`,
  )
}

function isWithin(outer: string, inner: string): boolean {
  const way = relative(outer, inner)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

async function requireRoom(to: string, copies: readonly Copy[]): Promise<void> {
  const { bsize, bavail } = await statfs(to)
  const [needed, free] = [copies.reduce((sum, { bytes }) => sum + bytes, 0), bsize * bavail]
  // A disk that is full to the last byte helps nobody.
  if (needed < 0.95 * free) return
  throw new AppError(
    'io',
    say`The images take ${(needed / 1e9).toFixed(1)} GB, and ${(free / 1e9).toFixed(1)} GB are free where ${to} is. Choose a folder on another disk.`,
  )
}

/** What cannot be read says why; a disk that is full ends everything. */
async function copyOne(to: string, { from, folders, name }: Copy, failed: SkippedFile[]): Promise<void> {
  try {
    for (const folder of folders) requireFolderName(folder)
    const target = join(to, ...folders)
    await makeFolder(target)
    await copyFile(from, join(target, name), constants.COPYFILE_EXCL)
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code === 'io' || error.code === 'internal') throw error
    failed.push({ path: from, reason: error.sentence })
  }
}

/** The folder was empty, so that all there is in these folders was copied. */
async function removeCopies(to: string, copies: readonly Copy[]): Promise<void> {
  const tops = new Set(copies.map(({ folders }) => at(folders, 0)))
  for (const top of tops) {
    if (!isWithin(to, join(to, top)) || join(to, top) === to) continue
    await rm(join(to, top), { recursive: true, force: true })
  }
}
