/** @file Many images as the contract sends them, read where they are needed: none becomes an object before it is requested. */
import { imageFlags } from '../../core/api/contract/labels.ts'
import type { DataImage, ImageColumns } from '../../core/api/contract/data.ts'

/** Images ordered by label, then path. */
export interface ImageList {
  readonly length: number
  readonly at: (index: number) => DataImage | undefined
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

const bytesPerIndex = 4

/** The groups as the contract sends them: for every image the index of the first one of its group. */
export function readGroups(groups: Uint8Array): Uint32Array {
  const view = new DataView(groups.buffer, groups.byteOffset, groups.byteLength)
  return Uint32Array.from({ length: groups.byteLength / bytesPerIndex }, (_, index) =>
    view.getUint32(bytesPerIndex * index, true),
  )
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
 * @param groups for every image the index of the first one of its group, as the contract sends them
 * @param flags for every image what a person said of it
 */
export function readClassGroups(
  groups: Uint8Array,
  flags: Uint8Array,
  counts: readonly number[],
): ClassGroups[] {
  const view = new DataView(groups.buffer, groups.byteOffset, groups.byteLength)
  let index = 0
  return counts.map((count) => {
    const places = new Map<number, number>()
    const sizes: number[] = []
    const heldBack = new Set<number>()
    for (const end = index + count; index < end; index++) {
      const first = view.getUint32(bytesPerIndex * index, true)
      const place = places.get(first) ?? places.size
      places.set(first, place)
      sizes[place] = (sizes[place] ?? 0) + 1
      if (((flags[index] ?? 0) & imageFlags.heldBack) !== 0) heldBack.add(place)
    }
    return { sizes, heldBack }
  })
}
