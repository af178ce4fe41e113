/** @file The simplifier keeps every number and leaves no node that is repeated or needless. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  add,
  constant,
  divide,
  exp,
  expand,
  feed,
  multiply,
  reduceSum,
  reshape,
  slice,
  state,
  subtract,
  transpose,
} from '../../../core/graph/build.ts'
import { interpret } from '../../../core/graph/interpret.ts'
import { resultsOf, topologicalOrder, type Graph, type Op, type Value } from '../../../core/graph/ir.ts'
import { printGraph } from '../../support/print-graph.ts'
import { simplify } from '../../../core/graph/simplify.ts'
import { at } from '../../../core/tensor/shape.ts'
import { filled, floats } from '../../../core/tensor/tensor.ts'
import { graphOf } from '../../support/graph-of.ts'

const opsOf = (graph: Graph): Op[] => topologicalOrder(resultsOf(graph)).map(({ op }) => op)
const simplified = (value: Value): Value => at([...simplify(graphOf({ y: value })).outputs.values()], 0)

/** Steps of a random program; each takes two earlier values of six elements and makes another. */
const steps: readonly ((a: Value, b: Value) => Value)[] = [
  (a, b) => add(a, reshape(b, a.shape)),
  (a, b) => subtract(a, reshape(b, a.shape)),
  (a) => multiply(a, 1),
  (a) => multiply(constant(filled(a.shape, 1)), a),
  (a) => multiply(a, -0),
  (a) => divide(a, 2),
  (a) => transpose(a, a.shape.map((_, axis) => axis).toReversed()),
  (a) =>
    transpose(
      a,
      a.shape.map((_, axis) => (axis + 1) % a.shape.length),
    ),
  (a) => reshape(a, [2, 3]),
  (a) => reshape(a, [3, 1, 2]),
  (a) => reshape(a, a.shape),
  (a) => expand(a, a.shape),
  (a) => reshape(reduceSum(expand(reshape(a, [6, 1]), [6, 2]), [1]), [6]),
  (a) => exp(multiply(a, 1 / 16)),
]

const programs = fc
  .array(fc.tuple(fc.nat({ max: steps.length - 1 }), fc.nat(), fc.nat()), { minLength: 1, maxLength: 20 })
  .map((choices) => {
    const values = [state('a', [6]), state('b', [2, 3]), state('a', [6])]
    const pick = (index: number): Value => at(values, index % values.length)
    for (const [step, i, j] of choices) values.push(at(steps, step)(pick(i), pick(j)))
    const last = at(values, -1)
    return graphOf({ last, some: pick(choices.length) }, { a: reshape(last, [6]) })
  })

const numbers = new Map([
  ['a', floats([6], [1, -2, 3, -4, 5, -6])],
  ['b', floats([2, 3], [0.5, 0, -0.25, 8, 0.125, -1])],
])

describe('simplify', () => {
  it('changes no number of any program', () => {
    fc.assert(
      fc.property(programs, (graph) => {
        expect(interpret(simplify(graph), numbers)).toEqual(interpret(graph, numbers))
      }),
      { numRuns: 300, seed: 20 },
    )
  })

  it('finds nothing left to do the second time, and never adds a node', () => {
    fc.assert(
      fc.property(programs, (graph) => {
        const once = simplify(graph)
        expect(printGraph(simplify(once))).toBe(printGraph(once))
        expect(opsOf(once).length).toBeLessThanOrEqual(opsOf(graph).length)
      }),
      { numRuns: 100, seed: 20 },
    )
  })

  it('makes one transpose of a chain, and none of one that comes back', () => {
    const x = state('x', [2, 3, 4])
    const twice = simplified(transpose(transpose(x, [1, 2, 0]), [1, 0, 2]))
    expect(twice.node.attributes).toEqual({ perm: [2, 1, 0] })
    expect(at(twice.node.inputs, 0).node.op).toBe('input')
    expect(simplified(transpose(transpose(x, [1, 2, 0]), [2, 0, 1])).node.op).toBe('input')
  })

  it('makes one reshape of a chain, and none of one that comes back', () => {
    const x = state('x', [2, 3])
    const twice = simplified(reshape(reshape(x, [6]), [3, 2]))
    expect(twice.node.attributes).toEqual({ shape: [3, 2] })
    expect(at(twice.node.inputs, 0).node.op).toBe('input')
    expect(simplified(reshape(reshape(x, [6]), [2, 3])).node.op).toBe('input')
  })

  it('computes equal values once, inputs of the same name included', () => {
    const ys = [1, 2, 3].map(() => exp(add(state('x', [3]), 2)))
    const graph = graphOf({ y: add(at(ys, 0), at(ys, 1)), z: at(ys, 2) })
    expect(opsOf(simplify(graph))).toEqual(['input', 'constant', 'add', 'exp', 'add'])
  })

  it('keeps values apart that differ in an attribute, an operand or an output', () => {
    const x = state('x', [4])
    const [low, high] = [slice(x, 0, 0, 2), slice(x, 0, 2, 4)]
    const graph = graphOf({ a: subtract(low, high), b: subtract(high, low) })
    expect(opsOf(simplify(graph))).toEqual(['input', 'slice', 'slice', 'subtract', 'subtract'])
  })

  it('drops what no result needs', () => {
    const x = feed('x', [2])
    exp(x)
    expect(opsOf(simplify(graphOf({ y: multiply(reshape(x, [1, 2]), 1) })))).toEqual(['input', 'reshape'])
  })

  it('does not take −0 for 0', () => {
    const x = state('x', [])
    const result = interpret(
      simplify(graphOf({ up: divide(x, 0), down: divide(x, -0) })),
      new Map([['x', floats([], [1])]]),
    )
    expect([result.get('up')?.data[0], result.get('down')?.data[0]]).toEqual([Infinity, -Infinity])
  })

  it('keeps a product with ones that broadcasts', () => {
    const ones = constant(filled([2, 3], 1))
    expect(simplified(multiply(state('x', [3]), ones)).shape).toEqual([2, 3])
  })
})
