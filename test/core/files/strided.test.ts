/** @file Strided copies against index arithmetic spelled out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { columnMajorStrides, gather, lastElement, permute } from '../../../core/files/strided.ts'
import { sizeOf, stridesOf } from '../../../core/tensor/shape.ts'
import { floats } from '../../../core/tensor/tensor.ts'

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })

const counting = (shape: readonly number[]) =>
  floats(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, index) => index),
  )

function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, size) => all.flatMap((index) => Array.from({ length: size }, (_, next) => [...index, next])),
    [[]],
  )
}

describe('permute', () => {
  it('puts axis axes[i] of the source at axis i', () => {
    const cases = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })),
    )
    fc.assert(
      fc.property(cases, ([shape, axes]) => {
        const result = permute(counting(shape), axes)
        const strides = stridesOf(shape)
        const expected = indices(result.shape).map((index) =>
          index.reduce((sum, position, axis) => sum + position * strides[axes[axis]!]!, 0),
        )
        expect([...result.data]).toEqual(expected)
      }),
    )
  })
})

describe('gather', () => {
  it('reads a column-major array as its rows', () => {
    expect(columnMajorStrides([2, 3])).toEqual([1, 2])
    expect([...gather(Float32Array.of(0, 1, 2, 3, 4, 5), [2, 3], [1, 2], 0).data]).toEqual([0, 2, 4, 1, 3, 5])
  })

  it('repeats along strides of zero, starts at the offset and may be empty', () => {
    expect([...gather(Float32Array.of(8, 9), [2, 2], [0, 0], 1).data]).toEqual([9, 9, 9, 9])
    expect(gather(Float32Array.of(), [0, 4], [4, 1], 0).data).toHaveLength(0)
    expect([...gather(Float32Array.of(5), [], [], 0).data]).toEqual([5])
  })
})

describe('lastElement', () => {
  it('is the furthest index that a view touches', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 5 }), (shape, offset) => {
        expect(lastElement(shape, stridesOf(shape), offset)).toBe(offset + sizeOf(shape) - 1)
      }),
    )
    expect(lastElement([3, 0], [0, 1], 7)).toBe(-1)
  })
})
