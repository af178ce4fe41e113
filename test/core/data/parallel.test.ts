/** @file Many things at once: bounded, in order, and nothing new starts after a failure. */
import { describe, expect, it } from 'vitest'

import { mapParallel } from '../../../core/data/parallel.ts'

const later = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))

describe('mapParallel', () => {
  it('gives results in the order of the items, with so many under way at most', async () => {
    let running = 0
    let most = 0
    const items = Array.from({ length: 20 }, (_, index) => index)
    const results = await mapParallel(items, 3, async (item, place) => {
      most = Math.max(most, ++running)
      for (let turn = 0; turn < (item % 4) + 1; turn++) await later()
      running--
      return [item, place]
    })
    expect(results).toEqual(items.map((item) => [item, item]))
    expect(most).toBe(3)
    expect(await mapParallel([], 3, later)).toEqual([])
  })

  it('throws the first failure once what was started has ended, and starts nothing more', async () => {
    const ended: number[] = []
    const begun: number[] = []
    const work = mapParallel([0, 1, 2, 3, 4], 2, async (item) => {
      begun.push(item)
      await later()
      if (item === 0) throw new Error('no')
      await later()
      ended.push(item)
    })
    await expect(work).rejects.toThrow('no')
    expect({ begun, ended }).toEqual({ begun: [0, 1], ended: [1] })
  })
})
