/** @file The cells of a confusion matrix fill their frame and stay readable. */
import { describe, expect, it } from 'vitest'

import { cellSizeFor, headWidth } from '../../../renderer/charts/cell-size.ts'

describe('cellSizeFor', () => {
  it('makes all columns as wide as the frame', () => {
    expect(cellSizeFor(headWidth + 500, 5)).toEqual({ width: 100, height: 71 })
  })

  it('leaves cells readable where classes are many, and no larger than a picture where they are few', () => {
    expect(cellSizeFor(900, 200)).toEqual({ width: 42, height: 34 })
    expect(cellSizeFor(2000, 2)).toEqual({ width: 132, height: 92 })
    expect(cellSizeFor(0, 3)).toEqual({ width: 42, height: 34 })
  })
})
