/** @file Photos as the wall has them: places that stay, what is known of each, and what is shown in which order. */
import { describe, expect, it } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import { imageFlags } from '../../../core/api/contract/labels.ts'
import { arrange, countPhotos } from '../../../renderer/store/arrangement.ts'
import { createData, splitOf, type CheckedData } from '../../../renderer/store/data.ts'
import { keyOf } from '../../../renderer/store/photo-list.ts'
import { marks, photosOf, type Decisions, type Photos } from '../../../renderer/store/photos.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

const root = '/home/fruit'

async function check(handlers: ApiHandlers = fakeHandlers()): Promise<CheckedData> {
  const store = createData(connectedTo(handlers))
  await store.getState().check(root)
  const { state } = store.getState()
  if (state.phase !== 'ready') throw new Error(JSON.stringify(state))
  return state.checked
}

const undecided: Decisions = { kinds: null, said: new Map(), share: 0.2, seed: 3 }

function said(path: string, label: string | null, flags: number): Decisions['said'] {
  return new Map([[keyOf(root, path), { root, path, label, flags }]])
}

function place(checked: CheckedData, path: string): number {
  const found = checked.list.find(root, path)
  if (found === undefined) throw new Error(`no ${path}`)
  return found
}

const everything = { kinds: [], trait: null }
const pathsOf = (photos: Photos, order: Uint32Array): (string | undefined)[] =>
  [...order].map((photo) => photos.at(photo)?.path)

describe('photos', () => {
  it('have the kinds of the check, and the held-back ones are those of the split', async () => {
    const checked = await check()
    const photos = photosOf(checked, undecided)
    expect(photos.at(place(checked, 'unripe/3.jpg'))).toMatchObject({ kind: 'unripe', width: 640 })
    const counts = countPhotos(photos)
    const split = splitOf(checked, 0.2, 3)
    expect([...counts.training]).toEqual(split.map(({ training }) => training))
    expect([...counts.held]).toEqual(split.map(({ held }) => held))
    expect(counts.total).toBe(90)
  })

  it('are as a person said last, in the same places', async () => {
    const checked = await check()
    const before = photosOf(checked, undecided)
    const kinds = ['green', 'ripe', 'rotten', 'unripe']
    const after = photosOf(checked, {
      ...undecided,
      kinds,
      said: said('ripe/1.jpg', 'green', imageFlags.labelled),
    })
    const moved = place(checked, 'ripe/1.jpg')
    expect(after.at(moved)).toMatchObject({ path: 'ripe/1.jpg', kind: 'green' })
    expect(after.marks[moved]! & marks.labelled).not.toBe(0)
    expect(
      pathsOf(
        after,
        Uint32Array.from({ length: 90 }, (_, i) => i),
      ),
    ).toEqual(
      pathsOf(
        before,
        Uint32Array.from({ length: 90 }, (_, i) => i),
      ),
    )
    const none = photosOf(checked, {
      ...undecided,
      kinds,
      said: said('ripe/1.jpg', null, imageFlags.labelled),
    })
    expect(none.at(moved)?.kind).toBeNull()
    expect(countPhotos(none).traits.unlabelled).toBe(1)
  })

  it('are not counted or shown when they are left out, except under that chip', async () => {
    const checked = await check()
    const photos = photosOf(checked, { ...undecided, said: said('ripe/1.jpg', 'ripe', imageFlags.leftOut) })
    const counts = countPhotos(photos)
    expect([counts.total, counts.traits.leftOut]).toEqual([89, 1])
    expect(pathsOf(photos, arrange(photos, everything, 'kind').order)).not.toContain('ripe/1.jpg')
    const left = arrange(photos, { kinds: [], trait: 'leftOut' }, 'kind')
    expect(pathsOf(photos, left.order)).toEqual(['ripe/1.jpg'])
  })

  it('are shown kind by kind, or mixed, those without a kind first', async () => {
    const checked = await check()
    const photos = photosOf(checked, { ...undecided, said: said('unripe/7.jpg', null, 0) })
    const { order, sections } = arrange(photos, everything, 'kind')
    expect(sections.map(({ count }) => count)).toEqual([1, 20, 29, 40])
    expect(pathsOf(photos, order)[0]).toBe('unripe/7.jpg')
    expect([...order].sort((a, b) => a - b)).toEqual([...photos.kindOf.keys()])
    const mixed = arrange(photos, everything, 'mixed')
    expect([...mixed.order].sort((a, b) => a - b)).toEqual([...photos.kindOf.keys()])
    expect(mixed.order).toEqual(arrange(photos, everything, 'mixed').order)
    const two = arrange(photos, { kinds: ['ripe', 'rotten'], trait: 'heldBack' }, 'kind')
    const held = countPhotos(photos).held
    expect(two.order).toHaveLength(held[0]! + held[2]!)
  })

  it('without a kind are shown by what is suggested, the unsure ones first, then the surest', async () => {
    const checked = await check()
    const unlabelled = ['ripe/1.jpg', 'ripe/2.jpg', 'ripe/3.jpg', 'ripe/4.jpg', 'ripe/5.jpg']
    const all = new Map(unlabelled.flatMap((path) => [...said(path, null, imageFlags.labelled)]))
    const photos = photosOf(checked, { ...undecided, said: all })
    const guesses: Record<string, { kind: number; probability: number }> = {
      'ripe/1.jpg': { kind: 2, probability: 0.7 },
      'ripe/2.jpg': { kind: 2, probability: 0.9 },
      'ripe/3.jpg': { kind: 0, probability: 0.3 },
      'ripe/4.jpg': { kind: 0, probability: 0.6 },
    }
    const { order, sections } = arrange(
      photos,
      everything,
      'kind',
      (photo) => guesses[photos.at(photo)!.path] ?? null,
    )
    expect(pathsOf(photos, order).slice(0, 5)).toEqual([
      'ripe/3.jpg',
      'ripe/4.jpg',
      'ripe/2.jpg',
      'ripe/1.jpg',
      'ripe/5.jpg',
    ])
    expect(sections.slice(0, 4)).toEqual([
      { kind: -1, guess: 'unsure', start: 0, count: 1 },
      { kind: 0, guess: 'suggested', sure: 0, start: 1, count: 1 },
      { kind: 2, guess: 'suggested', sure: 1, start: 2, count: 2 },
      { kind: -1, start: 4, count: 1 },
    ])
  })
})
