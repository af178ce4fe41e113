import { describe, expect, it } from 'vitest'

import { state } from '../../../core/graph/build.ts'
import { windowCount, windowParts } from '../../../core/graph/convolution.ts'
import { interpret } from '../../../core/graph/interpret.ts'
import { at } from '../../../core/tensor/shape.ts'
import { floats } from '../../../core/tensor/tensor.ts'
import { graphOf } from '../../support/graph-of.ts'

/** The windows over 1, 2, …, `length`, one list for each position. */
function windowsOver(length: number, window: Parameters<typeof windowCount>[1]): number[][] {
  const values = Array.from({ length }, (_, index) => index + 1)
  const parts = windowParts(state('x', [length, 1]), 0, window)
  const graph = graphOf(Object.fromEntries(parts.entries()))
  const results = [...interpret(graph, new Map([['x', floats([length, 1], values)]])).values()]
  return Array.from({ length: windowCount(length, window) }, (_, place) =>
    results.map(({ data }) => at(data, place)),
  )
}

describe('windowParts', () => {
  it('moves by one element', () => {
    expect(windowsOver(4, { size: 3, stride: 1, before: 1, after: 1 })).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 0],
    ])
  })

  it('moves by two elements with a zero at the end only, as TensorFlow pads an even length', () => {
    expect(windowsOver(6, { size: 3, stride: 2, before: 0, after: 1 })).toEqual([
      [1, 2, 3],
      [3, 4, 5],
      [5, 6, 0],
    ])
  })

  it('takes every third element with a window of one', () => {
    expect(windowsOver(8, { size: 1, stride: 3, before: 0, after: 0 })).toEqual([[1], [4], [7]])
  })

  it('leaves elements out that no window reaches', () => {
    expect(windowsOver(5, { size: 2, stride: 3, before: 0, after: 0 })).toEqual([
      [1, 2],
      [4, 5],
    ])
    expect(windowsOver(6, { size: 2, stride: 4, before: 0, after: 0 })).toEqual([
      [1, 2],
      [5, 6],
    ])
  })
})
