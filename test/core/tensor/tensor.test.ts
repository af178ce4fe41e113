/** @file Making tensors; a wrong number of values is noticed at once. */
import { describe, expect, it } from 'vitest'

import { byteTensor, filled, floats, floatTensor, parameter, scalar } from '../../../core/tensor/tensor.ts'

describe('tensors', () => {
  it('are made from numbers, one number, or an array that is not copied', () => {
    expect(floats([2], [1, 2])).toEqual({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) })
    expect(filled([2, 1], 3).data).toEqual(Float32Array.of(3, 3))
    expect(scalar(4)).toEqual({ dtype: 'float32', shape: [], data: Float32Array.of(4) })
    const data = Float32Array.of(1, 2)
    expect(floatTensor([1, 2], data).data).toBe(data)
    expect(byteTensor([1], Uint8Array.of(255))).toEqual({
      dtype: 'uint8',
      shape: [1],
      data: Uint8Array.of(255),
    })
  })

  it('must have as many values as their shape says', () => {
    expect(() => floats([2, 2], [1, 2, 3])).toThrow('3 values cannot fill [2, 2]')
    expect(() => byteTensor([2], new Uint8Array(3))).toThrow('3 bytes cannot fill [2]')
  })

  it('are found by name', () => {
    const one = scalar(1)
    expect(parameter(new Map([['one', one]]), 'one')).toBe(one)
    expect(() => parameter(new Map(), 'two')).toThrow('no parameter named two')
  })
})
