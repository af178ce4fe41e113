/** @file Walking a graph: order, depth and the names of inputs. */
import { describe, expect, it } from 'vitest'

import { add, feed, multiply, state } from '../../../core/graph/build.ts'
import { gradients } from '../../../core/graph/gradient.ts'
import { inputsOf, resultsOf, topologicalOrder, type Graph, type Value } from '../../../core/graph/ir.ts'
import { simplify } from '../../../core/graph/simplify.ts'

const depth = 10_000

function chain(x: Value): Value {
  let y = x
  for (let index = 0; index < depth; index++) y = add(y, x)
  return y
}

describe('topologicalOrder', () => {
  it('puts every node after its inputs, once', () => {
    const [a, b] = [state('a', []), feed('b', [])]
    const shared = multiply(a, b)
    const order = topologicalOrder([add(shared, multiply(shared, a)), shared])
    expect(new Set(order).size).toBe(order.length)
    for (const [place, node] of order.entries()) {
      for (const input of node.inputs) expect(order.indexOf(input.node)).toBeLessThan(place)
    }
    expect(order.map(({ op }) => op)).toEqual(['input', 'input', 'multiply', 'multiply', 'add'])
  })

  it('does not overflow the stack on a deep graph, nor do the transformations that use it', () => {
    const x = state('x', [])
    const y = chain(x)
    expect(topologicalOrder([y])).toHaveLength(depth + 1)
    expect(gradients(y, [x], { recompute: false })).toHaveLength(1)
    expect(resultsOf(simplify({ outputs: new Map([['y', y]]), updates: new Map() }))).toHaveLength(1)
  })
})

describe('inputsOf', () => {
  it('names the feeds and states that the results need', () => {
    const [w, lr, unused] = [state('w', [2]), feed('lr', []), feed('unused', [])]
    add(unused, 1)
    const graph: Graph = { outputs: new Map(), updates: new Map([['w', multiply(w, lr)]]) }
    expect([...inputsOf(graph).values()]).toEqual([
      { name: 'w', kind: 'state', shape: [2], dtype: 'float32' },
      { name: 'lr', kind: 'feed', shape: [], dtype: 'float32' },
    ])
  })
})
