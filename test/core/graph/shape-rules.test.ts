/** @file Wrong shapes are refused where a graph is built, with both shapes in the message. */
import { describe, expect, it } from 'vitest'

import * as b from '../../../core/graph/build.ts'

const x = (...shape: number[]) => b.feed('x', shape)
const bytes = b.feed('bytes', [2], 'uint8')

/** What must be refused, and with which words. */
const refused: Record<string, readonly [() => unknown, string]> = {
  'sizes that do not broadcast': [() => b.add(x(2, 3), x(2)), 'shapes [2, 3] and [2] do not broadcast'],
  'operands of two types': [() => b.multiply(x(2), bytes), 'operands of types float32 and uint8'],
  'inner sizes of a product': [() => b.matmul(x(2, 3), x(2, 3)), 'matmul of [2, 3] and [2, 3]'],
  'batches of a product': [() => b.matmul(x(2, 3, 4), x(1, 4, 5)), 'matmul of [2, 3, 4] and [1, 4, 5]'],
  'inner sizes of a gemm': [() => b.gemm(x(2, 3), x(2, 3)), 'inner sizes 3 and 2 differ'],
  'a gemm of vectors': [() => b.gemm(x(3), x(3, 2)), 'gemm of [3], [3, 2]'],
  'the bias of a gemm': [() => b.gemm(x(2, 3), x(3, 4), { bias: x(2) }), 'gemm bias [2] for 4 columns'],
  'the scale of a LayerNorm': [
    () => b.layerNorm(x(2, 3), x(2), x(3), 1e-6),
    'layerNorm of [2, 3] with a parameter [2]',
  ],
  'channels that kernels do not read': [
    () => b.conv(x(1, 4, 4, 3), x(2, 2, 1, 1), { stride: 1, pads: [0, 0, 0, 0] }),
    'conv of [1, 4, 4, 3] with kernels [2, 2, 1, 1]',
  ],
  'kernels larger than the image': [
    () => b.conv(x(1, 2, 2, 3), x(2, 3, 4, 4), { stride: 1, pads: [1, 0, 0, 0] }),
    'conv of [1, 2, 2, 3] with kernels [2, 3, 4, 4] and pads 1,0,0,0',
  ],
  'a permutation with a repeated axis': [() => b.transpose(x(2, 3), [0, 0]), 'perm [0,0] of [2, 3]'],
  'a permutation of too few axes': [() => b.transpose(x(2, 3), [0]), 'perm [0] of [2, 3]'],
  'a reshape to another size': [() => b.reshape(x(2, 3), [5]), 'reshape [2, 3] to [5]'],
  'an expansion that shrinks': [() => b.expand(x(2, 3), [2, 1]), 'expand [2, 3] to [2, 1]'],
  'a slice beyond the end': [() => b.slice(x(2, 3), 1, 1, 4), 'slice 1..4 of axis 1 of [2, 3]'],
  'an empty slice': [() => b.slice(x(2, 3), 1, 1, 1), 'slice 1..1 of axis 1 of [2, 3]'],
  'an axis counted from the end': [() => b.reduceSum(x(2, 3), [-1]), 'axis -1 of [2, 3]'],
  'an axis that is not there': [() => b.pad(x(2), 1, 0, 0), 'axis 1 of [2]'],
  'a concatenation of other sizes': [
    () => b.concat([x(2, 3), x(3, 3)], 1),
    'concat of [2, 3] and [3, 3] on axis 1',
  ],
  'a concatenation of nothing': [() => b.concat([], 0), 'concat of nothing'],
}

describe('the shape rules', () => {
  it.each(Object.entries(refused))('refuse %s', (_, [build, words]) => {
    expect(build).toThrow(words)
  })

  it('give comparisons as numbers, whatever is compared', () => {
    expect(b.equal(bytes, bytes).dtype).toBe('float32')
  })
})
