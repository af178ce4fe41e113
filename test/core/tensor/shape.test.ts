/** @file Arithmetic on shapes. */
import { describe, expect, it } from 'vitest'

import { at, sameShape, showShape, sizeOf, stridesOf } from '../../../core/tensor/shape.ts'

describe('shapes', () => {
  it('have a size, 1 for a scalar', () => {
    expect([sizeOf([]), sizeOf([2, 3, 4]), sizeOf([2, 0])]).toEqual([1, 24, 0])
  })

  it('have row-major strides', () => {
    expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1])
    expect(stridesOf([])).toEqual([])
  })

  it('are equal axis by axis', () => {
    expect(sameShape([2, 3], [2, 3])).toBe(true)
    expect(sameShape([2, 3], [3, 2])).toBe(false)
    expect(sameShape([2], [2, 1])).toBe(false)
    expect(sameShape([], [])).toBe(true)
  })

  it('are shown in brackets', () => {
    expect(showShape([2, 3])).toBe('[2, 3]')
    expect(showShape([])).toBe('[]')
    expect(showShape(Array.from({ length: 64 }, () => 2 ** 52)).length).toBeLessThan(200)
  })
})

describe('at', () => {
  it('counts from the end where the index is negative', () => {
    expect([at([5, 6, 7], 0), at([5, 6, 7], -1), at(Float32Array.of(1, 2), 1)]).toEqual([5, 7, 2])
  })

  it('stops at an index that is not there', () => {
    expect(() => at([5], 1)).toThrow('index 1 outside a list of 1')
    expect(() => at([5], -2)).toThrow('index -2 outside a list of 1')
  })
})
