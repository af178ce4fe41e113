/**
 * @file Moves images whose labels a person gave into the folders of their classes, when asked to. A project may come from
 * someone else, and its labels name files: nothing but images of its own folders is touched, and nothing overwritten.
 */
import { lstat, open, readdir, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join, sep } from 'node:path'

import { AppError, throwIfCancelled } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { makeFolder } from '../../files/make-folder.ts'
import type { LabelledFile, MovedFiles } from '../../api/contract/labels.ts'
import type { Progress } from '../../api/contract/values.ts'
import { requireFolderName } from '../../data/class-name.ts'
import { withSaid } from '../../data/label-changes.ts'
import { classNames, marksOf, toSaid, type ClassNames, type Labels, type Mark } from '../../data/labels.ts'
import { inside } from '../path-inside.ts'
import type { Projects } from '../projects/projects.ts'
import type { ImageFolders, ListedFolders } from './image-folders.ts'
import { folderChoiceOf } from './project-labels.ts'

type MoveItem = Progress | { readonly type: 'done'; readonly result: MovedFiles }

/**
 * Moves those of `seen` that are labelled so by now; what cannot be moved says why, and keeps its label.
 *
 * @throws AppError `cancelled`, `invalid_input` where the project has no images
 */
export async function* moveFiles(
  { projects, folders }: { readonly projects: Projects; readonly folders: ImageFolders },
  project: string,
  seen: readonly LabelledFile[],
  signal: AbortSignal,
): AsyncGenerator<MoveItem> {
  const choice = folderChoiceOf(await projects.read(project))
  const listed = await folders.listAgain(choice, signal)
  const labels = await projects.labels(project)
  const isOwn = ownFiles(listed, labels)
  const result: MovedFiles = { moved: [], failed: [] }
  for (const [done, file] of seen.entries()) {
    throwIfCancelled(signal)
    const outcome = await moveFile(file, { isOwn, nameOf: classNames(labels) })
    if ('to' in outcome) {
      result.moved.push(outcome)
      await projects.changeLabels(project, (before) => withMoved(before, file, outcome.to))
    } else result.failed.push(outcome)
    yield { type: 'progress', done: done + 1, total: seen.length }
  }
  await folders.listAgain(choice, signal)
  yield { type: 'done', result }
}

/** Whether a file is an image of these folders, and has this label. */
function ownFiles(listed: ListedFolders, labels: Labels): (file: LabelledFile) => boolean {
  const marks = marksOf(labels.images)
  const paths = new Map(listed.map(({ root, images }) => [root, new Set(images.map(({ path }) => path))]))
  return ({ root, path, label }) =>
    paths.get(root)?.has(path) === true && marks.get(root)?.get(path)?.label === label
}

/** What was said of a file that was moved: its folder says its label now. */
function withMoved(labels: Labels, { root, path }: LabelledFile, to: string): Labels {
  const { label: _, ...mark } = marksOf(labels.images).get(root)?.get(path) ?? {}
  const moved = to
    .slice(root.length + 1)
    .split(sep)
    .join('/')
  const [said] = toSaid(new Map([[root, new Map<string, Mark>([[moved, mark]])]]))
  const nothing = Object.keys(mark).length === 0 ? [path, moved] : [path]
  const images = said === undefined ? [] : [{ ...said, nothing }]
  return withSaid(labels, { ...labels, images })
}

/** The result of one file. */
type Outcome = MovedFiles['moved'][number] | MovedFiles['failed'][number]

/** What may be moved, and what the classes of folders are called. */
interface Moving {
  readonly isOwn: (file: LabelledFile) => boolean
  readonly nameOf: ClassNames
}

/** Moves a file; a name that is taken gets a number. */
async function moveFile(file: LabelledFile, { isOwn, nameOf }: Moving): Promise<Outcome> {
  const { root, path, label } = file
  const from = join(root, path)
  try {
    if (!isOwn(file)) throw notOwn(file)
    await requirePlainFile(root, from)
    const folder = await classFolder(root, label, nameOf)
    const to = await reserve(folder, basename(path))
    // The name is ours by now, as an empty file: renaming over it overwrites nothing.
    await rename(from, to).catch(async (error: unknown) => {
      await rm(to, { force: true })
      throw error
    })
    return { from, to }
  } catch (thrown) {
    return { path: from, reason: AppError.from(thrown).sentence }
  }
}

function notOwn({ label }: LabelledFile): AppError {
  return new AppError(
    'invalid_input',
    say`It is no image of this project's folder, or is not labelled “${label}” any more.`,
  )
}

/** A link may lead anywhere: only a file that really is below the folder is moved. */
async function requirePlainFile(root: string, file: string): Promise<void> {
  const [info, folder] = [await lstat(file), await realpath(dirname(file))]
  const real = await realpath(root)
  if (info.isFile() && (folder === real || folder.startsWith(real + sep))) return
  throw new AppError('unsupported', say`It is a link, or lies behind one. Move it yourself if that is right.`)
}

/**
 * The folder whose images have this label. Disks of different systems store accents differently, so the folder that
 * exists counts, not how its name is encoded.
 */
async function classFolder(root: string, label: string, nameOf: ClassNames): Promise<string> {
  const names = await readdir(root)
  const isSame = (name: string | null): boolean => name?.normalize('NFC') === label.normalize('NFC')
  const known = names.filter((name) => isSame(nameOf(name)))
  const name = known.find(isSame) ?? known[0] ?? label
  if (!isSame(nameOf(name))) {
    throw new AppError(
      'invalid_input',
      say`The images in the folder “${name}” are called “${nameOf(name) ?? ''}” now. Rename one of the two.`,
    )
  }
  requireFolderName(name)
  const folder = inside(root, name)
  await makeFolder(folder)
  if ((await realpath(folder)) === join(await realpath(root), name)) return folder
  throw new AppError('unsupported', say`${folder} is a link. Move the file yourself if that is right.`)
}

async function reserve(folder: string, name: string): Promise<string> {
  const extension = extname(name)
  const stem = basename(name, extension)
  for (let count = 1; ; count++) {
    const path = join(folder, count === 1 ? name : `${stem}-${count}${extension}`)
    try {
      await (await open(path, 'wx')).close()
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
