/**
 * @file The data set as training gets it: every image was opened once, the good ones are listed, and so is every file
 * that is not used, with its reason. Bad files never stop anything.
 */
import { AppError } from '../errors.ts'
import { at } from '../tensor/shape.ts'
import {
  compareCodePoints,
  countByClass,
  dropEmptyClasses,
  keepClasses,
  type DataFolder,
  type SkippedFile,
} from './classes.ts'
import { examineFolders, type CheckOptions, type Examination } from './examine.ts'
import { aboutLeaks, findWarnings } from './findings.ts'
import type { CheckedImage } from './load.ts'
import { scanFolder, scanValidationFolder } from './scan.ts'

/** The good images of one folder, ordered by label, then path, and every file that is not used. */
export interface CheckedFolder {
  readonly root: string
  readonly classes: readonly string[]
  readonly images: readonly CheckedImage[]
  /** Images per class. */
  readonly counts: readonly number[]
  readonly bad: readonly SkippedFile[]
  readonly warnings: readonly string[]
}

/**
 * A training folder; `validation` is there where validation images were given or lie beside the training images.
 * `warnings` are those about both.
 */
export interface CheckedData extends CheckedFolder {
  readonly validation?: CheckedFolder
}

export interface CheckDataOptions extends CheckOptions {
  readonly validationDirectory?: string | undefined
  /** Shorter side of the model's input in pixels, for the warning about small images. Default 224. */
  readonly resolution?: number | undefined
}

/**
 * Scans and checks a training folder, and a validation folder if one is given. Bad files are listed, classes
 * without a good image left out with a warning.
 *
 * @throws AppError as `scanFolder` does, and `cancelled`; never because of a bad file
 */
export async function checkData(directory: string, options: CheckDataOptions = {}): Promise<CheckedData> {
  const { signal, validationDirectory } = options
  const folder = await scanFolder(directory, { signal })
  const validationFolder =
    validationDirectory === undefined
      ? folder.validation
      : await scanValidationFolder(validationDirectory, folder.classes, { signal })
  const warnings: string[] = []
  const folders = validationFolder === undefined ? [folder] : [folder, validationFolder]
  const examined = await examineFolders(folders, options, (message) => warnings.push(message))
  const training = toTraining(at(examined, 0), warnings, options.resolution ?? 224)
  if (examined.length === 1) return training
  const validation = toValidation(at(examined, 1), training.classes)
  const leaks = findLeaks(at(examined, 0), at(examined, 1))
  return {
    ...training,
    warnings: [...training.warnings, ...validation.warnings, ...aboutLeaks(leaks)],
    validation,
  }
}

/**
 * Checks a folder that was scanned already, such as evaluation data with the labels of a model's classes.
 *
 * @throws AppError `cancelled`; never because of a bad file
 */
export async function checkFolder(folder: DataFolder, options: CheckOptions = {}): Promise<CheckedFolder> {
  const warnings: string[] = []
  const examined = await examineFolders([folder], options, (message) => warnings.push(message))
  const checked = toValidation(at(examined, 0), folder.classes)
  return { ...checked, warnings: [...checked.warnings, ...warnings] }
}

/**
 * Makes sure that there is something to learn.
 *
 * @throws AppError `invalid_input` where fewer than two classes have a good image
 */
export function requireTwoClasses(data: CheckedFolder): void {
  if (data.classes.length > 1) return
  const first = data.bad[0]
  const example = first === undefined ? '' : ` The first: ${first.path}: ${first.reason}`
  throw new AppError(
    'invalid_input',
    `Two classes with usable images are needed, and ${data.root} has ${data.classes.length}; ` +
      `${data.bad.length} files in it cannot be used.${example}`,
    { folder: data.root, classes: data.classes },
  )
}

function toTraining(examined: Examination, warnings: readonly string[], resolution: number): CheckedFolder {
  const { folder, good } = examined
  const kept = dropEmptyClasses({ classes: folder.classes, images: toImages(examined) })
  const counts = countByClass(kept.classes, kept.images)
  const flat = good.filter(({ record }) => record.flat).map(({ entry }) => entry.path)
  const findings = findWarnings({ ...kept, counts, flat }, resolution)
  return toFolder(examined, kept.classes, kept.images, [...kept.warnings, ...findings, ...warnings])
}

function toValidation(examined: Examination, classes: readonly string[]): CheckedFolder {
  const all = toImages(examined)
  const images = keepClasses({ classes: examined.folder.classes, images: all }, classes)
  const lost = all.length - images.length
  const warnings =
    lost === 0 ? [] : [`${lost} images of classes without training images are not used for validation.`]
  return toFolder(examined, classes, images, warnings)
}

function toFolder(
  { folder, bad }: Examination,
  classes: readonly string[],
  images: readonly CheckedImage[],
  warnings: readonly string[],
): CheckedFolder {
  return {
    root: folder.root,
    classes,
    images,
    counts: countByClass(classes, images),
    bad: [...bad].sort((a, b) => compareCodePoints(a.path, b.path)),
    warnings: [...folder.warnings, ...warnings],
  }
}

function toImages({ good }: Examination): CheckedImage[] {
  const firsts = new Map<string, string>()
  return good.map(({ entry, record }) => {
    const { width, height, format, bytes, modifiedMs, hash } = record
    const image = { ...entry, width, height, format, bytes, modifiedMs }
    if (hash === undefined) return image
    const duplicateOf = firsts.get(hash)
    if (duplicateOf === undefined) firsts.set(hash, entry.path)
    return duplicateOf === undefined ? image : { ...image, duplicateOf }
  })
}

function findLeaks(
  training: Examination,
  validation: Examination,
): { training: string; validation: string }[] {
  const known = new Map(training.good.map(({ entry, record }) => [record.hash, entry.path]))
  known.delete(undefined)
  return validation.good.flatMap(({ entry, record }) => {
    const original = known.get(record.hash)
    return original === undefined ? [] : [{ training: original, validation: entry.path }]
  })
}
