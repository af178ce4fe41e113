/** @file Which of several runs is the best. */
import { expect, it } from 'vitest'

import { bestRun, betterThanOthers, comparableRuns } from '../../../../core/api/contract/best-run.ts'

const run = (id: string, bestAccuracy: number | null, sum = 'same') => ({
  id,
  bestAccuracy,
  heldOut: { images: 100, sum },
})

it('is the most accurate of those that were measured on the same images as the newest', () => {
  const runs = [run('new', null), run('a', 0.8), run('b', 0.9), run('c', 0.99, 'other'), run('d', 0.9)]
  expect(bestRun(runs)?.id).toBe('b')
  expect(comparableRuns(runs).map(({ id }) => id)).toEqual(['a', 'b', 'd'])
  expect(bestRun([run('c', 0.7, 'other'), ...runs])?.id).toBe('c')
  expect(bestRun([run('new', null)])).toBeNull()
  expect(betterThanOthers(runs)?.id).toBe('b')
  expect(betterThanOthers([run('a', 0.8), run('c', 0.99, 'other')])).toBeNull()
})
