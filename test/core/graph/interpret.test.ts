/** @file The oracle against numbers worked out by hand. */
import { describe, expect, it } from 'vitest'

import * as b from '../../../core/graph/build.ts'
import { interpret, type Exact } from '../../../core/graph/interpret.ts'
import type { Value } from '../../../core/graph/ir.ts'
import { byteTensor, floats } from '../../../core/tensor/tensor.ts'

const evaluate = (value: Value): Exact | undefined =>
  interpret({ outputs: new Map([['y', value]]), updates: new Map() }, new Map()).get('y')

const matrix = b.constant(floats([2, 3], [1, 2, 3, 4, 5, 6]))
const column = b.constant(floats([2, 1], [10, 20]))

/** Each value with the shape and the numbers it must have. */
const byHand: Record<string, readonly [Value, readonly number[], readonly number[]]> = {
  'a broadcast sum': [b.add(matrix, column), [2, 3], [11, 12, 13, 24, 25, 26]],
  'a broadcast to a higher rank': [b.subtract(b.constant(floats([1], [1])), column), [2, 1], [-9, -19]],
  'a product of matrices': [b.matmul(matrix, b.transpose(matrix, [1, 0])), [2, 2], [14, 32, 32, 77]],
  'a batched product': [
    b.matmul(b.constant(floats([2, 1, 2], [1, 2, 3, 4])), b.constant(floats([2, 2, 1], [5, 6, 7, 8]))),
    [2, 1, 1],
    [17, 53],
  ],
  'a gemm with a bias': [
    b.gemm(matrix, column, { transposeA: true, bias: b.constant(floats([1], [1])) }),
    [3, 1],
    [91, 121, 151],
  ],
  'a slice': [b.slice(matrix, 1, 1, 3), [2, 2], [2, 3, 5, 6]],
  'a padding': [b.pad(column, 0, 1, 2), [5, 1], [0, 10, 20, 0, 0]],
  'a concatenation': [
    b.concat([matrix, column, matrix], 1),
    [2, 7],
    [1, 2, 3, 10, 1, 2, 3, 4, 5, 6, 20, 4, 5, 6],
  ],
  'a transposition': [b.transpose(matrix, [1, 0]), [3, 2], [1, 4, 2, 5, 3, 6]],
  'an expansion': [b.expand(column, [2, 2]), [2, 2], [10, 10, 20, 20]],
  'a sum over rows': [b.reduceSum(matrix, [1]), [2, 1], [6, 15]],
  'a sum over everything': [b.sumAll(matrix), [], [21]],
  'a sum of squares': [b.reduceSumSquare(matrix, [0]), [1, 3], [17, 29, 45]],
  'a maximum': [b.reduceMax(matrix, [0]), [1, 3], [4, 5, 6]],
  'a comparison': [b.equal(matrix, b.constant(floats([3], [1, 5, 6]))), [2, 3], [1, 0, 0, 0, 1, 1]],
  'a cast that cuts off': [b.cast(b.constant(floats([2], [1.9, 7])), 'uint8'), [2], [1, 7]],
  'bytes as numbers': [b.cast(b.constant(byteTensor([2], Uint8Array.of(0, 255))), 'float32'), [2], [0, 255]],
  'a softmax': [b.softmax(b.constant(floats([1, 2], [1000, 1000]))), [1, 2], [0.5, 0.5]],
  'a log-softmax': [b.logSoftmax(b.constant(floats([2], [0, 0]))), [2], [-Math.LN2, -Math.LN2]],
  'a layer normalisation': [
    b.layerNorm(
      b.constant(floats([1, 2], [1, 3])),
      b.constant(floats([2], [2, 3])),
      b.constant(floats([2], [1, 1])),
      0,
    ),
    [1, 2],
    [-1, 4],
  ],
}

describe('interpret', () => {
  it.each(Object.entries(byHand))('computes %s', (_, [value, shape, data]) => {
    expect(evaluate(value) ?? []).toBeAllclose({ shape, data }, { rtol: 1e-15, atol: 1e-15 })
    expect(value.shape).toEqual(shape)
  })

  it('names an input that has no value or the wrong number of them', () => {
    const graph = { outputs: new Map([['y', b.feed('x', [2])]]), updates: new Map() }
    expect(() => interpret(graph, new Map())).toThrow('no value for input x')
    expect(() => interpret(graph, new Map([['x', floats([1], [1])]]))).toThrow('input x has 1 values')
  })
})
