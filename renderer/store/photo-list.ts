/**
 * @file Every photo of a project's folders in one fixed order, by path: a photo keeps its place whatever its kind is, so
 * that nothing on the wall jumps when the kinds are checked again.
 */
import type { ImageList } from './images.ts'

/** A photo, by its folder and the path in it; sizes in pixels. */
export interface Photo {
  readonly root: string
  readonly path: string
  readonly width: number
  readonly height: number
}

/** All photos; each is named by its place. */
export interface PhotoList {
  readonly length: number
  readonly at: (photo: number) => Photo | undefined
  /** The place of a photo; undefined where it is not among them. */
  readonly find: (root: string, path: string) => number | undefined
}

/** Images of one folder. */
export interface ListedImages {
  readonly root: string
  readonly images: ImageList
}

/** The photos of some lists, and for every image of each list its place among them. */
export interface PlacedPhotos {
  readonly list: PhotoList
  readonly places: readonly Uint32Array[]
}

/** The photos of some lists, root by root; those of `before` with their places if it has exactly these. */
export function placePhotos(lists: readonly ListedImages[], before: PhotoList | null): PlacedPhotos {
  const total = lists.reduce((sum, { images }) => sum + images.length, 0)
  if (before !== null && before.length === total) {
    const places = lists.map((one) => placesIn(before, one))
    if (!places.some((own) => own.includes(nowhere))) return { list: before, places }
  }
  const list = createPhotoList(lists)
  return { list, places: lists.map((one) => placesIn(list, one)) }
}

function createPhotoList(lists: readonly ListedImages[]): PhotoList {
  const roots = [...new Set(lists.map(({ root }) => root))]
  const photos = roots.flatMap((root) =>
    lists
      .filter((one) => one.root === root)
      .flatMap(placesOf)
      .sort(byPath),
  )
  const places = new Map(roots.map((root) => [root, new Map<string, number>()]))
  for (const [photo, { root, path }] of photos.entries()) places.get(root)?.set(path, photo)
  return {
    length: photos.length,
    find: (root, path) => places.get(root)?.get(path),
    at: (photo) => {
      const place = photos[photo]
      if (place === undefined) return undefined
      const { root, path, images, index } = place
      return { root, path, width: images.width(index), height: images.height(index) }
    },
  }
}

interface Place extends ListedImages {
  readonly index: number
  readonly path: string
}

function placesOf({ root, images }: ListedImages): Place[] {
  return Array.from({ length: images.length }, (_, index) => ({
    root,
    images,
    index,
    path: images.path(index),
  }))
}

function byPath(a: Place, b: Place): number {
  return a.path < b.path ? -1 : 1
}

const nowhere = 0xffffffff

function placesIn(list: PhotoList, { root, images }: ListedImages): Uint32Array {
  return Uint32Array.from(
    { length: images.length },
    (_, index) => list.find(root, images.path(index)) ?? nowhere,
  )
}

/** Names an image of any folder. */
export function keyOf(root: string, path: string): string {
  return `${root}//${path}`
}
