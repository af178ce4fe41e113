import { describe, expect, it } from 'vitest'

import type { PhotoMap } from '../../../core/api/contract/map.ts'
import { neighbourAgreement, placePhotos, type PlacedPhotos } from '../../../renderer/store/placed-photos.ts'
import type { PhotoList } from '../../../renderer/store/photo-list.ts'
import type { Photos } from '../../../renderer/store/photos.ts'

function bytesOf(numbers: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(numbers.buffer)
}

/** Photos a, b, c in the window; the map has d, c, a, in this order, each with the next as its neighbour. */
const map: PhotoMap = {
  folders: [
    { root: '/other', paths: 'd.jpg', photos: 1 },
    { root: '/own', paths: 'c.jpg//a.jpg', photos: 2 },
  ],
  points: bytesOf(Float32Array.of(0, 0.5, 0.25, 0.75, 1, 0.125)),
  laidOut: 3,
  neighbours: {
    count: 1,
    indices: bytesOf(Uint32Array.of(1, 2, 0)),
    similarities: bytesOf(Float32Array.of(0.5, 0.75, 0.25)),
  },
  skipped: [],
}

const paths = ['a.jpg', 'b.jpg', 'c.jpg']

const list: PhotoList = {
  length: 3,
  at: (photo) => {
    const path = paths[photo]
    return path === undefined ? undefined : { root: '/own', path, width: 1, height: 1 }
  },
  find: (root, path) => {
    const found = root === '/own' ? paths.indexOf(path) : -1
    return found < 0 ? undefined : found
  },
}

function photosOf(...kinds: readonly number[]): Photos {
  return {
    length: 3,
    at: () => undefined,
    kinds: ['x', 'y'],
    kindOf: Int32Array.from(kinds),
    marks: new Uint8Array(3),
  }
}

async function placedOf(): Promise<PlacedPhotos> {
  const placed = await placePhotos(list, map)
  if (placed === null) throw new Error('stopped')
  return placed
}

describe('placePhotos', () => {
  it('finds every photo of the map among those of the window, and leaves out the others', async () => {
    const placed = await placedOf()
    expect(placed.placed).toBe(2)
    expect([...placed.xs]).toEqual([1, Number.NaN, 0.25])
    expect([...placed.ys]).toEqual([0.125, Number.NaN, 0.75])
    // The neighbour of a is d, which the window does not have.
    expect([...placed.neighbours]).toEqual([-1, -1, 0])
    expect([...placed.similarities]).toEqual([0.25, 0, 0.75])
  })

  it('stops when it is told to', async () => {
    expect(await placePhotos(list, map, () => true)).toBeNull()
  })
})

describe('neighbourAgreement', () => {
  it('is the share of neighbours of one kind, where both are labelled', async () => {
    expect(neighbourAgreement(photosOf(0, 0, 1), await placedOf())).toBe(0)
    expect(neighbourAgreement(photosOf(1, 0, 1), await placedOf())).toBe(1)
    expect(neighbourAgreement(photosOf(1, 0, -1), await placedOf())).toBeNull()
  })
})
