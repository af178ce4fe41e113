/**
 * @file Copies the images of a project into class folders of a new folder, as they are labelled. What a person leaves
 * out and what has no label stays behind; nothing is overwritten, and a copy that is stopped leaves nothing.
 */
import { constants } from 'node:fs'
import { copyFile, readdir, rm, statfs } from 'node:fs/promises'
import { basename, extname, isAbsolute, join, relative } from 'node:path'

import type { CopiedImages } from '../../api/contract/labels.ts'
import type { Project } from '../../api/contract/projects.ts'
import type { Progress } from '../../api/contract/values.ts'
import { withProgress } from '../../api/feed.ts'
import { judge, type CheckedData } from '../../data/check.ts'
import { requireFolderName } from '../../data/class-name.ts'
import { isIgnoredName } from '../../data/file-names.ts'
import type { SkippedFile } from '../../data/finding.ts'
import type { CheckedImage } from '../../data/load.ts'
import { mapParallel } from '../../data/parallel.ts'
import { divideImages } from '../../data/split.ts'
import { AppError, throwIfCancelled } from '../../errors.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { say } from '../../sentence.ts'
import { at } from '../../tensor/shape.ts'
import type { Projects } from '../projects/projects.ts'
import type { ImageFolders } from './image-folders.ts'
import { folderChoiceOf } from './project-labels.ts'

type CopyItem = Progress | { readonly type: 'done'; readonly result: CopiedImages }

/** What is copied where. */
export interface CopyRequest {
  readonly project: string
  /** An empty or new folder. */
  readonly to: string
  /** Whether there are folders `train` and `val` above the class folders. */
  readonly heldBackApart: boolean
}

interface Copy {
  readonly from: string
  /** Below the new folder: its folders, and its name. */
  readonly folders: readonly string[]
  readonly name: string
  readonly bytes: number
}

const filesAtOnce = 4

/**
 * Copies them.
 *
 * @throws AppError `cancelled`, `invalid_input` where the folder is not empty, lies within the images or nothing has a
 *   label, `io` where the disk has no room
 */
export async function* copyImages(
  { projects, folders }: { readonly projects: Projects; readonly folders: ImageFolders },
  { project: id, to, heldBackApart }: CopyRequest,
  signal: AbortSignal,
): AsyncGenerator<CopyItem> {
  const project = await projects.read(id)
  const choice = folderChoiceOf(project)
  const labels = await projects.labels(id)
  const known = folders.known(choice) ?? (await folders.examine(choice, { labels, signal }))
  const copies = copiesOf(judge(known, { labels }), project, heldBackApart)
  await requireFree(to, [choice.folder, ...known.folders.map(({ folder }) => folder.root)])
  await requireRoom(to, copies)
  const failed = yield* withProgress<CopyItem, SkippedFile[]>(async (report) =>
    copyAll(to, copies, {
      signal,
      onProgress: (done) => report({ type: 'progress', done, total: copies.length }),
    }),
  )
  yield { type: 'done', result: { folder: to, copied: copies.length - failed.length, failed } }
}

interface CopyTools {
  readonly signal: AbortSignal
  readonly onProgress: (done: number) => void
}

/** Copies everything or nothing, but for the files that cannot be read. */
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

/** What is copied; names that are taken, in whatever case, get a number. */
function copiesOf(checked: CheckedData, { data, training }: Project, heldBackApart: boolean): Copy[] {
  const split = divideImages(checked, data?.validationSplit ?? 0, training?.seed ?? 0)
  const { root, validation } = checked
  const parts = [
    { root, images: split.training, part: 'train' },
    { root: validation?.root ?? root, images: split.validation, part: 'val' },
  ]
  const taken = new Set<string>()
  const copies = parts.flatMap(({ root: source, images, part }) =>
    images.map((image: CheckedImage): Copy => {
      const className = at(checked.classes, image.label)
      const inFolders = heldBackApart ? [part, className] : [className]
      const name = freeName(inFolders, basename(image.path), taken)
      return { from: join(source, image.path), folders: inFolders, name, bytes: image.bytes }
    }),
  )
  if (copies.length > 0) return copies
  throw new AppError(
    'invalid_input',
    say`No image has a label yet, so there is nothing to copy. Label some first.`,
  )
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
