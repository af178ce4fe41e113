/** @file A map as the window's photos have it: where each of them is, and which are most like it. */
import type { PhotoMap } from '../../core/api/contract/map.ts'
import type { PhotoList } from './photo-list.ts'
import { noKind, type Photos } from './photos.ts'

/** By the place of a photo among all photos. */
export interface PlacedPhotos {
  /** Across and down from 0 to 1; NaN where a photo is not on the map. */
  readonly xs: Float32Array
  readonly ys: Float32Array
  /** Photos on the map. */
  readonly placed: number
  /** k: how many are told of each. */
  readonly count: number
  /** [n, k], the most alike first; −1 where there is none. */
  readonly neighbours: Int32Array
  /** [n, k], cosine similarities. */
  readonly similarities: Float32Array
}

/** Photos that are matched before the window may do something else. */
const atOnce = 8000

/**
 * Matches a map with the photos by folder and path; photos that were not there when it was made have no place. Pauses
 * now and then, so that fifty thousand do not stop the window; null when it was told to stop.
 */
export async function placePhotos(
  photos: PhotoList,
  { folders, points, neighbours }: PhotoMap,
  isOver: () => boolean = () => false,
): Promise<PlacedPhotos | null> {
  const { count } = neighbours
  const places = await photoPlaces(photos, folders, isOver)
  if (places === null) return null
  const xy = new Float32Array(points.slice().buffer)
  const told = new Uint32Array(neighbours.indices.slice().buffer)
  const alike = new Float32Array(neighbours.similarities.slice().buffer)
  const result = {
    xs: new Float32Array(photos.length).fill(Number.NaN),
    ys: new Float32Array(photos.length).fill(Number.NaN),
    neighbours: new Int32Array(photos.length * count).fill(-1),
    similarities: new Float32Array(photos.length * count),
  }
  let placed = 0
  for (const [index, photo] of places.entries()) {
    if (index % atOnce === atOnce - 1) await nextTask()
    if (photo < 0) continue
    placed++
    result.xs[photo] = xy[2 * index] ?? 0
    result.ys[photo] = xy[2 * index + 1] ?? 0
    for (let i = 0; i < count; i++) {
      result.neighbours[photo * count + i] = places[told[index * count + i] ?? 0] ?? -1
      result.similarities[photo * count + i] = alike[index * count + i] ?? 0
    }
  }
  return isOver() ? null : { ...result, placed, count }
}

async function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/** For every photo of the map its place among the window's; −1 where it is not among them. */
async function photoPlaces(
  photos: PhotoList,
  folders: PhotoMap['folders'],
  isOver: () => boolean,
): Promise<Int32Array | null> {
  const places = new Int32Array(folders.reduce((sum, { photos: own }) => sum + own, 0))
  let index = 0
  let next = 0
  for (const { root, paths } of folders) {
    for (const path of paths === '' ? [] : paths.split('//')) {
      // Both are in nearly the same order, so the next one is tried before all others.
      const expected = photos.at(next)
      const isNext = expected?.path === path && expected.root === root
      const photo = isNext ? next : (photos.find(root, path) ?? -1)
      places[index++] = photo
      if (index % atOnce === 0) await nextTask()
      if (isOver()) return null
      next = photo + 1
    }
  }
  return places
}

/** Of the photos most like each photo with a kind, the share that is of its kind; null where there are none. */
export function neighbourAgreement(photos: Photos, { neighbours, count }: PlacedPhotos): number | null {
  let [same, all] = [0, 0]
  for (let photo = 0; photo < photos.length; photo++) {
    const kind = photos.kindOf[photo] ?? noKind
    if (kind === noKind) continue
    for (let i = photo * count; i < (photo + 1) * count; i++) {
      const other = neighbours[i] ?? -1
      if (other < 0 || (photos.kindOf[other] ?? noKind) === noKind) continue
      all++
      if (photos.kindOf[other] === kind) same++
    }
  }
  return all === 0 ? null : same / all
}
