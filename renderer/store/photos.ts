/**
 * @file Every photo of a check with what is known and decided about it, in columns: fifty thousand objects would take a
 * window half a second to build.
 */
import { imageFlags } from '../../core/api/contract/labels.ts'
import { heldOutGroups } from '../../core/data/held-out.ts'
import type { CheckedData, UsedImages } from './data.ts'
import type { Said } from './label-columns.ts'
import type { Photo } from './photo-list.ts'

/** A photo with the name of its kind; null without one. */
export interface KnownPhoto extends Photo {
  readonly kind: string | null
}

/** What a photo may be, as bits of one byte; `fixed` is held back by hand. */
export const marks = { heldBack: 1, copy: 2, suspicious: 4, leftOut: 8, labelled: 16, fixed: 32 } as const

/** The kind of a photo that has none. */
export const noKind = -1

/** All photos in a fixed order; a photo is named by its place in it. */
export interface Photos {
  readonly length: number
  readonly at: (photo: number) => KnownPhoto | undefined
  readonly kinds: readonly string[]
  /** For every photo a place in `kinds`, or `noKind`. */
  readonly kindOf: Int32Array
  /** For every photo its `marks`, added up. */
  readonly marks: Uint8Array
}

/** What a person said, and how training will divide what nobody held back. */
export interface Decisions {
  /** All kinds in order; null as long as only the check has named them. */
  readonly kinds: readonly string[] | null
  readonly said: ReadonlyMap<string, Said>
  /** Share of each kind that is held back where there is no folder for it. */
  readonly share: number
  readonly seed: number
}

/** The photos of a check with what was said since. */
export function photosOf(checked: CheckedData, { kinds, said, share, seed }: Decisions): Photos {
  const { list, validation } = checked
  const names = kinds ?? checked.classes.map(({ name }) => name)
  const known: Known = {
    kinds: names,
    kindOf: new Int32Array(list.length).fill(noKind),
    marks: new Uint8Array(list.length),
  }
  readChecked(known, checked, checked)
  if (validation === null) markHeldBack(known, checked, share, seed)
  else {
    readChecked(known, checked, validation)
    for (const photo of validation.places) mark(known, photo, marks.heldBack)
  }
  markCopies(known, checked)
  markSuspicious(known, checked)
  for (const one of said.values()) readSaid(known, list.find(one.root, one.path), one)
  const at = (photo: number): KnownPhoto | undefined => {
    const one = list.at(photo)
    return one === undefined ? undefined : { ...one, kind: names[known.kindOf[photo] ?? noKind] ?? null }
  }
  return { length: list.length, at, ...known }
}

type Known = Pick<Photos, 'kinds' | 'kindOf' | 'marks'>

function mark({ marks: all }: Known, photo: number | undefined, bit: number): void {
  if (photo !== undefined) all[photo] = (all[photo] ?? 0) | bit
}

/** What the check says of the photos of one folder: used ones in the order of their labels, those put aside one by one. */
function readChecked({ kinds, ...known }: Known, { classes }: CheckedData, folder: UsedImages): void {
  const { images, places, aside } = folder
  const kindOfLabel = classes.map(({ name }) => kinds.indexOf(name))
  for (const [label, start] of images.starts.entries()) {
    const end = images.starts[label + 1] ?? images.length
    for (let index = start; index < end; index++)
      known.kindOf[places[index] ?? 0] = kindOfLabel[label] ?? noKind
  }
  for (const [index, photo] of aside.places.entries()) {
    known.kindOf[photo] = kindOfLabel[aside.labels[index] ?? noKind] ?? noKind
    const flags = aside.flags[index] ?? 0
    if ((flags & imageFlags.leftOut) !== 0) mark({ kinds, ...known }, photo, marks.leftOut)
  }
}

/** The split of a training with this share and seed, by the same rule. */
function markHeldBack(known: Known, checked: CheckedData, share: number, seed: number): void {
  const { images, places, groups, classes, classGroups } = checked
  // A training knows only the kinds that have photos.
  let place = -1
  for (const [label, { images: count }] of classes.entries()) {
    if (count > 0) place++
    const { sizes = [], heldBack } = classGroups[label] ?? {}
    const held = heldOutGroups(sizes.length, share, seed, place, heldBack)
    const found = new Map<number, number>()
    const start = images.starts[label] ?? 0
    for (let index = start; index < start + count; index++) {
      const first = groups[index] ?? index
      const group = found.get(first) ?? found.size
      found.set(first, group)
      if (held.has(group)) mark(known, places[index], marks.heldBack)
    }
  }
}

/** Both sides of every group are copies of one another, exact or near. */
function markCopies(known: Known, { places, groups }: CheckedData): void {
  for (const [index, first] of groups.entries()) {
    if (first === index) continue
    mark(known, places[index], marks.copy)
    mark(known, places[first], marks.copy)
  }
}

/** The same photo, or almost, in two kinds. */
function markSuspicious(known: Known, { warnings, list }: CheckedData): void {
  for (const one of warnings) {
    if (one.kind !== 'sameInTwoClasses' && one.kind !== 'nearInTwoClasses') continue
    for (const { first, second } of one.pairs) {
      for (const { root, path } of [first, second]) mark(known, list.find(root, path), marks.suspicious)
    }
  }
}

/** What was said last counts, whether the photos were checked since or not. */
function readSaid(
  { kinds, kindOf, marks: all }: Known,
  photo: number | undefined,
  { label, flags }: Said,
): void {
  if (photo === undefined) return
  kindOf[photo] = label === null ? noKind : kinds.indexOf(label)
  const before = (all[photo] ?? 0) & ~(marks.leftOut | marks.labelled | marks.fixed)
  const isFixed = (flags & imageFlags.heldBack) !== 0
  all[photo] =
    before |
    ((flags & imageFlags.leftOut) === 0 ? 0 : marks.leftOut) |
    ((flags & imageFlags.labelled) === 0 ? 0 : marks.labelled) |
    (isFixed ? marks.fixed | marks.heldBack : 0)
}
