/** @file The small matrix helpers on a matrix that fits in one glance. */
import { describe, expect, it } from 'vitest'
import { addScaled, columnsOf, dot, gram, joined, rowsOf, weightedSum } from '../../../core/tensor/matrix.ts'

const matrix = Float64Array.of(1, 2, 3, 4, 5, 6)

describe('matrix helpers', () => {
  it('takes rows as views and columns as copies, and joins them again', () => {
    expect(rowsOf(matrix, 3)).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)])
    expect(rowsOf(matrix, 3)[0]!.buffer).toBe(matrix.buffer)
    expect(columnsOf(rowsOf(matrix, 3))).toEqual([
      Float64Array.of(1, 4),
      Float64Array.of(2, 5),
      Float64Array.of(3, 6),
    ])
    expect(joined(rowsOf(matrix, 2))).toEqual(matrix)
  })

  it('multiplies', () => {
    expect(dot(Float64Array.of(1, 2), Float64Array.of(3, -4))).toBe(-5)
    expect(weightedSum(Float64Array.of(2, -1), rowsOf(matrix, 3))).toEqual(Float64Array.of(-2, -1, 0))
    expect(gram(rowsOf(matrix, 3))).toEqual(Float64Array.of(14, 32, 32, 77))
  })

  it('adds a multiple to the target only', () => {
    const target = Float64Array.of(1, 1)
    const source = Float64Array.of(2, 4)
    addScaled(target, source, 0.5)
    expect([target, source]).toEqual([Float64Array.of(2, 3), Float64Array.of(2, 4)])
  })
})
