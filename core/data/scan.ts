/** @file A folder of class folders becomes a list of labelled images. Nothing is decoded here. */
import { opendir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { AppError } from '../errors.ts'
import { at } from '../tensor/shape.ts'
import {
  compareCodePoints,
  dropEmptyClasses,
  listNames,
  matchClasses,
  type DataFolder,
  type ImageEntry,
} from './classes.ts'
import type { Finding, SkippedFile } from './finding.ts'
import { isIgnoredName, isImageName, nameReason } from './file-names.ts'
import { walkClassFolders, type WalkOptions } from './walk.ts'

const trainingNames = ['train', 'training']
const validationNames = ['val', 'valid', 'validation', 'eval']
const testNames = ['test', 'testing']

/**
 * Lists the images of a training folder. Its direct subfolders are the classes, ordered by code point;
 * images inside them count at any depth, hidden and system files are passed over, links are followed.
 * A folder made of `train` and `val` (or `test`) folders of classes gives both, and a finding says so.
 *
 * @throws AppError `not_found` or `invalid_input` where there is no folder, no class folder or only one class
 */
export async function scanFolder(directory: string, options: WalkOptions = {}): Promise<DataFolder> {
  const root = resolve(directory)
  const top = await listTop(root)
  const layout = await findLayout(root, top)
  if (layout !== undefined) return scanLayout(root, layout, options)
  return requireTwoClasses(await readClassFolders(root, top, options))
}

/**
 * Lists the images of a folder that must have the given classes, or some of them: for validation,
 * evaluation and comparison with a trained model. Labels index `classes`.
 *
 * @throws AppError `not_found` or `invalid_input`, also where the folder has an unknown class
 */
export async function scanValidationFolder(
  directory: string,
  classes: readonly string[],
  options: WalkOptions = {},
): Promise<DataFolder> {
  const root = resolve(directory)
  const folder = await readClassFolders(root, await listTop(root), options)
  return matchClasses(classes, folder)
}

/** Names at the top of a folder: those of folders (links to folders included) and of all else. */
interface TopLevel {
  readonly folders: readonly string[]
  readonly others: readonly string[]
}

async function listTop(root: string): Promise<TopLevel> {
  await requireFolder(root)
  const folders: string[] = []
  const others: string[] = []
  for await (const entry of await openFolder(root)) {
    if (isIgnoredName(entry.name)) continue
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await isFolderAt(root, entry.name)))
    if (isFolder) folders.push(entry.name)
    else others.push(entry.name)
  }
  return { folders: folders.sort(compareCodePoints), others: others.sort(compareCodePoints) }
}

async function requireFolder(root: string): Promise<void> {
  const found = await stat(root).catch((error: unknown) => {
    throw AppError.from(error)
  })
  if (!found.isDirectory())
    throw new AppError(
      'invalid_input',
      `${root} is a file. Choose the folder that holds the class folders.`,
      {
        path: root,
      },
    )
}

async function openFolder(root: string): ReturnType<typeof opendir> {
  return opendir(root, { bufferSize: 512 }).catch((error: unknown) => {
    throw AppError.from(error)
  })
}

async function isFolderAt(root: string, name: string): Promise<boolean> {
  // A link that leads nowhere is no folder; it is listed with the other stray entries.
  return stat(join(root, name)).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function readClassFolders(root: string, top: TopLevel, options: WalkOptions): Promise<DataFolder> {
  if (top.folders.length === 0) throw noClassFolders(root, top.others)
  const found = await walkClassFolders(root, top.folders, options)
  const images = found.images.sort(byLabelThenPath)
  const kept = dropEmptyClasses({ classes: top.folders, images })
  if (kept.images.length === 0) throw noImages(root, top.folders, found.skipped.length)
  const skipped = [...found.skipped, ...top.others.map(strayFile)]
  return {
    root,
    classes: kept.classes,
    images: kept.images,
    skipped: skipped.sort((a, b) => compareCodePoints(a.path, b.path)),
    findings: kept.findings,
  }
}

function byLabelThenPath(a: ImageEntry, b: ImageEntry): number {
  return a.label - b.label || compareCodePoints(a.path, b.path)
}

function strayFile(name: string): SkippedFile {
  if (!isImageName(name)) return { path: name, reason: nameReason(name) }
  return { path: name, reason: 'It lies outside the class folders. Move it into the folder of its class.' }
}

function noClassFolders(root: string, others: readonly string[]): AppError {
  const images = others.filter(isImageName).length
  const how = 'Make one folder per class inside it, named after the class, and sort the images into them.'
  const what = images > 0 ? `${images} images but no class folders` : 'no class folders and no images'
  return new AppError('invalid_input', `${root} holds ${what}. ${how}`, { folder: root })
}

function noImages(root: string, folders: readonly string[], skipped: number): AppError {
  const found = skipped === 0 ? 'no files' : `only files that are not images (${skipped})`
  return new AppError(
    'invalid_input',
    `The class folders of ${root} (${listNames(folders)}) hold ${found}. Put images into them: JPEG, PNG, ` +
      `WebP, AVIF, GIF, TIFF, BMP or PPM.`,
    { folder: root },
  )
}

function requireTwoClasses(folder: DataFolder): DataFolder {
  if (folder.classes.length > 1) return folder
  const only = at(folder.classes, 0)
  throw new AppError(
    'invalid_input',
    `${folder.root} has images of only one class, "${only}", and two are needed to tell apart. ` +
      `If the class folders are inside it, choose ${join(folder.root, only)}.`,
    { folder: folder.root, classes: folder.classes },
  )
}

/** Names of the subfolders that hold the training and the validation classes. */
interface Layout {
  readonly training: string
  readonly validation: string
  readonly unused: readonly string[]
}

// Every subfolder must be part of the layout, so that classes that happen to be called "train" or "test" are classes.
async function findLayout(root: string, top: TopLevel): Promise<Layout | undefined> {
  const named = (names: readonly string[]): string | undefined =>
    top.folders.find((name) => names.includes(name.toLowerCase()))
  const training = named(trainingNames)
  const validation = named(validationNames) ?? named(testNames)
  const parts = [...trainingNames, ...validationNames, ...testNames]
  if (training === undefined || validation === undefined) return undefined
  if (!top.folders.every((name) => parts.includes(name.toLowerCase()))) return undefined
  for (const name of [training, validation])
    if ((await listTop(join(root, name))).folders.length === 0) return undefined
  const unused = top.folders.filter((name) => name !== training && name !== validation)
  return { training, validation, unused }
}

async function scanLayout(root: string, layout: Layout, options: WalkOptions): Promise<DataFolder> {
  const training = await scanPart(join(root, layout.training), options)
  const validation = await scanValidationFolder(join(root, layout.validation), training.classes, options)
  const findings: Finding[] = [
    { kind: 'layout', root, training: layout.training, validation: layout.validation },
    ...layout.unused.map((name): Finding => ({ kind: 'unusedFolder', name })),
  ]
  return { ...training, findings: [...findings, ...training.findings], validation }
}

async function scanPart(root: string, options: WalkOptions): Promise<DataFolder> {
  return requireTwoClasses(await readClassFolders(root, await listTop(root), options))
}
