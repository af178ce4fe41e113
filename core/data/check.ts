/**
 * @file The data set as training gets it: every image was opened once, the good ones are listed, and so is every file
 * that is not used, with its reason. Bad files never stop anything.
 */
import { AppError, invariant } from '../errors.ts'
import { say } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import {
  compareCodePoints,
  countByClass,
  dropEmptyClasses,
  keepClasses,
  listNames,
  matchClasses,
  noLabel,
  type DataFolder,
  type ImageEntry,
} from './classes.ts'
import { applyLabels } from './apply-labels.ts'
import type { FileRecord } from './check-store.ts'
import {
  examineFolders,
  inOrderOf,
  type CheckOptions,
  type Examination,
  type Examined,
  type ExaminedImage,
} from './examine.ts'
import type { Finding, SkippedFile } from './finding.ts'
import { alikeFinding, findIn, findInFiles, placeIn } from './findings.ts'
import { leftOutFinding } from './left-out.ts'
import type { Labels } from './labels.ts'
import type { CheckedImage } from './load.ts'
import {
  findNearCopies,
  groupNearCopies,
  type NearCopies,
  type NearCopy,
  type Fingerprinted,
} from './near-copies.ts'
import { scanFolder, scanHeldBack, scanToLabel, withAdded } from './scan.ts'

/** The good images of one folder, ordered by label, then path, and every file that is not used. */
export interface CheckedFolder {
  readonly root: string
  readonly classes: readonly string[]
  readonly images: readonly CheckedImage[]
  /** Images per class. */
  readonly counts: readonly number[]
  readonly bad: readonly SkippedFile[]
  readonly findings: readonly Finding[]
  /** Good images that are not used, because nobody said what they show, or because a person leaves them out. */
  readonly aside: readonly AsideImage[]
  /** Classes of which no image is used, in the order of their names. */
  readonly unused: readonly string[]
}

/** An image that is not used. */
export interface AsideImage extends CheckedImage {
  /** Null where it has no label. */
  readonly className: string | null
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
  /** What a person said of the images. With it, even if it is nothing, the images need not be in class folders. */
  readonly labels?: Labels | undefined
}

/** Folders of which every file was opened, whatever the images' labels: a training folder, and perhaps a validation folder. */
export interface ExaminedData {
  readonly folders: readonly Examined[]
  readonly near: NearCopies<string>
  readonly findings: readonly Finding[]
}

/**
 * Scans and checks a training folder, and a validation folder if one is given. Bad files are listed, classes
 * without a good image left out with a warning.
 *
 * @throws AppError as `scanFolder` does, and `cancelled`; never because of a bad file
 */
export async function checkData(directory: string, options: CheckDataOptions = {}): Promise<CheckedData> {
  return judge(await examineData(directory, options), options)
}

/**
 * Scans the folders and opens every file once, which is all that does not depend on the labels.
 *
 * @throws AppError as `checkData`
 */
export async function examineData(directory: string, options: CheckDataOptions = {}): Promise<ExaminedData> {
  const folders = await scanBoth(directory, options)
  // A folder whose classes do not fit is refused before anything is opened.
  labelled(folders, options.labels)
  const findings: Finding[] = []
  const examined = await examineFolders(folders, options, (finding) => findings.push(finding))
  const [own, held] = [at(examined, 0), examined[1]]
  const near = await findNearCopies(seenIn(own), held === undefined ? [] : seenIn(held), options.signal)
  return { folders: examined, near: withoutUsual(near, own), findings }
}

/**
 * What a check says of folders that were examined, with the labels as they are: no file is opened.
 *
 * @throws AppError `invalid_input` where a validation folder has other classes
 */
export function judge(
  { folders, near, findings }: ExaminedData,
  { labels, resolution = 224 }: Pick<CheckDataOptions, 'labels' | 'resolution'>,
): CheckedData {
  const named = labelled(
    folders.map(({ folder }) => folder),
    labels,
  )
  const [own, held] = folders.map((one, index) => inOrderOf(at(named, index), one))
  invariant(own !== undefined, () => 'no folder was examined')
  const training = toTraining(own, near.within, { findings, resolution, made: labels?.made ?? [] })
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

/** The training folder, and the validation folder if there is one; labels index the classes of each. */
async function scanBoth(directory: string, options: CheckDataOptions): Promise<DataFolder[]> {
  const { signal, validationDirectory, labels } = options
  const scanTraining = labels === undefined ? scanFolder : scanToLabel
  const { validation: brought, ...found } = await scanTraining(directory, { signal })
  const folder = withAdded(found, labels?.added)
  const validation =
    validationDirectory === undefined
      ? brought
      : await scanHeldBack(validationDirectory, folder.classes, { signal })
  return validation === undefined ? [folder] : [folder, validation]
}

/** The folders with the labels that a person gave, those of the validation folder in the order of the training classes. */
function labelled([training, validation]: readonly DataFolder[], labels: Labels | undefined): DataFolder[] {
  invariant(training !== undefined, () => 'no folder was scanned')
  const apply = (folder: DataFolder): DataFolder =>
    labels === undefined ? folder : applyLabels(folder, labels)
  const own = apply(training)
  return validation === undefined ? [own] : [own, matchClasses(own.classes, apply(validation))]
}

/**
 * Checks a folder that has been scanned, such as evaluation data with the labels of a model's classes.
 *
 * @throws AppError `cancelled`; never because of a bad file
 */
export async function checkFolder(folder: DataFolder, options: CheckOptions = {}): Promise<CheckedFolder> {
  const findings: Finding[] = []
  const examined = await examineFolders([folder], options, (finding) => findings.push(finding))
  const checked = toValidation(inOrderOf(folder, at(examined, 0)), folder.classes)
  return { ...checked, findings: [...checked.findings, ...findings] }
}

/**
 * Makes sure that there is something to learn.
 *
 * @throws AppError `invalid_input` where fewer than two classes have a good image
 */
export function requireTwoClasses(data: CheckedFolder): void {
  if (data.classes.length > 1) return
  const unlabelled = data.aside.filter(
    ({ label, said }) => label === noLabel && said?.leftOut !== true,
  ).length
  if (unlabelled > 0) throw tooFewLabels(data, unlabelled)
  const first = data.bad[0]
  const told = say`Two classes with usable images are needed, and ${data.root} has ${data.classes.length}; ${data.bad.length} files in it cannot be used.`
  throw new AppError(
    'invalid_input',
    first === undefined ? told : say`${told} The first: ${first.path}: ${first.reason}`,
    { folder: data.root, classes: data.classes },
  )
}

function tooFewLabels({ root, classes, counts }: CheckedFolder, unlabelled: number): AppError {
  const [only] = classes
  const so =
    only === undefined
      ? say`none has a label yet`
      : say`only “${only}” has labelled images (${counts[0] ?? 0})`
  return new AppError(
    'invalid_input',
    say`Images of at least two kinds are needed, and in ${root} ${so}; ${unlabelled} images have no label. Label a few of each kind; about 20 of each make a result that can be relied on.`,
    { folder: root, classes, unlabelled },
  )
}

/**
 * Makes sure that every class is learned from something.
 *
 * @throws AppError `invalid_input` where all images of a class are held back by a person
 */
export function requireTrainingImages({ classes }: CheckedFolder, training: readonly ImageEntry[]): void {
  const counts = countByClass(classes, training)
  const without = classes.filter((_, label) => counts[label] === 0)
  if (without.length === 0) return
  throw new AppError(
    'invalid_input',
    say`All images of ${listNames(without)} are held back, so that there is nothing to learn from. Give some of them back to training.`,
    { classes: without },
  )
}

type Near = readonly NearCopy<string>[]

// Images of almost a single colour look alike without being alike.
function seenIn({ folder, records }: Examined): Fingerprinted<string>[] {
  return folder.images.flatMap(({ path }) => {
    const record = records.get(path)
    if (record === undefined || record.flat) return []
    return [{ image: path, thumbnail: Buffer.from(record.thumbnail, 'base64'), content: record.hash }]
  })
}

/** If most images look like another one, that is the nature of these images and not worth reporting. */
function withoutUsual(near: NearCopies<string>, { records }: Examined): NearCopies<string> {
  return 2 * near.within.length > records.size ? { within: [], across: [] } : near
}

/** What a training folder is judged by, besides its images. */
interface Judging {
  readonly findings: readonly Finding[]
  readonly resolution: number
  /** Classes that a person made, which may well be empty yet. */
  readonly made: readonly string[]
}

function toTraining(examined: Examination, near: Near, judging: Judging): CheckedFolder {
  const { folder, good } = examined
  const { used, aside } = sortedOut(examined)
  const kept = dropEmptyClasses({ root: folder.root, classes: folder.classes, images: used })
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
  const empty = kept.findings.filter((one) => one.kind !== 'emptyClass' || !judging.made.includes(one.name))
  const findings = [...empty, ...findIn(about, judging.resolution), ...judging.findings]
  return toFolder(examined, { classes: kept.classes, images, aside }, findings)
}

function isUsed({ label, said }: ImageEntry): boolean {
  return label !== noLabel && said?.leftOut !== true
}

/** Good images that are used, and those that are not. */
function sortedOut({ folder, good }: Examination): {
  readonly used: CheckedImage[]
  readonly aside: AsideImage[]
} {
  return {
    used: toImages(good.filter(({ entry }) => isUsed(entry))),
    aside: toImages(good.filter(({ entry }) => !isUsed(entry))).map((image) => ({
      ...image,
      className: folder.classes[image.label] ?? null,
    })),
  }
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
    const [first, second] = [firstByPath.get(pair.first), secondByPath.get(pair.second)]
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
  const { folder, good } = examined
  const { used, aside } = sortedOut(examined)
  const images = keepClasses({ classes: folder.classes, images: used }, classes)
  const lost = used.length - images.length
  return toFolder(examined, { classes, images, aside }, [
    ...(lost === 0 ? [] : [{ kind: 'onlyValidation', images: lost } as const]),
    ...findInFiles({ root: folder.root, classes, images, records: recordsOf(good) }),
  ])
}

function recordsOf(good: readonly ExaminedImage[]): ReadonlyMap<string, FileRecord> {
  return new Map(good.map(({ entry, record }) => [entry.path, record]))
}

function toFolder(
  { folder, bad, good }: Examination,
  { classes, images, aside }: Pick<CheckedFolder, 'classes' | 'images' | 'aside'>,
  findings: readonly Finding[],
): CheckedFolder {
  const sorted = [...bad].sort((a, b) => compareCodePoints(a.path, b.path))
  return {
    root: folder.root,
    classes,
    images,
    counts: countByClass(classes, images),
    bad: sorted,
    findings: [...leftOutFinding(folder.root, sorted, good.length), ...folder.findings, ...findings],
    aside,
    unused: folder.classes.filter((name) => !classes.includes(name)),
  }
}

function toImages(good: readonly ExaminedImage[]): CheckedImage[] {
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
function copiesAcross(own: Examination, held: Examination): NearCopy<string>[] {
  const known = new Map(own.good.map(({ entry, record }) => [record.hash, entry.path]))
  known.delete(undefined)
  return held.good.flatMap(({ entry, record }) => {
    const first = known.get(record.hash)
    return first === undefined ? [] : [{ first, second: entry.path }]
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
