/** @file Holding out a part of every class for validation, the same part for the same seed. */
import { invariant } from '../errors.ts'
import { forkRandom, shuffled } from '../tensor/random.ts'
import { compareCodePoints, type ImageEntry } from './classes.ts'
import { heldOutGroups } from './held-out.ts'

/** What splitting needs to know of an image. Images with the same `group`, `duplicateOf` or path stay on one side. */
export interface SplitEntry extends ImageEntry {
  /** Identifies images that look alike, if there are any; it takes precedence over `duplicateOf`. */
  readonly group?: string | undefined
  /** Path of the first image with the very same content, where there is one. */
  readonly duplicateOf?: string | undefined
}

/** Two disjoint lists that together hold every image, each ordered by label, then path. */
export interface Split<T> {
  readonly training: readonly T[]
  readonly validation: readonly T[]
}

/**
 * A stratified split: about `fraction` of every class goes to validation, at least one image and never all;
 * a class with one image stays in training. What a person holds back is part of it. Exact duplicates and images that look alike are never separated. Depends on the set of
 * images and the seed only, not on their order.
 *
 * @param fraction in [0, 1); 0 holds nothing out
 */
export function splitImages<T extends SplitEntry>(
  images: readonly T[],
  fraction: number,
  seed: number,
): Split<T> {
  invariant(fraction >= 0 && fraction < 1, () => `split fraction ${fraction} outside [0, 1)`)
  const training: T[] = []
  const validation: T[] = []
  for (const [label, members] of byLabel(images)) {
    const placeOf = placesOf(members)
    const place = (image: T): number => placeOf.get(contentOf(image)) ?? -1
    const byHand = new Set(members.filter(({ said }) => said?.heldBack === true).map(place))
    const held = heldOutGroups(placeOf.size, fraction, seed, label, byHand)
    for (const image of members) {
      const isHeld = held.has(place(image))
      ;(isHeld ? validation : training).push(image)
    }
  }
  return { training, validation }
}

/** Images with a validation folder or without. */
export interface Divisible<T> {
  readonly images: readonly T[]
  readonly validation?: { readonly images: readonly T[] }
}

/** What is trained on and what is held out: the validation folder's images, or else a share of each class. */
export function divideImages<T extends SplitEntry>(
  { images, validation }: Divisible<T>,
  fraction: number,
  seed: number,
): Split<T> {
  return validation === undefined
    ? splitImages(images, fraction, seed)
    : { training: images, validation: validation.images }
}

/**
 * For every image the index of the first one that it is never separated from, which is its own for most.
 *
 * @param images ordered by label, then path
 */
export function firstsOfGroups(images: readonly SplitEntry[]): number[] {
  const firsts = new Map<string, number>()
  return images.map((image, index) => {
    const key = keyOf(image.label, contentOf(image))
    const first = firsts.get(key) ?? index
    if (first === index) firsts.set(key, index)
    return first
  })
}

/**
 * For every image the fold, 0 to `folds` − 1, in which it is held out: about as many of every class in each. Exact
 * duplicates and images that look alike are in one fold. Depends on the set of images and the seed only.
 */
export function foldsOf(images: readonly SplitEntry[], folds: number, seed: number): number[] {
  const foldOf = new Map<string, number>()
  let next = 0
  for (const [label, members] of byLabel(images)) {
    const contents = shuffled([...new Set(members.map(contentOf))], forkRandom(seed, label))
    // Each class goes on where the one before ended, so that small classes do not all fall into the first folds.
    for (const content of contents) foldOf.set(keyOf(label, content), next++ % folds)
  }
  return images.map((image) => foldOf.get(keyOf(image.label, contentOf(image))) ?? 0)
}

function keyOf(label: number, content: string): string {
  return `${label} ${content}`
}

function byLabel<T extends SplitEntry>(images: readonly T[]): Map<number, T[]> {
  const sorted = [...images].sort((a, b) => a.label - b.label || compareCodePoints(a.path, b.path))
  const groups = new Map<number, T[]>()
  for (const image of sorted) {
    const group = groups.get(image.label)
    if (group === undefined) groups.set(image.label, [image])
    else group.push(image)
  }
  return groups
}

function contentOf(image: SplitEntry): string {
  return image.group ?? image.duplicateOf ?? image.path
}

/** The groups of a class and their places in the order of the path of their first image. */
function placesOf(members: readonly SplitEntry[]): Map<string, number> {
  return new Map([...new Set(members.map(contentOf))].map((content, place) => [content, place]))
}
