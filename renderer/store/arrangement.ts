/** @file Which photos the wall shows, and in what order: filtered by what they are, grouped by kind or mixed. */
import { marks, noKind, type Photos } from './photos.ts'

/** The chips: photos that have something in common besides their kind. */
export const traits = ['unlabelled', 'heldBack', 'copies', 'suspicious', 'leftOut'] as const
export type Trait = (typeof traits)[number]

export const groupings = ['kind', 'mixed'] as const
export type Grouping = (typeof groupings)[number]

/** What is shown; everything that is not left out where nothing is chosen. */
export interface WallFilter {
  /** Kinds by name; empty for all. */
  readonly kinds: readonly string[]
  readonly trait: Trait | null
}

/** Consecutive photos under a heading; `kind` is null where all kinds are mixed. */
export interface PhotoSection {
  readonly kind: number | null
  /** Photos without a kind: those of which the model is unsure, or that are suggested `kind`, the surest first. */
  readonly guess?: 'unsure' | 'suggested'
  /** How many of the suggested are sure enough to be accepted at once. */
  readonly sure?: number
  /** Place of its first photo in the order. */
  readonly start: number
  readonly count: number
}

/** The photos that are shown, in order. */
export interface Arrangement {
  readonly order: Uint32Array
  readonly sections: readonly PhotoSection[]
}

/** Suggestions at least as probable as this can be accepted all at once. */
const surelyRight = 0.85
/** Those that are less probable than this are asked singly. */
const unsure = 0.5
const mostUnsure = 24

/** What is suggested for a photo; null if nothing is. */
export type GuessOf = (photo: number) => { readonly kind: number; readonly probability: number } | null

/** The photos of a filter: those without a kind first, then kind by kind; or as they come. */
export function arrange(
  photos: Photos,
  filter: WallFilter,
  grouping: Grouping,
  guessOf: GuessOf | null = null,
): Arrangement {
  const shown = wanted(photos, filter)
  if (grouping === 'mixed') {
    const order = scattered(shown)
    return { order, sections: order.length === 0 ? [] : [{ kind: null, start: 0, count: order.length }] }
  }
  const sorted = byKind(photos, shown)
  return guessOf === null ? sorted : withGuesses(sorted, guessOf)
}

/** Divides the photos without a kind, which come first: the unsure ones, each suggested kind, and the rest. */
function withGuesses({ order, sections }: Arrangement, guessOf: GuessOf): Arrangement {
  const [first, ...others] = sections
  if (first?.kind !== noKind) return { order, sections }
  const guessed = [...order.subarray(0, first.count)].map((photo) => ({ photo, guess: guessOf(photo) }))
  const probabilityOf = ({ guess }: (typeof guessed)[number]): number => guess?.probability ?? -1
  const known = guessed.filter(({ guess }) => guess !== null && guess.kind !== noKind)
  const open = known
    .filter((one) => probabilityOf(one) < unsure)
    .sort((a, b) => probabilityOf(a) - probabilityOf(b))
    .slice(0, mostUnsure)
  const asked = new Set(open)
  const rest = known
    .filter((one) => !asked.has(one))
    .sort((a, b) => (a.guess?.kind ?? 0) - (b.guess?.kind ?? 0) || probabilityOf(b) - probabilityOf(a))
  const unknown = guessed.filter(({ guess }) => guess === null || guess.kind === noKind)
  const parts: PhotoSection[] = []
  let start = 0
  const add = (count: number, part: Omit<PhotoSection, 'start' | 'count'>): void => {
    if (count > 0) parts.push({ ...part, start, count })
    start += count
  }
  add(open.length, { kind: noKind, guess: 'unsure' })
  for (const kind of new Set(rest.map(({ guess }) => guess?.kind ?? noKind))) {
    const own = rest.filter(({ guess }) => guess?.kind === kind)
    const sure = own.filter((one) => probabilityOf(one) >= surelyRight).length
    add(own.length, { kind, guess: 'suggested', sure })
  }
  add(unknown.length, { kind: noKind })
  const next = order.slice()
  for (const [place, { photo }] of [...open, ...rest, ...unknown].entries()) next[place] = photo
  return { order: next, sections: [...parts, ...others] }
}

function wanted(photos: Photos, { kinds, trait }: WallFilter): Uint32Array {
  const chosen = new Set(kinds.map((name) => photos.kinds.indexOf(name)))
  const shown = new Uint32Array(photos.length)
  let length = 0
  for (let photo = 0; photo < photos.length; photo++) {
    const kind = photos.kindOf[photo] ?? noKind
    if (chosen.size > 0 && !chosen.has(kind)) continue
    if (hasTrait(photos.marks[photo] ?? 0, kind, trait)) shown[length++] = photo
  }
  return shown.subarray(0, length)
}

function hasTrait(found: number, kind: number, trait: Trait | null): boolean {
  if (trait === 'leftOut') return (found & marks.leftOut) !== 0
  if ((found & marks.leftOut) !== 0) return false
  switch (trait) {
    case null:
      return true
    case 'unlabelled':
      return kind === noKind
    case 'heldBack':
      return kind !== noKind && (found & marks.heldBack) !== 0
    case 'copies':
      return (found & marks.copy) !== 0
    case 'suspicious':
      return (found & marks.suspicious) !== 0
    default:
      return trait
  }
}

/** A counting sort: the order within a kind stays. */
function byKind(photos: Photos, shown: Uint32Array): Arrangement {
  const counts = new Uint32Array(photos.kinds.length + 1)
  const slotOf = (photo: number): number => (photos.kindOf[photo] ?? noKind) + 1
  for (const photo of shown) counts[slotOf(photo)] = (counts[slotOf(photo)] ?? 0) + 1
  const next = new Uint32Array(counts.length)
  const sections: PhotoSection[] = []
  let start = 0
  for (const [slot, count] of counts.entries()) {
    next[slot] = start
    if (count > 0) sections.push({ kind: slot - 1, start, count })
    start += count
  }
  const order = new Uint32Array(shown.length)
  for (const photo of shown) {
    const slot = slotOf(photo)
    const place = next[slot] ?? 0
    order[place] = photo
    next[slot] = place + 1
  }
  return { order, sections }
}

/** Mixed, yet the same at every look: ordered by a hash of the place. */
function scattered(shown: Uint32Array): Uint32Array {
  return shown.slice().sort((a, b) => hashOf(a) - hashOf(b))
}

function hashOf(photo: number): number {
  return Math.imul(photo + 1, 0x9e3779b1) >>> 0
}

/** How many photos each kind has to learn from and held back, and how many have each trait. */
export interface PhotoCounts {
  readonly total: number
  readonly training: Uint32Array
  readonly held: Uint32Array
  readonly traits: Readonly<Record<Trait, number>>
}

/** Counts of all photos, whatever is filtered. */
export function countPhotos(photos: Photos): PhotoCounts {
  const training = new Uint32Array(photos.kinds.length)
  const held = new Uint32Array(photos.kinds.length)
  const found: Record<Trait, number> = { unlabelled: 0, heldBack: 0, copies: 0, suspicious: 0, leftOut: 0 }
  let total = 0
  for (let photo = 0; photo < photos.length; photo++) {
    const kind = photos.kindOf[photo] ?? noKind
    const one = photos.marks[photo] ?? 0
    for (const trait of traits) if (hasTrait(one, kind, trait)) found[trait]++
    if ((one & marks.leftOut) !== 0) continue
    total++
    if (kind === noKind) continue
    const side = (one & marks.heldBack) === 0 ? training : held
    side[kind] = (side[kind] ?? 0) + 1
  }
  return { total, training, held, traits: found }
}
