/**
 * @file Images that look the same without being the same file: saved again, scaled, or taken twice in a moment. A hash
 * of brightness differences (dHash, 64 bits) proposes pairs; the coarse colours of both decide.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { throwIfCancelled } from '../errors.ts'
import { at } from '../tensor/shape.ts'

/** Two images that look the same; `first` is earlier in the list. */
export interface NearCopy<T> {
  readonly first: T
  readonly second: T
}

/** An image and its fingerprint, the result of `thumbnailOf`. */
export interface Fingerprinted<T> {
  readonly image: T
  readonly thumbnail: Uint8Array
  /** Identifies the content; images with the same content are exact copies, not near-copies. */
  readonly content?: string | undefined
}

const columns = 9
const rows = 8
const cells = columns * rows

/** The size an image is scaled to before `thumbnailOf`. */
export const thumbnailSource = { width: 2 * columns, height: 2 * rows } as const

/** A tiny thumbnail: mean R, G, B of 9 × 8 cells, from its pixels [16, 18, 3]. */
export function thumbnailOf(pixels: Uint8Array): Uint8Array {
  const thumbnail = new Uint8Array(3 * cells)
  for (let cell = 0; cell < cells; cell++) {
    const corner = 2 * Math.floor(cell / columns) * thumbnailSource.width + 2 * (cell % columns)
    for (let channel = 0; channel < 3; channel++) {
      const value = (pixel: number): number => at(pixels, 3 * pixel + channel)
      const below = corner + thumbnailSource.width
      const sum = value(corner) + value(corner + 1) + value(below) + value(below + 1)
      thumbnail[3 * cell + channel] = Math.round(sum / 4)
    }
  }
  return thumbnail
}

/** The dHash of a thumbnail: one bit per pair of neighbours in a row, set where the right one is brighter; as two 32-bit halves. */
function differenceHash(thumbnail: Uint8Array): Hash {
  const halves: [number, number] = [0, 0]
  for (let bit = 0; bit < 64; bit++) {
    const cell = Math.floor(bit / 8) * columns + (bit % 8)
    const half = bit < 32 ? 0 : 1
    halves[half] = (halves[half] << 1) | Number(brightness(thumbnail, cell + 1) > brightness(thumbnail, cell))
  }
  return halves
}

// Rec. 601 weights in thousandths.
function brightness(thumbnail: Uint8Array, cell: number): number {
  return 299 * at(thumbnail, 3 * cell) + 587 * at(thumbnail, 3 * cell + 1) + 114 * at(thumbnail, 3 * cell + 2)
}

const mostBits = 7
const mostOnAverage = 4
const mostAnywhere = 28
// A series of photos is adjacent in the order of names, so looking further back finds little more.
const candidatesPerBand = 32
const imagesPerTurn = 500

/** Pairs that look alike: among the images of a folder, and of one of them with an image held back. */
export interface NearCopies<T> {
  readonly within: readonly NearCopy<T>[]
  readonly across: readonly NearCopy<T>[]
}

/**
 * For every image of `own` that looks like an earlier one of them, and for every image of `held` that looks like any of
 * `own`, the pair with the most similar of those looked at. Of many similar images only the last few are considered, so
 * that time grows with the number of images and not with its square.
 *
 * @throws AppError `cancelled`
 */
export async function findNearCopies<T>(
  own: readonly Fingerprinted<T>[],
  held: readonly Fingerprinted<T>[],
  signal?: AbortSignal,
): Promise<NearCopies<T>> {
  const index = createIndex<T>()
  const within: NearCopy<T>[] = []
  const across: NearCopy<T>[] = []
  for (const [place, seen] of [...own, ...held].entries()) {
    if (place % imagesPerTurn === 0) {
      await nextTurn()
      throwIfCancelled(signal)
    }
    const isOwn = place < own.length
    const hashed = { ...seen, hash: differenceHash(seen.thumbnail) }
    const first = index.nearest(hashed)
    if (first !== undefined) (isOwn ? within : across).push({ first, second: seen.image })
    if (isOwn) index.add(hashed)
  }
  return { within, across }
}

type Hash = readonly [high: number, low: number]
type Hashed<T> = Fingerprinted<T> & { readonly hash: Hash }

interface ThumbnailIndex<T> {
  readonly add: (seen: Hashed<T>) => void
  readonly nearest: (seen: Hashed<T>) => T | undefined
}

/** Finds images of which at least one byte of the hash is the same: any two that differ in fewer than eight bits. */
function createIndex<T>(): ThumbnailIndex<T> {
  const buckets = new Map<number, Hashed<T>[]>()
  return {
    add: (seen) => {
      for (const key of keysOf(seen.hash)) {
        const bucket = buckets.get(key)
        if (bucket === undefined) buckets.set(key, [seen])
        else bucket.push(seen)
      }
    },
    nearest: (seen) => {
      let best = Infinity
      let image: T | undefined
      for (const [band, key] of keysOf(seen.hash).entries()) {
        for (const other of buckets.get(key)?.slice(-candidatesPerBand) ?? []) {
          // Each pair is considered at the first byte that both share.
          if (sharesByteBefore(band, seen.hash, other.hash) || isCopy(seen, other)) continue
          if (distance(seen.hash, other.hash) > mostBits) continue
          const difference = differenceOf(seen.thumbnail, other.thumbnail)
          if (difference >= best) continue
          best = difference
          image = other.image
          if (best === 0) return image
        }
      }
      return image
    },
  }
}

function isCopy<T>(a: Fingerprinted<T>, b: Fingerprinted<T>): boolean {
  return a.content !== undefined && a.content === b.content
}

function keysOf(hash: Hash): number[] {
  return Array.from({ length: 8 }, (_, band) => (band << 8) | byteOf(hash, band))
}

function byteOf([high, low]: Hash, band: number): number {
  return ((band < 4 ? high : low) >>> (8 * (band % 4))) & 0xff
}

function sharesByteBefore(band: number, a: Hash, b: Hash): boolean {
  for (let earlier = 0; earlier < band; earlier++) {
    if (byteOf(a, earlier) === byteOf(b, earlier)) return true
  }
  return false
}

function distance(a: Hash, b: Hash): number {
  return bitsIn(a[0] ^ b[0]) + bitsIn(a[1] ^ b[1])
}

function bitsIn(value: number): number {
  let rest = value >>> 0
  let count = 0
  for (; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Mean difference of colour in levels, or infinite where the images differ too much on average or anywhere. */
function differenceOf(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) {
    const difference = Math.abs((a[index] ?? 0) - (b[index] ?? 0))
    sum += difference
    if (difference > mostAnywhere || sum > mostOnAverage * a.length) return Infinity
  }
  return sum / a.length
}

/** Names of groups by image: images that look alike share a name. */
export type Groups<T> = ReadonlyMap<T, T>

/**
 * Groups of images that look alike, through others as well, each named by its first. A group never grows beyond `most`
 * images: a series that leads from picture to picture must not pull in a whole class.
 */
export function groupNearCopies<T>(pairs: readonly NearCopy<T>[], most: (image: T) => number): Groups<T> {
  const names = new Map<T, T>()
  const sizes = new Map<T, number>()
  for (const { first, second } of pairs) {
    const name = names.get(first) ?? first
    const size = sizes.get(name) ?? 1
    if (size >= most(first)) continue
    names.set(first, name).set(second, name)
    sizes.set(name, size + 1)
  }
  return names
}
