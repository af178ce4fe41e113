/** @file Classes and their order: names sorted once by code point, labels are indices into that list. */
import { AppError } from '../errors.ts'
import { say, outside, type Sentence } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import type { Finding, SkippedFile } from './finding.ts'
import type { Mark } from './labels.ts'

/** One image and what it shows: `label` is an index into the classes of its folder. */
export interface ImageEntry {
  /** Relative to the folder's root, with `/` between the parts. */
  readonly path: string
  /** `noLabel` in a folder that is yet to be labelled. */
  readonly label: number
  /** What a person said of it, if anything. */
  readonly said?: Mark | undefined
}

/** The label of an image that has none. */
export const noLabel = -1

/** A folder of class folders, listed; no image has been opened yet. Images are ordered by label, then path. */
export interface DataFolder {
  /** Absolute. */
  readonly root: string
  readonly classes: readonly string[]
  readonly images: readonly ImageEntry[]
  readonly skipped: readonly SkippedFile[]
  readonly findings: readonly Finding[]
  /** Present where the folder brings its own validation images; labels index the same classes. */
  readonly validation?: DataFolder
}

/** Orders strings by Unicode code point, as Python's `sorted` does, on every machine and in every language. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left === right) continue
    // A surrogate stands for a code point above every plain unit, though its own value is smaller than some.
    const leftHigh = isSurrogate(left)
    return leftHigh === isSurrogate(right) ? left - right : leftHigh ? 1 : -1
  }
  return a.length - b.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

/** Images per class. */
export function countByClass(classes: readonly string[], images: readonly ImageEntry[]): number[] {
  const counts = new Array<number>(classes.length).fill(0)
  for (const { label } of images) if (label !== noLabel) counts[label] = at(counts, label) + 1
  return counts
}

/** Some classes and the images that belong to them. */
export interface ClassImages<T extends ImageEntry> {
  readonly classes: readonly string[]
  readonly images: readonly T[]
}

function relabel<T extends ImageEntry>(
  from: ClassImages<T>,
  labelOf: (name: string) => number | undefined,
): T[] {
  const labels = from.classes.map(labelOf)
  const images = from.images.flatMap((image) => {
    const label = image.label === noLabel ? noLabel : labels[image.label]
    return label === undefined ? [] : [{ ...image, label }]
  })
  return images.sort((a, b) => a.label - b.label)
}

/** The images of those of `from.classes` that are in `classes`, labelled by their position there. */
export function keepClasses<T extends ImageEntry>(from: ClassImages<T>, classes: readonly string[]): T[] {
  const target = new Map(classes.map((name, label) => [name, label]))
  return relabel(from, (name) => target.get(name))
}

/** Leaves out the classes without an image, with a finding for each; labels are renumbered. */
export function dropEmptyClasses<T extends ImageEntry>(
  from: ClassImages<T> & { readonly root: string },
): ClassImages<T> & { findings: Finding[] } {
  const counts = countByClass(from.classes, from.images)
  const empty = from.classes.filter((_, label) => counts[label] === 0)
  if (empty.length === 0) return { ...from, findings: [] }
  const classes = from.classes.filter((_, label) => counts[label] !== 0)
  const findings = empty.map((name): Finding => ({ kind: 'emptyClass', root: from.root, name }))
  return { classes, images: keepClasses(from, classes), findings }
}

/**
 * A validation folder with its labels in the order of the training classes. Names are compared as
 * normalised text, because disks of different systems store accents differently.
 *
 * @throws AppError `invalid_input` where the folder has a class that the training data lack
 */
export function matchClasses(classes: readonly string[], folder: DataFolder): DataFolder {
  const labels = new Map(classes.map((name, label) => [sameName(name), label]))
  const labelOf = (name: string): number | undefined => labels.get(sameName(name))
  const unknown = folder.classes.filter((name) => labelOf(name) === undefined)
  if (unknown.length > 0)
    throw new AppError(
      'invalid_input',
      say`${folder.root} has class folders that are not among the classes of the model or training data: ${listNames(unknown)}. Known classes: ${listNames(classes)}. Rename or remove what does not belong.`,
      { folder: folder.root, unknown, classes },
    )
  const present = new Set(folder.classes.map(sameName))
  const missing = classes.filter((name) => !present.has(sameName(name)))
  // That a class is empty is said by its being missing.
  const findings = folder.findings.filter(
    (finding) => finding.kind !== 'emptyClass' || labelOf(finding.name) === undefined,
  )
  if (missing.length > 0) findings.push({ kind: 'missingClasses', root: folder.root, classes: missing })
  return { ...folder, classes, images: relabel(folder, labelOf), findings }
}

/** `"a", "b" and "c"`; long lists are cut after ten. */
export function listNames(names: readonly string[]): Sentence {
  const quoted = names.slice(0, 10).map((name) => `"${name}"`)
  if (names.length > 10) return say`${quoted.join(', ')} and ${names.length - 10} more`
  if (quoted.length < 2) return outside(quoted.join(''))
  return say`${quoted.slice(0, -1).join(', ')} and ${at(quoted, -1)}`
}

function sameName(name: string): string {
  return name.normalize('NFC')
}
