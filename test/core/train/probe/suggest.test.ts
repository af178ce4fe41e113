/** @file Suggestions on features whose classes are known: right, sure where they may be, and quick for very many. */
import { describe, expect, it } from 'vitest'

import { createRandom, normal, type Random } from '../../../../core/tensor/random.ts'
import { fitSuggester, suggest, type LabelledFeatures } from '../../../../core/train/probe/suggest.ts'

const width = 32

/** Features around the centre of a class, which is at a distance from the others in one direction. */
function rowOf(random: Random, label: number, distance: number): Float32Array {
  return Float32Array.from({ length: width }, (_, d) => normal(random) + (d === label ? distance : 0))
}

function labelledImages(random: Random, perClass: readonly number[], distance: number): LabelledFeatures[] {
  return perClass.flatMap((count, label) =>
    Array.from({ length: count }, (_, index) => ({
      image: { path: `${label}/${index}`, label },
      row: rowOf(random, label, distance),
    })),
  )
}

async function judge(distance: number, perClass: readonly number[], tests: number) {
  const random = createRandom(7)
  const labelled = labelledImages(random, perClass, distance)
  const truth = Array.from({ length: tests }, (_, index) => index % perClass.length)
  const rows = truth.map((label) => rowOf(random, label, distance))
  const suggester = await fitSuggester(labelled, rows, perClass.length)
  const found = await suggest(suggester, rows)
  const right = found.filter(({ label }, index) => label === truth[index]).length / tests
  const sure = found.reduce((sum, { probability }) => sum + probability, 0) / tests
  return { suggester, found, right, sure }
}

describe('suggestions', () => {
  it('are as sure as they are right, for classes that are easy and hard to tell apart', async () => {
    for (const distance of [2, 4, 8]) {
      const { right, sure, suggester } = await judge(distance, [40, 40, 40], 3000)
      expect(Math.abs(sure - right)).toBeLessThan(0.08)
      expect(Math.abs(suggester.judged.right / suggester.judged.images - right)).toBeLessThan(0.08)
    }
  })

  it('come from three images of each class, and from classes of very different size', async () => {
    expect((await judge(8, [3, 3], 400)).right).toBeGreaterThan(0.75)
    expect((await judge(8, [3, 60, 10], 300)).right).toBeGreaterThan(0.85)
  })

  it('say the least sure least, by the distance to the second', async () => {
    const { found } = await judge(3, [40, 40], 200)
    for (const { probability, margin } of found) expect(margin).toBeCloseTo(2 * probability - 1, 6)
  })

  it('use a part of very many labelled images, every class in it', async () => {
    const { right, suggester } = await judge(6, [4000, 5, 4000], 300)
    expect(suggester.judged.images).toBeLessThan(503)
    expect(right).toBeGreaterThan(0.85)
  })

  it('stop when asked to', async () => {
    const labelled = labelledImages(createRandom(1), [5, 5], 4)
    await expect(fitSuggester(labelled, [], 2, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
