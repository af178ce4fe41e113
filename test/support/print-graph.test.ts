/** @file How a graph reads as text: the whole of a small training step. */
import { describe, expect, it } from 'vitest'

import { feed, gelu, gemm, layerNorm, state, subtract, sumAll } from '../../core/graph/build.ts'
import { gradients } from '../../core/graph/gradient.ts'
import { printGraph } from './print-graph.ts'
import { simplify } from '../../core/graph/simplify.ts'

describe('printGraph', () => {
  it('shows operators, shapes, operands, attributes, constants and results', () => {
    const x = feed('x', [4, 3])
    const w = state('w', [3, 2])
    const loss = sumAll(gelu(gemm(x, w), 'quick'))
    const [gradient] = gradients(loss, [w], { recompute: false })
    const updates = new Map(gradient === undefined ? [] : [['w', subtract(w, gradient)]])
    expect(printGraph(simplify({ outputs: new Map([['loss', loss]]), updates }))).toMatchInlineSnapshot(`
      "x: float32[4, 3] = input() feed
      w: float32[3, 2] = input() state
      %2: float32[4, 2] = gemm(x, w) {transposeA: false, transposeB: false}
      %3: float32[4, 2] = gelu(%2) {variant: "quick"}
      %4: float32[1, 1] = reduceSum(%3) {axes: [0,1]}
      %5: float32[] = reshape(%4)
      %6: float32[] = constant() {1}
      %7: float32[1, 1] = reshape(%6)
      %8: float32[4, 2] = expand(%7)
      %9: float32[] = constant() {1.7020000219345093}
      %10: float32[4, 2] = multiply(%2, %9)
      %11: float32[4, 2] = sigmoid(%10)
      %12: float32[4, 2] = subtract(%6, %11)
      %13: float32[4, 2] = multiply(%11, %12)
      %14: float32[4, 2] = multiply(%10, %13)
      %15: float32[4, 2] = add(%11, %14)
      %16: float32[4, 2] = multiply(%8, %15)
      %17: float32[3, 2] = gemm(x, %16) {transposeA: true, transposeB: false}
      %18: float32[3, 2] = subtract(w, %17)
      output loss = %5
      update w = %18"
    `)
  })

  it('refers to the second output of a node by its number', () => {
    const { node } = layerNorm(feed('x', [2, 3]), state('s', [3]), state('b', [3]), 1e-6)
    const mean = { node, index: 1, shape: [2, 1], dtype: 'float32' as const }
    expect(printGraph({ outputs: new Map([['mean', mean]]), updates: new Map() })).toContain(
      'output mean = %3.1',
    )
  })
})
