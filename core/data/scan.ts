/** @file A folder of class folders becomes a list of labelled images. Nothing is decoded here. */
import { join, resolve } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import {
  compareCodePoints,
  dropEmptyClasses,
  listNames,
  matchClasses,
  noLabel,
  type DataFolder,
  type ImageEntry,
} from './classes.ts'
import type { Finding, SkippedFile } from './finding.ts'
import { nameReason } from './file-names.ts'
import { isImageName } from './image-names.ts'
import { findLayout, findNestedClasses, innerFolder, partsInsideClasses, type Layout } from './layout.ts'
import { listTop, type TopLevel } from './top-level.ts'
import { walkClassFolders, type WalkOptions } from './walk.ts'

/**
 * Lists the images of a training folder. Its direct subfolders are the classes, ordered by code point; images inside
 * them count at any depth, hidden and system files are skipped, links are followed. Where they lie further in, or in
 * parts of a split (`train` and `val`, `training_set` and `test_set`, …), they are found there, and a finding says so;
 * so does one where folders are taken for classes that may not be meant so.
 *
 * @throws AppError `not_found` or `invalid_input` where there is no folder, no class folder or only one class
 */
export async function scanFolder(directory: string, options: WalkOptions = {}): Promise<DataFolder> {
  const { validation, ...folder } = await scan(directory, { ...options, unsorted: false })
  return validation === undefined
    ? folder
    : { ...folder, validation: matchClasses(folder.classes, validation) }
}

/**
 * Lists the images of a folder that a person is going to label: as `scanFolder`, but images outside of the class folders
 * are images without a label, there may be any number of classes, empty ones among them, and the labels of a validation
 * folder that it brings index that folder's own classes.
 *
 * @throws AppError `not_found` or `invalid_input` where there is no folder or no image in it
 */
export async function scanToLabel(directory: string, options: WalkOptions = {}): Promise<DataFolder> {
  return scan(directory, { ...options, unsorted: true })
}

/** The folder with photos that a person added from elsewhere: their paths are absolute, and they have no label by themselves. */
export function withAdded(folder: DataFolder, added: readonly string[] = []): DataFolder {
  const images = added.map((path): ImageEntry => ({ path, label: noLabel }))
  return { ...folder, images: [...folder.images, ...images] }
}

interface ScanOptions extends WalkOptions {
  /** Whether images need not lie in class folders. */
  readonly unsorted: boolean
}

/** The labels of a validation folder index its own classes. */
async function scan(directory: string, options: ScanOptions): Promise<DataFolder> {
  const root = resolve(directory)
  const top = await listTop(root)
  const inner = (await innerFolder(root, top)) ?? (options.unsorted ? onlyFolder(top) : undefined)
  if (inner !== undefined) {
    const folder = await scan(join(root, inner), options)
    return { ...folder, findings: [{ kind: 'innerFolder', root, folder: inner }, ...folder.findings] }
  }
  const layout = await findLayout(root, top)
  if (layout !== undefined) return scanLayout(root, layout, options)
  const nested = await findNestedClasses(root, top)
  const folder = await readTraining(root, top, options)
  const parts = partsInsideClasses(folder.images)
  return {
    ...folder,
    findings: [
      ...(nested === undefined ? [] : [{ kind: 'nestedClasses', root, ...nested } as const]),
      ...(parts.length === 0 ? [] : [{ kind: 'splitInside', root, folders: parts } as const]),
      ...folder.findings,
    ],
  }
}

/** A folder alone tells nothing apart, so its name is no class. */
function onlyFolder({ folders, others }: TopLevel): string | undefined {
  return folders.length === 1 && !others.some(isImageName) ? folders[0] : undefined
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
  return matchClasses(classes, await scanHeldBack(directory, classes, options))
}

/**
 * Lists the images of a validation folder. Its labels index its own classes; those of the training images are known to
 * tell where its class folders are.
 *
 * @throws AppError `not_found` or `invalid_input`
 */
export async function scanHeldBack(
  directory: string,
  classes: readonly string[],
  options: WalkOptions = {},
): Promise<DataFolder> {
  const root = resolve(directory)
  const top = await listTop(root)
  const isClass = top.folders.some((name) => classes.includes(name))
  const inner = isClass ? undefined : await innerFolder(root, top)
  if (inner !== undefined) return scanHeldBack(join(root, inner), classes, options)
  if (!isClass) await refuseParts(root, top)
  return readClassFolders(root, top, options)
}

/** Which part of a split is meant, only the person can say. */
async function refuseParts(root: string, top: TopLevel): Promise<void> {
  const layout = await findLayout(root, top)
  if (layout === undefined) return
  const { training, validation } = layout
  throw new AppError(
    'invalid_input',
    say`${root} consists of the parts of a data set (${listNames(top.folders)}). Choose the one you mean, such as ${join(root, validation ?? training)}.`,
    { folder: root },
  )
}

async function readClassFolders(root: string, top: TopLevel, options: WalkOptions): Promise<DataFolder> {
  if (top.folders.length === 0) throw noClassFolders(root, top.others)
  const found = await walkClassFolders(root, top.folders, options)
  const images = found.images.sort(byLabelThenPath)
  const kept = dropEmptyClasses({ root, classes: top.folders, images })
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

/** The class folders of a training folder, and where images need not be sorted the loose ones too. */
async function readTraining(root: string, top: TopLevel, options: ScanOptions): Promise<DataFolder> {
  if (!options.unsorted) return requireTwoClasses(await readClassFolders(root, top, options))
  const loose = top.others.filter(isImageName)
  if (top.folders.length === 0 && loose.length === 0) throw noClassFolders(root, top.others)
  const found = await walkClassFolders(root, top.folders, options, loose)
  if (found.images.length === 0) throw noImages(root, top.folders, found.skipped.length)
  const strays = top.others.filter((name) => !isImageName(name)).map(strayFile)
  return {
    root,
    classes: top.folders,
    images: found.images.sort(byLabelThenPath),
    skipped: [...found.skipped, ...strays].sort((a, b) => compareCodePoints(a.path, b.path)),
    findings: [],
  }
}

function byLabelThenPath(a: ImageEntry, b: ImageEntry): number {
  return a.label - b.label || compareCodePoints(a.path, b.path)
}

function strayFile(name: string): SkippedFile {
  if (!isImageName(name)) return { path: name, reason: nameReason(name) }
  return { path: name, reason: say`It is outside the class folders. Move it into the folder of its class.` }
}

function noClassFolders(root: string, others: readonly string[]): AppError {
  const images = others.filter(isImageName).length
  const how = say`Make one folder per class inside it, named after the class, and sort the images into them; on the command line, --labels takes a table of file names and labels instead.`
  const what =
    images > 0
      ? say`${root} contains ${images} images but no class folders.`
      : say`${root} contains no class folders and no images.`
  return new AppError('invalid_input', say`${what} ${how}`, { folder: root })
}

function noImages(root: string, folders: readonly string[], skipped: number): AppError {
  const kinds = say`Put images into them: JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF, BMP or PPM.`
  const names = listNames(folders)
  const found =
    skipped === 0
      ? say`The class folders of ${root} (${names}) contain no files.`
      : say`The class folders of ${root} (${names}) contain only files that are not images (${skipped}).`
  return new AppError('invalid_input', say`${found} ${kinds}`, { folder: root })
}

function requireTwoClasses(folder: DataFolder): DataFolder {
  if (folder.classes.length > 1) return folder
  const only = at(folder.classes, 0)
  throw new AppError(
    'invalid_input',
    say`${folder.root} has images of only one class, "${only}", and two are needed to tell apart. If the class folders are inside it, choose ${join(folder.root, only)}.`,
    { folder: folder.root, classes: folder.classes },
  )
}

async function scanLayout(root: string, layout: Layout, options: ScanOptions): Promise<DataFolder> {
  const { training: trainingPath, validation: validationPath, unused } = layout
  const inside = join(root, trainingPath)
  const training = await readTraining(inside, await listTop(inside), options)
  const findings: Finding[] = [
    { kind: 'layout', root, training: trainingPath, validation: validationPath },
    ...unused.map((one): Finding => ({ kind: 'unusedFolder', root, ...one })),
    ...training.findings,
  ]
  if (validationPath === null) return { ...training, findings }
  const validation = await scanHeldBack(join(root, validationPath), training.classes, options)
  return { ...training, findings, validation }
}
