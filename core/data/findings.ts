/** @file Finds what is worth knowing about a data set before training on it. */
import { at } from '../tensor/shape.ts'
import type { FileRecord } from './check-store.ts'
import type { AlikeKind, Counted, Finding, Pair, Place } from './finding.ts'
import type { CheckedImage } from './load.ts'
import type { NearCopy } from './near-copies.ts'

/** The images of a folder, with what was found out about each file. */
export interface ExaminedFiles {
  readonly root: string
  readonly classes: readonly string[]
  readonly images: readonly CheckedImage[]
  /** By path. */
  readonly records: ReadonlyMap<string, FileRecord>
}

/** What the findings about a training folder rest on. */
export interface Examined extends ExaminedFiles {
  /** Images per class. */
  readonly counts: readonly number[]
  /** Pairs among these images that look the same without being copies. */
  readonly near: readonly NearCopy<CheckedImage>[]
}

/** Below this many images a class is called small. */
const fewImages = 10
const strongImbalance = 10
/** Enough to see the problem. */
const mostExamples = 100

/** Findings about one folder, most important first. `resolution` is the shorter side of the model's input. */
export function findIn(data: Examined, resolution: number): Finding[] {
  return [
    ...aboutCounts(data),
    ...aboutImbalance(data),
    ...aboutCopies(data),
    ...aboutNearCopies(data),
    ...aboutSmallImages(data, resolution),
    ...aboutFlatImages(data),
    ...findInFiles(data),
  ]
}

/** Findings about the files of any folder: what of them is not used, or not as it is meant. */
export function findInFiles(data: ExaminedFiles): Finding[] {
  return [...aboutNarrowRange(data), ...aboutMorePages(data)]
}

function aboutCounts({ classes, counts }: Examined): Finding[] {
  const single = classes.filter((_, label) => counts[label] === 1)
  const few = classes.filter((_, label) => at(counts, label) > 1 && at(counts, label) < fewImages)
  return [
    ...(single.length > 0 ? [{ kind: 'singleImage', classes: single } as const] : []),
    ...(few.length > 0 ? [{ kind: 'fewImages', classes: few, fewest: fewImages } as const] : []),
  ]
}

function aboutImbalance({ classes, counts }: Examined): Finding[] {
  // There may be more classes than a call takes arguments.
  const most = counts.reduce((a, b) => Math.max(a, b), 0)
  const least = counts.reduce((a, b) => Math.min(a, b), Infinity)
  if (most < strongImbalance * least) return []
  const named = (images: number): Counted => ({ name: at(classes, counts.indexOf(images)), images })
  return [{ kind: 'imbalance', most: named(most), least: named(least) }]
}

/** A finding about pairs, or nothing if there are none. */
export function alikeFinding(kind: AlikeKind, pairs: readonly Pair[]): Finding[] {
  if (pairs.length === 0) return []
  return [{ kind, images: pairs.length, pairs: pairs.slice(0, mostExamples) }]
}

/** Turns an image of a folder into a place. */
export function placeIn(root: string, classes: readonly string[]): (image: CheckedImage) => Place {
  return ({ path, label }) => ({ root, path, label: at(classes, label) })
}

function aboutCopies({ root, classes, images }: Examined): Finding[] {
  const byPath = new Map(images.map((image) => [image.path, image]))
  const copies = images.flatMap((second) => {
    const first = second.duplicateOf === undefined ? undefined : byPath.get(second.duplicateOf)
    return first === undefined ? [] : [{ first, second }]
  })
  return splitByLabel(copies, placeIn(root, classes), 'sameInTwoClasses', 'copies')
}

function aboutNearCopies({ root, classes, near }: Examined): Finding[] {
  return splitByLabel(near, placeIn(root, classes), 'nearInTwoClasses', 'nearCopies')
}

function splitByLabel(
  pairs: readonly NearCopy<CheckedImage>[],
  place: (image: CheckedImage) => Place,
  across: AlikeKind,
  within: AlikeKind,
): Finding[] {
  const placed = (isSame: boolean): Pair[] =>
    pairs
      .filter(({ first, second }) => (first.label === second.label) === isSame)
      .map(({ first, second }) => ({ first: place(first), second: place(second) }))
  return [...alikeFinding(across, placed(false)), ...alikeFinding(within, placed(true))]
}

function aboutSmallImages({ root, classes, images }: Examined, resolution: number): Finding[] {
  const small = images.filter((image) => shorterSide(image) < resolution / 2)
  if (small.length === 0) return []
  const { path, width, height } = small.reduce((a, b) => (shorterSide(b) < shorterSide(a) ? b : a))
  const examples = small.slice(0, mostExamples).map(placeIn(root, classes))
  return [{ kind: 'small', resolution, smallest: { path, width, height }, images: small.length, examples }]
}

function shorterSide({ width, height }: CheckedImage): number {
  return Math.min(width, height)
}

/** The images whose record is so, as a finding has them. */
function someOf(
  { root, classes, images, records }: ExaminedFiles,
  isSo: (record: FileRecord) => boolean,
): { readonly images: number; readonly examples: readonly Place[] } {
  const found = images.filter(({ path }) => {
    const record = records.get(path)
    return record !== undefined && isSo(record)
  })
  return { images: found.length, examples: found.slice(0, mostExamples).map(placeIn(root, classes)) }
}

/** Images of one colour, those left out of which it is known why they look so. */
function aboutFlatImages(data: Examined): Finding[] {
  const some = someOf(data, ({ flat, usedBits }) => flat && usedBits === undefined)
  return some.images === 0 ? [] : [{ kind: 'flat', ...some }]
}

function aboutNarrowRange(data: ExaminedFiles): Finding[] {
  const some = someOf(data, ({ usedBits }) => usedBits !== undefined)
  if (some.images === 0) return []
  const bits = data.images.reduce(
    (most, { path }) => Math.max(most, data.records.get(path)?.usedBits ?? 0),
    0,
  )
  return [{ kind: 'narrowRange', bits, ...some }]
}

function aboutMorePages(data: ExaminedFiles): Finding[] {
  const some = someOf(data, ({ pages = 1 }) => pages > 1)
  return some.images === 0 ? [] : [{ kind: 'morePages', ...some }]
}
