import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Evaluation, JudgedImage } from '../../../core/api/contract/results.ts'
import {
  averagesOf,
  certaintyOf,
  confusionsOf,
  effectOf,
  mistakesOf,
  sureGroupsOf,
} from '../../../renderer/store/figures.ts'
import { evaluation } from '../../support/fake-studio.ts'

function of(images: readonly (readonly [probability: number, right: boolean])[]): Evaluation {
  const judged: JudgedImage[] = images.map(([probability, right], i) => ({
    path: `${i}.jpg`,
    label: 0,
    predicted: right ? 0 : 1,
    probability,
    trueProbability: right ? probability : 1 - probability,
  }))
  return { ...evaluation(), images: judged }
}

const judgements = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
  minLength: 1,
})

describe('figures of an evaluation', () => {
  it('list mistakes, the surest first', () => {
    const mistakes = mistakesOf(evaluation())
    expect(mistakes).toHaveLength(6)
    expect(mistakes.map(({ probability }) => probability)).toEqual(
      mistakes.map(({ probability }) => probability).toSorted((a, b) => b - a),
    )
  })

  it('list what was confused, the most frequent first, and nothing that was right', () => {
    const confusion = [
      [9, 1, 0],
      [4, 9, 0],
      [0, 2, 9],
    ]
    expect(confusionsOf({ ...evaluation(), confusion })).toEqual([
      { truth: 1, guess: 0, images: 4 },
      { truth: 2, guess: 1, images: 2 },
      { truth: 0, guess: 1, images: 1 },
    ])
  })

  it('average over the classes that have a figure', () => {
    const perClass = [
      { name: 'a', trained: 9, support: 2, precision: 1, recall: 0.5, f1: 2 / 3 },
      { name: 'b', trained: 9, support: 0, precision: null, recall: null, f1: null },
      { name: 'c', trained: 9, support: 2, precision: 0.5, recall: 1, f1: 2 / 3 },
    ]
    expect(averagesOf(perClass)).toEqual({ precision: 0.75, recall: 0.75, f1: 2 / 3 })
    expect(averagesOf([])).toEqual({ precision: null, recall: null, f1: null })
  })

  it('group every image once by how sure the model was', () => {
    fc.assert(
      fc.property(judgements, (images) => {
        const groups = sureGroupsOf(of(images))
        expect(groups.reduce((sum, group) => sum + group.images, 0)).toBe(images.length)
        const right = groups.reduce((sum, group) => sum + group.images * group.right, 0)
        expect(right).toBeCloseTo(images.filter(([, isRight]) => isRight).length, 9)
      }),
    )
    expect(
      sureGroupsOf(
        of([
          [1, true],
          [0.9, false],
          [0.89, true],
        ]),
      ),
    ).toEqual([
      { from: 0.9, to: 1, images: 2, right: 0.5 },
      { from: 0.7, to: 0.9, images: 1, right: 1 },
    ])
  })

  it('compare what the model claims with the interval of its accuracy', () => {
    const claiming = (probability: number): Evaluation => ({
      ...of([[probability, true]]),
      accuracyInterval: { low: 0.6, high: 0.8 },
    })
    expect(certaintyOf(claiming(0.9))).toEqual({ claimed: 0.9, verdict: 'tooSure' })
    expect(certaintyOf(claiming(0.7))).toEqual({ claimed: 0.7, verdict: 'fits' })
    expect(certaintyOf(claiming(0.5))).toEqual({ claimed: 0.5, verdict: 'notSureEnough' })
    expect(certaintyOf({ ...of([]), accuracyInterval: null })).toBeNull()
  })

  it('say what a threshold would do', () => {
    const some = of([
      [0.9, true],
      [0.8, false],
      [0.4, false],
      [0.3, true],
    ])
    expect(effectOf(some, 0.5)).toEqual({ unsure: 0.5, right: 0.5 })
    expect(effectOf(some, 0.85)).toEqual({ unsure: 0.75, right: 1 })
    expect(effectOf(some, 1)).toEqual({ unsure: 1, right: null })
    expect(effectOf(of([]), 0.5)).toBeNull()
  })
})
