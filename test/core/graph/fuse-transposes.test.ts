/** @file Transposes around batched products: rearranged without changing a number, and no row torn apart. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  matmul,
  reshape,
  softmax,
  state,
  sumAll,
  swapLastAxes,
  transpose,
} from '../../../core/graph/build.ts'
import { fuseTransposes } from '../../../core/graph/fuse-transposes.ts'
import { gradients } from '../../../core/graph/gradient.ts'
import { interpret } from '../../../core/graph/interpret.ts'
import { isOp, resultsOf, topologicalOrder, type Graph, type Value } from '../../../core/graph/ir.ts'
import { simplify } from '../../../core/graph/simplify.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { at, sizeOf } from '../../../core/tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { graphOf } from '../../support/graph-of.ts'

const [batch, tokens, heads, width] = [2, 5, 3, 4]
const names = ['query', 'key', 'value'] as const

function attention(): { result: Value; inputs: Value[] } {
  const inputs = names.map((name) => state(name, [batch * tokens, heads * width]))
  const perHead = (x: Value | undefined, perm: readonly number[]): Value =>
    transpose(reshape(x ?? at(inputs, 0), [batch, tokens, heads, width]), perm)
  const [query, key, value] = inputs
  const weights = softmax(matmul(perHead(query, [0, 2, 1, 3]), perHead(key, [0, 2, 3, 1])))
  return { result: transpose(matmul(weights, perHead(value, [0, 2, 1, 3])), [0, 2, 1, 3]), inputs }
}

function attentionStep(): Graph {
  const { result, inputs } = attention()
  const gradientValues = gradients(sumAll(softmax(result)), inputs, { recompute: false })
  return simplify(graphOf({ result, ...Object.fromEntries(gradientValues.entries()) }))
}

function randomTensor(shape: readonly number[], seed: number): FloatTensor {
  const random = createRandom(seed)
  return floatTensor(
    shape,
    new Float32Array(sizeOf(shape)).map(() => normal(random)),
  )
}

const permsOf = (graph: Graph): (readonly number[])[] =>
  topologicalOrder(resultsOf(graph)).flatMap((node) =>
    isOp(node, 'transpose') ? [node.attributes.perm] : [],
  )

describe('attention and its gradients', () => {
  const before = attentionStep()
  const after = fuseTransposes(before)

  it('keep their numbers', () => {
    const values = new Map(
      names.map((name, seed) => [name, randomTensor([batch * tokens, heads * width], seed)]),
    )
    const expected = interpret(before, values)
    for (const [name, { data }] of interpret(after, values)) {
      expect(data).toBeAllclose(expected.get(name)?.data ?? [], { rtol: 1e-12, atol: 1e-12 })
    }
  })

  it('move whole rows, or exchange the last two axes for a product to read', () => {
    expect(permsOf(before)).toContainEqual([0, 2, 3, 1])
    for (const perm of permsOf(after)) expect(['0,2,1,3', '0,1,3,2']).toContain(perm.join())
  })

  it('exchange axes only right before a product', () => {
    const nodes = topologicalOrder(resultsOf(after))
    const exchanges = nodes.filter((node) => isOp(node, 'transpose') && node.attributes.perm[3] === 2)
    expect(exchanges.length).toBeGreaterThan(0)
    for (const exchange of exchanges) {
      const readers = nodes.filter((node) => node.inputs.some((input) => input.node === exchange))
      expect(readers.map(({ op }) => op)).toEqual(readers.map(() => 'matmul'))
    }
  })
})

it('keeps the numbers of any chain of transposes and products', () => {
  const perm = fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(perm, perm, perm, fc.boolean(), (p, q, r, exchanged) => {
      const cube = (name: string): Value => state(name, [3, 3, 3])
      const left = transpose(cube('a'), p)
      const product = matmul(exchanged ? swapLastAxes(left) : left, transpose(cube('b'), q))
      const graph = graphOf({ y: transpose(product, r) })
      const values = new Map(['a', 'b'].map((name, seed) => [name, randomTensor([3, 3, 3], seed)]))
      const [expected, actual] = [graph, fuseTransposes(graph)].map((one) => interpret(one, values).get('y'))
      expect(actual?.shape).toEqual(expected?.shape)
      expect(actual?.data ?? []).toBeAllclose(expected?.data ?? [], { rtol: 1e-12, atol: 1e-12 })
    }),
    { seed: 1, numRuns: 200 },
  )
})
