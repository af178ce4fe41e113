/** @file In which settings runs differ. */
import { expect, it } from 'vitest'

import { differingSettings } from '../../../renderer/store/differing-settings.ts'
import { runWith } from '../../support/fake-studio.ts'

it('are those that are not the same, without what a run measures by itself', () => {
  const first = runWith({})
  const { settings } = first
  const second = { ...first, settings: { ...settings, learningRate: 0.01, microBatch: 4 } }
  expect(differingSettings([first, second])).toEqual([{ name: 'learningRate', values: [0.002, 0.01] }])
  expect(differingSettings([first, first])).toEqual([])
})

it('are the parts that are trained, and how many images were held out', () => {
  const first = runWith({})
  const last4 = {
    ...first,
    heldOut: { images: 30, sum: 'more' },
    settings: { ...first.settings, train: { part: 'lastBlocks' as const, count: 4 } },
  }
  expect(differingSettings([first, last4])).toEqual([
    { name: 'heldOut', values: [18, 30] },
    { name: 'train', values: ['everything', 'last4'] },
  ])
})
