/**
 * @file Photos that are worth a look before training: those most like them are of one other kind, or almost the same
 * photo is in another kind, or on both sides of the split.
 */
import type { CheckedData } from './data.ts'
import type { PlacedPhotos } from './placed-photos.ts'
import { marks, noKind, type Photos } from './photos.ts'

/** A photo whose label the photos most like it contradict. */
export interface Doubt {
  readonly photo: number
  /** The kind that most of them have, a place in `kinds`. */
  readonly suggested: number
  /** How many of them have it. */
  readonly votes: number
  /** How many of them were considered. */
  readonly of: number
  /** Their share, each weighted by how alike it is, from 0 to 1. */
  readonly share: number
}

/** Two photos that are almost, or exactly, the same. */
export interface LookAlikes {
  readonly first: number
  readonly second: number
  /** In two kinds, or one learned from (the first) and the other held back. */
  readonly problem: 'kinds' | 'split'
}

const leastShare = 0.7
/** Fewer others of its own kind say too little about a photo. */
const fewestOwn = 3

/**
 * Photos at least 70 % of whose nearest neighbours are of one other kind, by number as by similarity; the largest share
 * first. A photo of a small kind cannot have more neighbours of it than there are, so no more are considered.
 */
export function doubtfulPhotos(photos: Photos, placed: PlacedPhotos): Doubt[] {
  const sizes = kindSizes(photos)
  const doubts: Doubt[] = []
  for (let photo = 0; photo < photos.length; photo++) {
    if (!isUsed(photos, photo)) continue
    const own = photos.kindOf[photo] ?? noKind
    const others = (sizes[own] ?? 0) - 1
    if (others < fewestOwn) continue
    const doubt = doubtOf(photos, placed, photo, Math.min(placed.count, others))
    if (doubt !== null && doubt.suggested !== own) doubts.push(doubt)
  }
  return doubts.sort((a, b) => b.share - a.share || b.of - a.of || a.photo - b.photo)
}

function kindSizes(photos: Photos): Uint32Array {
  const sizes = new Uint32Array(photos.kinds.length)
  for (let photo = 0; photo < photos.length; photo++) {
    const kind = photos.kindOf[photo] ?? noKind
    if (isUsed(photos, photo)) sizes[kind] = (sizes[kind] ?? 0) + 1
  }
  return sizes
}

/** Labelled, and not left out. */
function isUsed(photos: Photos, photo: number): boolean {
  return (photos.kindOf[photo] ?? noKind) !== noKind && ((photos.marks[photo] ?? 0) & marks.leftOut) === 0
}

/** The kind that the nearest `most` neighbours agree on; null where they do not. */
function doubtOf(photos: Photos, placed: PlacedPhotos, photo: number, most: number): Doubt | null {
  const votes = new Map<number, { number: number; weight: number }>()
  let [of, weight] = [0, 0]
  for (const { photo: other, similarity } of nearestOf(photos, placed, photo, most)) {
    const kind = photos.kindOf[other] ?? noKind
    const before = votes.get(kind) ?? { number: 0, weight: 0 }
    votes.set(kind, { number: before.number + 1, weight: before.weight + similarity })
    of++
    weight += similarity
  }
  if (of < fewestOwn || weight <= 0) return null
  for (const [suggested, { number, weight: own }] of votes) {
    const share = own / weight
    if (number >= leastShare * of && share >= leastShare)
      return { photo, suggested, votes: number, of, share }
  }
  return null
}

/** The labelled photos most like a photo, the most alike first, `most` of them at most. */
export function nearestOf(
  photos: Photos,
  { neighbours, similarities, count }: PlacedPhotos,
  photo: number,
  most: number,
): { readonly photo: number; readonly similarity: number }[] {
  const nearest = []
  for (let i = photo * count; i < (photo + 1) * count && nearest.length < most; i++) {
    const other = neighbours[i] ?? -1
    if (other < 0 || !isUsed(photos, other)) continue
    nearest.push({ photo: other, similarity: Math.max(0, similarities[i] ?? 0) })
  }
  return nearest
}

/** Of the pairs that the check found, those that are still in two kinds or on both sides of the split. */
export function lookAlikesOf({ warnings, list }: CheckedData, photos: Photos): LookAlikes[] {
  return warnings.flatMap((warning) => {
    const problem = problemOf[warning.kind]
    if (problem === undefined || !('pairs' in warning)) return []
    return warning.pairs.flatMap((pair) => {
      const first = list.find(pair.first.root, pair.first.path)
      const second = list.find(pair.second.root, pair.second.path)
      if (first === undefined || second === undefined) return []
      if (!isUsed(photos, first) || !isUsed(photos, second)) return []
      const isSettled = problem === 'kinds' && photos.kindOf[first] === photos.kindOf[second]
      return isSettled ? [] : [{ first, second, problem }]
    })
  })
}

const problemOf: { readonly [kind: string]: LookAlikes['problem'] | undefined } = {
  sameInTwoClasses: 'kinds',
  nearInTwoClasses: 'kinds',
  leakedCopies: 'split',
  leakedNearCopies: 'split',
}

/** Names what a person may say is right: these photos with these kinds. With another kind it is another question. */
export function questionOf(photos: Photos, ...concerned: readonly number[]): string {
  return JSON.stringify(
    concerned.map((photo) => {
      const { root, path, kind } = photos.at(photo) ?? { root: '', path: '', kind: null }
      return [root, path, kind]
    }),
  )
}
