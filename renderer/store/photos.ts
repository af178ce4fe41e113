/**
 * @file Every photo of a check with what is known and decided about it, in columns: fifty thousand objects would take a
 * window half a second to build.
 */
import { imageFlags, type LabelledFile } from '../../core/api/contract/labels.ts'
import { heldOutGroups } from '../../core/data/held-out.ts'
import type { CheckedData } from './data.ts'

/** A photo, by its folder and the path in it; sizes in pixels. */
export interface Photo {
  readonly root: string
  readonly path: string
  readonly width: number
  readonly height: number
}

/** What a photo may be, as bits of one byte. */
export const marks = { heldBack: 1, copy: 2, suspicious: 4, leftOut: 8, corrected: 16 } as const

/** The kind of a photo that has none. */
export const noKind = -1

/** All photos in a fixed order; a photo is named by its place in it. */
export interface Photos {
  readonly length: number
  readonly at: (photo: number) => Photo | undefined
  /** The place of a photo; undefined where it is not among them. */
  readonly find: (root: string, path: string) => number | undefined
  readonly kinds: readonly string[]
  /** For every photo a place in `kinds`, or `noKind`. */
  readonly kindOf: Int32Array
  /** For every photo its `marks`, added up. */
  readonly marks: Uint8Array
}

/**
 * The photos of a check, those of a validation folder last.
 *
 * @param share of each class that is held back where there is no folder for it
 */
export function photosOf(
  checked: CheckedData,
  corrections: readonly LabelledFile[],
  share: number,
  seed: number,
): Photos {
  const { root, classes, images, validation } = checked
  const length = images.length + (validation?.images.length ?? 0)
  const kindOf = new Int32Array(length)
  const found = new Uint8Array(length)
  fillKinds(kindOf, images.starts, 0, images.length)
  if (validation === null) markHeldBack(found, checked, share, seed)
  else {
    fillKinds(kindOf, validation.images.starts, images.length, length)
    found.fill(marks.heldBack, images.length)
  }
  markCopies(found, checked)
  const at = (photo: number): Photo | undefined => {
    const isOwn = photo < images.length
    const image = isOwn ? images.at(photo) : validation?.images.at(photo - images.length)
    if (image === undefined) return undefined
    const { path, width, height } = image
    return { root: isOwn ? root : (validation?.root ?? root), path, width, height }
  }
  const find = createFinder(length, at)
  for (const { pairs } of checked.warnings.flatMap((one) =>
    'pairs' in one && isSuspicious(one) ? [one] : [],
  )) {
    for (const place of pairs.flatMap(({ first, second }) => [first, second])) {
      const photo = find(place.root, place.path)
      if (photo !== undefined) found[photo] = (found[photo] ?? 0) | marks.suspicious
    }
  }
  for (const one of corrections) {
    const photo = find(one.root, one.path)
    if (photo !== undefined) found[photo] = (found[photo] ?? 0) | marks.corrected
  }
  return { length, at, find, kinds: classes.map(({ name }) => name), kindOf, marks: found }
}

function isSuspicious({ kind }: CheckedData['warnings'][number]): boolean {
  return kind === 'sameInTwoClasses' || kind === 'nearInTwoClasses'
}

/** Images are ordered by label, so that their starts say every label. */
function fillKinds(kindOf: Int32Array, starts: readonly number[], offset: number, end: number): void {
  for (const [kind, start] of starts.entries()) {
    kindOf.fill(kind, offset + start, Math.min(end, offset + (starts[kind + 1] ?? end)))
  }
}

/** The split of a training with this share and seed, by the same rule. */
function markHeldBack(
  found: Uint8Array,
  { images, groups, flags }: CheckedData,
  share: number,
  seed: number,
): void {
  // A training knows only classes with images.
  let label = -1
  for (const [kind, start] of images.starts.entries()) {
    const end = images.starts[kind + 1] ?? images.length
    if (end > start) label++
    const places = new Map<number, number>()
    const byHand = new Set<number>()
    for (let photo = start; photo < end; photo++) {
      const first = groups[photo] ?? photo
      const place = places.get(first) ?? places.size
      places.set(first, place)
      if (((flags[photo] ?? 0) & imageFlags.heldBack) !== 0) byHand.add(place)
    }
    const held = heldOutGroups(places.size, share, seed, label, byHand)
    for (let photo = start; photo < end; photo++) {
      if (held.has(places.get(groups[photo] ?? photo) ?? -1))
        found[photo] = (found[photo] ?? 0) | marks.heldBack
    }
  }
}

/** Both sides of every group are copies of one another, exact or near. */
function markCopies(found: Uint8Array, { groups }: CheckedData): void {
  for (const [photo, first] of groups.entries()) {
    if (first === photo) continue
    found[photo] = (found[photo] ?? 0) | marks.copy
    found[first] = (found[first] ?? 0) | marks.copy
  }
}

/** Finds photos by their paths; what it needs for that is built the first time. */
function createFinder(length: number, at: Photos['at']): Photos['find'] {
  let places: Map<string, number> | null = null
  return (root, path) => {
    places ??= new Map(
      Array.from({ length }, (_, photo) => {
        const one = at(photo)
        return [`${one?.root ?? ''}//${one?.path ?? ''}`, photo] as const
      }),
    )
    return places.get(`${root}//${path}`)
  }
}
