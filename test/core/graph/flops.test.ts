import { describe, expect, it } from 'vitest'

import { add, conv, feed, gemm, matmul, state } from '../../../core/graph/build.ts'
import { stepFlops } from '../../../core/graph/flops.ts'
import type { Graph, Value } from '../../../core/graph/ir.ts'
import { trainingStep } from '../../../core/train/step/graphs.ts'
import { plainVit, type VitConfig } from '../../../core/vit/config.ts'

function graphOf(...values: readonly Value[]): Graph {
  return { outputs: new Map(values.map((value, index) => [`y${index}`, value])), updates: new Map() }
}

describe('stepFlops', () => {
  it('counts 2·m·k·n for a product, whichever operand is stored transposed', () => {
    const expected = 2 * 3 * 5 * 7
    expect(stepFlops(graphOf(gemm(feed('a', [3, 5]), state('b', [5, 7]))))).toBe(expected)
    expect(stepFlops(graphOf(gemm(feed('a', [5, 3]), state('b', [5, 7]), { transposeA: true })))).toBe(
      expected,
    )
    expect(stepFlops(graphOf(gemm(feed('a', [3, 5]), state('b', [7, 5]), { transposeB: true })))).toBe(
      expected,
    )
  })

  it('counts every matrix of a batched product', () => {
    expect(stepFlops(graphOf(matmul(feed('a', [2, 4, 3, 5]), feed('b', [2, 4, 5, 7]))))).toBe(
      2 * 4 * 2 * 3 * 5 * 7,
    )
  })

  it('counts every weight of a kernel for each element that a convolution gives', () => {
    const y = conv(feed('x', [2, 8, 6, 3]), state('k', [5, 3, 3, 2]), { stride: 2, pads: [1, 0, 1, 0] })
    expect(y.shape).toEqual([2, 4, 3, 5])
    expect(stepFlops(graphOf(y))).toBe(2 * 3 * 3 * 2 * (2 * 4 * 3 * 5))
  })

  it('counts a product that is used twice once, and elementwise work not at all', () => {
    const product = gemm(feed('a', [3, 5]), state('b', [5, 7]))
    expect(stepFlops(graphOf(product, add(product, product)))).toBe(2 * 3 * 5 * 7)
  })

  it('gives about three times the forward products for a training step of ViT-Ti at 224 px', () => {
    const config = vitTiny()
    const [tokens, width] = [197, 192]
    // Per image: patches; per block query, key, value, out and the MLP (12 D²) and both attention products.
    const forward = 2 * (196 * 768 * width + 12 * (12 * tokens * width ** 2 + 2 * tokens ** 2 * width))
    const graph = trainingStep({ config, normalisation: { mean: [0, 0, 0], std: [1, 1, 1] } }, 2, {
      recompute: false,
    })
    const ratio = stepFlops(graph) / (2 * forward)
    // A little less than 3: pixels need no gradient, and the last block computes the class token only.
    expect(ratio).toBeGreaterThan(2.7)
    expect(ratio).toBeLessThan(3)
  })
})

function vitTiny(): VitConfig {
  const grid = { rows: 14, columns: 14 }
  return plainVit({ width: 192, depth: 12, heads: 3, mlpWidth: 768, patch: 16, grid, classes: 10 })
}
