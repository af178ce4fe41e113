/**
 * @file The data set as training gets it: every image was opened once, the good ones are listed, and so is every file
 * that is not used, with its reason. Bad files never stop anything.
 */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import {
  compareCodePoints,
  countByClass,
  dropEmptyClasses,
  keepClasses,
  type DataFolder,
  type ImageEntry,
} from './classes.ts'
import type { Correction } from './correction.ts'
import { applyCorrections } from './corrections.ts'
import type { FileRecord } from './check-store.ts'
import { examineFolders, type CheckOptions, type ExaminedImage, type Examination } from './examine.ts'
import type { Finding, SkippedFile } from './finding.ts'
import { alikeFinding, findIn, findInFiles, placeIn } from './findings.ts'
import type { CheckedImage } from './load.ts'
import {
  findNearCopies,
  groupNearCopies,
  type NearCopies,
  type NearCopy,
  type Fingerprinted,
} from './near-copies.ts'
import { scanFolder, scanValidationFolder } from './scan.ts'

/** The good images of one folder, ordered by label, then path, and every file that is not used. */
export interface CheckedFolder {
  readonly root: string
  readonly classes: readonly string[]
  readonly images: readonly CheckedImage[]
  /** Images per class. */
  readonly counts: readonly number[]
  readonly bad: readonly SkippedFile[]
  readonly findings: readonly Finding[]
}

/**
 * A training folder; `validation` is present if validation images were given or are beside the training images.
 * `findings` are those about both.
 */
export interface CheckedData extends CheckedFolder {
  readonly validation?: CheckedFolder
}

export interface CheckDataOptions extends CheckOptions {
  readonly validationDirectory?: string | undefined
  /** Shorter side of the model's input in pixels, for the warning about small images. Default 224. */
  readonly resolution?: number | undefined
  readonly corrections?: readonly Correction[] | undefined
}

/**
 * Scans and checks a training folder, and a validation folder if one is given. Bad files are listed, classes
 * without a good image left out with a warning.
 *
 * @throws AppError as `scanFolder` does, and `cancelled`; never because of a bad file
 */
export async function checkData(directory: string, options: CheckDataOptions = {}): Promise<CheckedData> {
  const folders = await scanBoth(directory, options)
  const findings: Finding[] = []
  const examined = await examineFolders(folders, options, (finding) => findings.push(finding))
  const [own, held] = [at(examined, 0), examined[1]]
  const near = withoutUsual(
    await findNearCopies(seenIn(own), held === undefined ? [] : seenIn(held), options.signal),
    own,
  )
  const training = toTraining(own, near.within, findings, options.resolution ?? 224)
  if (held === undefined) return training
  const validation = toValidation(held, training.classes)
  const leaks = [
    ...leakFinding('leakedCopies', copiesAcross(own, held), training, validation),
    ...leakFinding('leakedNearCopies', near.across, training, validation),
  ]
  return {
    ...training,
    findings: [...training.findings, ...validation.findings, ...leaks],
    validation,
  }
}

/** The training folder, and the validation folder if there is one, with corrected labels. */
async function scanBoth(directory: string, options: CheckDataOptions): Promise<DataFolder[]> {
  const { signal, validationDirectory, corrections = [] } = options
  const folder = applyCorrections(await scanFolder(directory, { signal }), corrections)
  if (validationDirectory === undefined) {
    return folder.validation === undefined ? [folder] : [folder, folder.validation]
  }
  const validation = await scanValidationFolder(validationDirectory, folder.classes, { signal })
  return [folder, applyCorrections(validation, corrections)]
}

/**
 * Checks a folder that has been scanned, such as evaluation data with the labels of a model's classes.
 *
 * @throws AppError `cancelled`; never because of a bad file
 */
export async function checkFolder(folder: DataFolder, options: CheckOptions = {}): Promise<CheckedFolder> {
  const findings: Finding[] = []
  const examined = await examineFolders([folder], options, (finding) => findings.push(finding))
  const checked = toValidation(at(examined, 0), folder.classes)
  return { ...checked, findings: [...checked.findings, ...findings] }
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
    say`Two classes with usable images are needed, and ${data.root} has ${data.classes.length}; ${data.bad.length} files in it cannot be used.${example}`,
    { folder: data.root, classes: data.classes },
  )
}

type Near = readonly NearCopy<ImageEntry>[]

// Images of almost a single colour look alike without being alike.
function seenIn({ good }: Examination): Fingerprinted<ImageEntry>[] {
  return good
    .filter(({ record }) => !record.flat)
    .map(({ entry, record }) => ({
      image: entry,
      thumbnail: Buffer.from(record.thumbnail, 'base64'),
      content: record.hash,
    }))
}

/** If most images look like another one, that is the nature of these images and not worth reporting. */
function withoutUsual(near: NearCopies<ImageEntry>, { good }: Examination): NearCopies<ImageEntry> {
  return 2 * near.within.length > good.length ? { within: [], across: [] } : near
}

function toTraining(
  examined: Examination,
  near: Near,
  findings: readonly Finding[],
  resolution: number,
): CheckedFolder {
  const { folder, good } = examined
  const all = toImages(examined)
  const kept = dropEmptyClasses({ root: folder.root, classes: folder.classes, images: all })
  const counts = countByClass(kept.classes, kept.images)
  const pairs = imagePairs(near, kept.images, kept.images)
  const images = withGroups(kept.images, pairs, counts)
  const about = {
    root: folder.root,
    classes: kept.classes,
    counts,
    images,
    records: recordsOf(good),
    near: pairs,
  }
  const found = findIn(about, resolution)
  return toFolder(examined, kept.classes, images, [...kept.findings, ...found, ...findings])
}

/** Pairs as images of two folders; those of which one is not used are left out. */
function imagePairs(
  near: Near,
  firsts: readonly CheckedImage[],
  seconds: readonly CheckedImage[],
): NearCopy<CheckedImage>[] {
  const firstByPath = new Map(firsts.map((image) => [image.path, image]))
  const secondByPath = new Map(seconds.map((image) => [image.path, image]))
  return near.flatMap((pair) => {
    const [first, second] = [firstByPath.get(pair.first.path), secondByPath.get(pair.second.path)]
    return first === undefined || second === undefined ? [] : [{ first, second }]
  })
}

/** At most this share of a class is kept together for looking alike. */
const largestGroup = 0.1

/** Images of one class that look alike get a common group, by which they stay together when images are held out. */
function withGroups(
  images: readonly CheckedImage[],
  pairs: readonly NearCopy<CheckedImage>[],
  counts: readonly number[],
): CheckedImage[] {
  const byPath = new Map(images.map((image) => [image.path, image]))
  // Exact copies are in one group anyway, that of the first of them.
  const originalOf = (image: CheckedImage): CheckedImage => byPath.get(image.duplicateOf ?? '') ?? image
  const groups = groupNearCopies(
    pairs
      .map(({ first, second }) => ({ first: originalOf(first), second: originalOf(second) }))
      .filter(({ first, second }) => first !== second && first.label === second.label),
    ({ label }) => Math.max(2, largestGroup * at(counts, label)),
  )
  return images.map((image) => {
    const group = groups.get(originalOf(image))
    return group === undefined ? image : { ...image, group: group.path }
  })
}

function toValidation(examined: Examination, classes: readonly string[]): CheckedFolder {
  const all = toImages(examined)
  const images = keepClasses({ classes: examined.folder.classes, images: all }, classes)
  const lost = all.length - images.length
  const { folder, good } = examined
  return toFolder(examined, classes, images, [
    ...(lost === 0 ? [] : [{ kind: 'onlyValidation', images: lost } as const]),
    ...findInFiles({ root: folder.root, classes, images, records: recordsOf(good) }),
  ])
}

function recordsOf(good: readonly ExaminedImage[]): ReadonlyMap<string, FileRecord> {
  return new Map(good.map(({ entry, record }) => [entry.path, record]))
}

function toFolder(
  { folder, bad }: Examination,
  classes: readonly string[],
  images: readonly CheckedImage[],
  findings: readonly Finding[],
): CheckedFolder {
  return {
    root: folder.root,
    classes,
    images,
    counts: countByClass(classes, images),
    bad: [...bad].sort((a, b) => compareCodePoints(a.path, b.path)),
    findings: [...folder.findings, ...findings],
  }
}

function toImages({ good }: Examination): CheckedImage[] {
  const firsts = new Map<string, string>()
  return good.map(({ entry, record }) => {
    const { hash, flat: _flat, thumbnail: _thumbnail, pages: _pages, usedBits: _usedBits, ...known } = record
    const image = { ...known, ...entry }
    if (hash === undefined) return image
    const duplicateOf = firsts.get(hash)
    if (duplicateOf === undefined) firsts.set(hash, entry.path)
    return duplicateOf === undefined ? image : { ...image, duplicateOf }
  })
}

/** Held-back images whose exact content is also trained on. */
function copiesAcross(own: Examination, held: Examination): NearCopy<ImageEntry>[] {
  const known = new Map(own.good.map(({ entry, record }) => [record.hash, entry]))
  known.delete(undefined)
  return held.good.flatMap(({ entry, record }) => {
    const first = known.get(record.hash)
    return first === undefined ? [] : [{ first, second: entry }]
  })
}

function leakFinding(
  kind: 'leakedCopies' | 'leakedNearCopies',
  near: Near,
  training: CheckedFolder,
  validation: CheckedFolder,
): Finding[] {
  const learned = placeIn(training.root, training.classes)
  const held = placeIn(validation.root, validation.classes)
  const pairs = imagePairs(near, training.images, validation.images)
  return alikeFinding(
    kind,
    pairs.map(({ first, second }) => ({ first: learned(first), second: held(second) })),
  )
}
