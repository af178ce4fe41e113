/** @file The models to choose between: merged with the catalogue, ordered and found. */
import { describe, expect, it } from 'vitest'

import type { ModelCard } from '../../../core/api/contract/models.ts'
import { outside } from '../../../core/sentence.ts'
import {
  downloadable,
  matches,
  offersOf,
  paceOf,
  sortedCards,
  sortedOffers,
} from '../../../renderer/store/offers.ts'
import { fakeCard } from '../../support/fake-catalogue.ts'
import { opened, starter } from '../../support/fake-studio.ts'

const cards: ModelCard[] = [
  { path: starter.path, name: 'starter', source: 'starter', model: starter, problem: null },
  {
    path: opened.path,
    name: opened.name,
    source: 'opened',
    model: { ...opened, bytes: 10, gflopPerImage: 30 },
    problem: null,
  },
  {
    path: '/gone.npz',
    name: 'gone.npz',
    source: 'opened',
    model: null,
    problem: outside('It is not there any more.'),
  },
]
const speed = { device: 'Processor', gflops: 60, batch: 32, presets: [] }

describe('the offers', () => {
  it('have a downloaded model once, whether it was opened or not', () => {
    const isReady = (path: string) => ({ state: 'ready', path, shared: false }) as const
    const catalogue = [
      fakeCard({ id: 'a', name: 'Opened Download', state: isReady(opened.path) }),
      fakeCard({ id: 'b', name: 'New Download', state: isReady('/models/new') }),
      fakeCard({ id: 'c' }),
    ]
    const offers = offersOf(cards, catalogue)
    expect(offers.map(({ name, source }) => [name, source])).toEqual([
      ['starter', 'starter'],
      ['gone.npz', 'opened'],
      ['Opened Download', 'catalogue'],
      ['New Download', 'catalogue'],
    ])
    expect(downloadable(catalogue).map(({ id }) => id)).toEqual(['c'])
  })

  it('are ordered by speed or size, with those that cannot be read last', () => {
    const offers = offersOf(cards, [])
    const names = (order: Parameters<typeof sortedOffers>[1]): string[] =>
      sortedOffers(offers, order).map(({ name }) => name)
    expect(names('recommended')).toEqual(['starter', 'opened.safetensors', 'gone.npz'])
    expect(names('fastest')).toEqual(['starter', 'opened.safetensors', 'gone.npz'])
    expect(names('smallest')).toEqual(['opened.safetensors', 'starter', 'gone.npz'])
    const expected = new Map(offers.map(({ path, name }) => [path, name === 'starter' ? 0.4 : 0.9]))
    const [, , unread] = offers
    expected.delete(unread?.path ?? '')
    expect(sortedOffers(offers, 'suits', expected).map(({ name }) => name)).toEqual([
      'opened.safetensors',
      'starter',
      'gone.npz',
    ])
    expect(names('suits')).toEqual(names('recommended'))
    const two = [fakeCard({ id: 'large', parameters: 9e7, bytes: 1 }), fakeCard({ id: 'small', bytes: 2 })]
    expect(sortedCards(two, 'fastest').map(({ id }) => id)).toEqual(['small', 'large'])
    expect(sortedCards(two, 'smallest').map(({ id }) => id)).toEqual(['large', 'small'])
  })

  it('say how fast this machine trains them, as far as that is known', () => {
    const [first, , gone] = offersOf(cards, [])
    if (first === undefined || gone === undefined) throw new Error('no offers')
    expect(paceOf(first, speed)).toBe(30)
    expect(paceOf(first, null)).toBeNull()
    expect(paceOf(gone, speed)).toBeNull()
    // 6 · 30 million weights · 197 tokens are 35 · 10^9 operations.
    expect(paceOf(fakeCard(), speed)).toBeCloseTo(60 / 35.5, 1)
  })

  it('are found by any words, whatever their case', () => {
    expect(matches(['DINO Small', 'good features'], 'small dino')).toBe(true)
    expect(matches(['DINO Small'], ' ')).toBe(true)
    expect(matches(['DINO Small'], 'dino large')).toBe(false)
  })
})
