import { describe, expect, it } from 'vitest'

import type { CheckedData } from '../../../renderer/store/data.ts'
import type { PlacedPhotos } from '../../../renderer/store/placed-photos.ts'
import { marks, noKind, type Photos } from '../../../renderer/store/photos.ts'
import { createAnswered } from '../../../renderer/store/answered.ts'
import { doubtfulPhotos, lookAlikesOf, nearestOf, questionOf } from '../../../renderer/store/worth-a-look.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'

const kinds = ['daisy', 'rose', 'tulip']

function photosWith(kindOf: readonly number[], flags: Readonly<Record<number, number>> = {}): Photos {
  return {
    length: kindOf.length,
    at: (photo) => {
      const kind = kinds[kindOf[photo] ?? noKind] ?? null
      return { root: '/photos', path: `${photo}.jpg`, width: 1, height: 1, kind }
    },
    kinds,
    kindOf: Int32Array.from(kindOf),
    marks: Uint8Array.from(kindOf, (_, photo) => flags[photo] ?? 0),
  }
}

/** What a feature vector says: three clouds in 16 dimensions that overlap; photo i is of cloud i mod 3. */
function clouds(length: number, spread: number, count = 10): PlacedPhotos {
  const random = createRandom(4)
  const centres = kinds.map(() => Array.from({ length: 16 }, () => normal(random)))
  const rows = Array.from({ length }, (_, photo) => {
    const row = (centres[photo % 3] ?? []).map((value) => value + spread * normal(random))
    const norm = Math.hypot(...row)
    return row.map((value) => value / norm)
  })
  const neighbours = new Int32Array(length * count).fill(-1)
  const similarities = new Float32Array(length * count)
  for (const [photo, row] of rows.entries()) {
    const nearest = rows
      .map((other, place) => ({
        place,
        similarity: row.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0),
      }))
      .filter(({ place }) => place !== photo)
      .sort((a, b) => b.similarity - a.similarity)
    for (const [i, { place, similarity }] of nearest.slice(0, count).entries()) {
      neighbours[photo * count + i] = place
      similarities[photo * count + i] = similarity
    }
  }
  const nowhere = new Float32Array(length)
  return { xs: nowhere, ys: nowhere, placed: length, count, neighbours, similarities }
}

/** One photo, number 0, with these neighbours. */
function placedBeside(
  neighbours: readonly number[],
  length: number,
  similarities: readonly number[] = neighbours.map(() => 0.5),
): PlacedPhotos {
  const count = neighbours.length
  const all = new Int32Array(length * count).fill(-1)
  all.set(neighbours)
  const alike = new Float32Array(length * count)
  alike.set(similarities)
  const nowhere = new Float32Array(length)
  return { xs: nowhere, ys: nowhere, placed: 1, count, neighbours: all, similarities: alike }
}

/** Photo 0 and eleven others are roses, the twelve after them tulips. */
const labels = [...Array.from({ length: 12 }, () => 1), ...Array.from({ length: 12 }, () => 2)]
const [roses, tulips] = [
  [1, 2, 3, 4, 5],
  [12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
]

describe('doubtfulPhotos', () => {
  it('finds wrong labels among overlapping kinds, and almost none that are right', () => {
    const right = Array.from({ length: 300 }, (_, photo) => photo % 3)
    const wrong = Array.from({ length: 15 }, (_, i) => 20 * i + (i % 7))
    const said = right.map((kind, photo) => (wrong.includes(photo) ? (kind + 1) % 3 : kind))
    const found = doubtfulPhotos(photosWith(said), clouds(300, 0.7))
    const planted = found.filter(({ photo }) => wrong.includes(photo))
    // One of the fifteen lies where the clouds overlap.
    expect(planted.length).toBeGreaterThanOrEqual(14)
    expect(planted.every(({ photo, suggested }) => suggested === right[photo])).toBe(true)
    expect(found.length - planted.length).toBeLessThanOrEqual(3)
    // The strongest first.
    expect(found.map(({ share }) => share)).toEqual(found.map(({ share }) => share).sort((a, b) => b - a))
  })

  it('needs seven of ten', () => {
    const seven = placedBeside([...tulips.slice(0, 7), ...roses.slice(0, 3)], 24)
    expect(doubtfulPhotos(photosWith(labels), seven)).toEqual([
      { photo: 0, suggested: 2, votes: 7, of: 10, share: expect.closeTo(0.7) as number },
    ])
    const six = placedBeside([...tulips.slice(0, 6), ...roses.slice(0, 4)], 24)
    expect(doubtfulPhotos(photosWith(labels), six)).toEqual([])
  })

  it('gives those that are more alike more weight', () => {
    const neighbours = [...roses.slice(0, 3), ...tulips.slice(0, 7)]
    const alike = [0.9, 0.9, 0.9, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4]
    expect(doubtfulPhotos(photosWith(labels), placedBeside(neighbours, 24, alike))).toEqual([])
  })

  it('does not ask about photos that are left out or have no kind, nor listen to them', () => {
    const placed = placedBeside(tulips, 24)
    expect(doubtfulPhotos(photosWith(labels, { 0: marks.leftOut }), placed)).toEqual([])
    expect(doubtfulPhotos(photosWith([noKind, ...labels.slice(1)]), placed)).toEqual([])
    const leftOut = Object.fromEntries(tulips.slice(0, 4).map((photo) => [photo, marks.leftOut]))
    expect(doubtfulPhotos(photosWith(labels, leftOut), placed)).toMatchObject([{ votes: 6, of: 6 }])
    const allOut = Object.fromEntries(tulips.slice(0, 8).map((photo) => [photo, marks.leftOut]))
    expect(doubtfulPhotos(photosWith(labels, allOut), placed)).toEqual([])
  })

  it('considers no more neighbours than a small kind has photos', () => {
    // Five roses: of the ten nearest at most four can be roses.
    const few = [1, 1, 1, 1, 1, ...Array.from({ length: 19 }, () => 2)]
    expect(doubtfulPhotos(photosWith(few), placedBeside([1, 2, 3, 4, ...tulips.slice(0, 6)], 24))).toEqual([])
    expect(doubtfulPhotos(photosWith(few), placedBeside(tulips, 24))).toMatchObject([{ votes: 4, of: 4 }])
    const single = [1, ...Array.from({ length: 23 }, () => 2)]
    expect(doubtfulPhotos(photosWith(single), placedBeside(tulips, 24))).toEqual([])
  })
})

it('names the labelled photos most like a photo, the nearest first', () => {
  const placed = placedBeside([12, -1, 1, 2], 24, [0.9, 0.8, 0.7, 0.6])
  expect(nearestOf(photosWith(labels, { 1: marks.leftOut }), placed, 0, 2)).toEqual([
    { photo: 12, similarity: expect.closeTo(0.9) as number },
    { photo: 2, similarity: expect.closeTo(0.6) as number },
  ])
})

describe('lookAlikesOf', () => {
  const place = (photo: number): { root: string; path: string; label: string } => ({
    root: '/photos',
    path: `${photo}.jpg`,
    label: '',
  })
  const pair = (kind: string, first: number, second: number): object => ({
    kind,
    images: 1,
    pairs: [{ first: place(first), second: place(second) }],
  })
  const checked = {
    warnings: [
      pair('nearInTwoClasses', 0, 12),
      pair('sameInTwoClasses', 1, 2),
      pair('nearCopies', 3, 4),
      pair('leakedCopies', 5, 6),
      { kind: 'imbalance' },
    ],
    list: { length: 24, at: () => undefined, find: (_: string, path: string) => Number.parseInt(path, 10) },
  } as unknown as CheckedData

  it('has the pairs that are in two kinds as labelled now, and those on both sides of the split', () => {
    expect(lookAlikesOf(checked, photosWith(labels))).toEqual([
      { first: 0, second: 12, problem: 'kinds' },
      { first: 5, second: 6, problem: 'split' },
    ])
  })

  it('has none of which one is left out', () => {
    expect(lookAlikesOf(checked, photosWith(labels, { 12: marks.leftOut, 5: marks.leftOut }))).toEqual([])
  })
})

it('keeps what a person said is right until the kind changes or they ask again', () => {
  const answered = createAnswered(['an older one'])
  const [asRose, asTulip] = [photosWith(labels), photosWith([2, ...labels.slice(1)])]
  answered.getState().keep(questionOf(asRose, 0))
  expect(answered.getState().right.has(questionOf(asRose, 0))).toBe(true)
  expect(answered.getState().right.has(questionOf(asTulip, 0))).toBe(false)
  answered.getState().askAgain([questionOf(asRose, 0)])
  expect([...answered.getState().right]).toEqual(['an older one'])
})
