/** @file Many images as the contract sends them, read where they are needed: none becomes an object before it is requested. */
import { imageFlags } from '../../core/api/contract/labels.ts'
import type { DataImage, ImageColumns } from '../../core/api/contract/data.ts'

/** Images ordered by label, then path. */
export interface ImageList {
  readonly length: number
  readonly at: (index: number) => DataImage | undefined
  /** Of an image that is there; sizes in pixels. */
  readonly path: (index: number) => string
  readonly width: (index: number) => number
  readonly height: (index: number) => number
  /** In pixels, of an image that is there. */
  readonly shorterSide: (index: number) => number
  /** Index of the first image of each label. */
  readonly starts: readonly number[]
}

const bytesPerSize = 8

/** The images of columns, `counts` of each label. */
export function readColumns({ paths, sizes }: ImageColumns, counts: readonly number[]): ImageList {
  const starts: number[] = []
  let length = 0
  for (const count of counts) {
    starts.push(length)
    length += count
  }
  const names = length === 0 ? [] : paths.split('//')
  const view = new DataView(sizes.buffer, sizes.byteOffset, sizes.byteLength)
  const widthOf = (index: number): number => view.getUint32(bytesPerSize * index, true)
  const heightOf = (index: number): number => view.getUint32(bytesPerSize * index + 4, true)
  return {
    length,
    starts,
    path: (index) => names[index] ?? '',
    width: widthOf,
    height: heightOf,
    shorterSide: (index) => Math.min(widthOf(index), heightOf(index)),
    at: (index) => {
      const path = names[index]
      if (path === undefined) return undefined
      return { path, label: labelAt(starts, index), width: widthOf(index), height: heightOf(index) }
    },
  }
}

/** The last label that starts at or before the index. */
function labelAt(starts: readonly number[], index: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return low
}

const bytesPerNumber = 4

/** Unsigned numbers as the contract sends them. */
export function readUnsigned(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: bytes.byteLength / bytesPerNumber }, (_, index) =>
    view.getUint32(bytesPerNumber * index, true),
  )
}

/** Signed numbers as the contract sends them. */
export function readSigned(bytes: Uint8Array): Int32Array {
  return new Int32Array(readUnsigned(bytes))
}

/** The groups of a class that are never separated. */
export interface ClassGroups {
  /** Images in each, in the order of their first image. */
  readonly sizes: readonly number[]
  /** Indices of those of which a person holds an image back. */
  readonly heldBack: ReadonlySet<number>
}

/**
 * The groups of each class.
 *
 * @param groups for every image the index of the first one of its group
 * @param flags for every image what a person said of it
 */
export function readGroups(groups: Uint32Array, flags: Uint8Array, counts: readonly number[]): ClassGroups[] {
  let index = 0
  return counts.map((count) => {
    const places = new Map<number, number>()
    const sizes: number[] = []
    const heldBack = new Set<number>()
    for (const end = index + count; index < end; index++) {
      const first = groups[index] ?? index
      const place = places.get(first) ?? places.size
      places.set(first, place)
      sizes[place] = (sizes[place] ?? 0) + 1
      if (((flags[index] ?? 0) & imageFlags.heldBack) !== 0) heldBack.add(place)
    }
    return { sizes, heldBack }
  })
}
