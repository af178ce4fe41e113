/** @file Every derivative rule against central finite differences of the float64 interpreter. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  constant,
  gelu,
  gemm,
  layerNorm,
  maximum,
  multiply,
  relu,
  state,
  sumAll,
} from '../../../core/graph/build.ts'
import { derivatives } from '../../../core/graph/derivatives.ts'
import { gradients } from '../../../core/graph/gradient.ts'
import { interpret, type Exact } from '../../../core/graph/interpret.ts'
import { topologicalOrder, type Op, type Value } from '../../../core/graph/ir.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { at, sizeOf } from '../../../core/tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { graphOf } from '../../support/graph-of.ts'
import { allOps, buildCase, instancesOf, sampleInstances, type OpInstance } from '../../support/op-cases.ts'

const isDifferentiable = (op: Op): boolean => derivatives[op] !== null
/** A random linear functional of a value, which gives each of its elements a different gradient. */
function functional(value: Value, seed = 7): Value {
  return sumAll(multiply(value, constant(randomTensor(value.shape, seed))))
}

function randomTensor(shape: readonly number[], seed: number): FloatTensor {
  const random = createRandom(seed)
  return floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => normal(random)),
  )
}

const exactly = ({ shape, data }: { shape: readonly number[]; data: ArrayLike<number> }): Exact => ({
  shape,
  data: Float64Array.from(data),
})

// Five-point formula, whose error is of the order h⁴.
const h = 1e-4

function numericGradient(loss: Value, inputs: ReadonlyMap<string, Exact>, name: string): Float64Array {
  const graph = graphOf({ loss })
  const { shape, data } = inputs.get(name) ?? { shape: [], data: new Float64Array() }
  return data.map((value, index) => {
    const lossAt = (moved: number): number => {
      const changed = { shape, data: data.with(index, moved) }
      return at(at([...interpret(graph, new Map(inputs).set(name, changed)).values()], 0).data, 0)
    }
    const near = lossAt(value + h) - lossAt(value - h)
    const far = lossAt(value + 2 * h) - lossAt(value - 2 * h)
    return (8 * near - far) / (12 * h)
  })
}

function expectDerivative(op: Op, instance: OpInstance): void {
  const { operands, outputs, values } = buildCase(op, instance)
  const inputs = new Map([...values].map(([name, tensor]) => [name, exactly(tensor)]))
  const loss = functional(at(outputs, 0))
  const gradientValues = gradients(loss, operands, { recompute: false })
  const names = [...values.keys()]
  const computed = interpret(
    graphOf(Object.fromEntries(gradientValues.map((g, i) => [at(names, i), g]))),
    inputs,
  )
  for (const [name, gradient] of computed) {
    const numeric = numericGradient(loss, inputs, name)
    const largest = Math.max(...numeric.map(Math.abs))
    // Constants of a graph are float32, so a formula with an irrational factor is right to 6e-8.
    expect(gradient.data, name).toBeAllclose(numeric, { rtol: 1e-6, atol: 1e-6 * largest + 1e-9 })
  }
}

describe('the derivative of', () => {
  it.each(allOps.filter(isDifferentiable))('%s agrees with finite differences', (op) => {
    const instances = instancesOf(op).filter(({ operands }) => operands.every((x) => x.dtype === 'float32'))
    fc.assert(
      fc.property(instances, (instance) => expectDerivative(op, instance)),
      { numRuns: 25, seed: 20 },
    )
  })

  it.each(allOps.filter((op) => !isDifferentiable(op) && op !== 'input'))('%s is refused', (op) => {
    for (const instance of sampleInstances(op, 3)) {
      const { operands, outputs } = buildCase(op, instance)
      // A constant has no operands: the gradient is asked for with respect to itself.
      const [parameter] = operands.length === 0 ? outputs : operands
      const ask = (): unknown => gradients(sumAll(at(outputs, 0)), [parameter as Value], { recompute: false })
      expect(ask).toThrow(`a gradient reached ${op}, which has none`)
    }
  })
})

describe('gradients', () => {
  const keep = { recompute: false }

  it('gives the first of two equal operands the gradient of their maximum, and a ReLU derivative 0 at 0', () => {
    const [x, y] = [state('x', [3]), state('y', [3])]
    const values = new Map([
      ['x', floatTensor([3], Float32Array.of(-1, 0, 2))],
      ['y', floatTensor([3], Float32Array.of(0, 0, 0))],
    ])
    const [toX, toY] = gradients(sumAll(maximum(x, y)), [x, y], keep)
    const [gradient] = gradients(sumAll(relu(x)), [x], keep)
    const result = interpret(
      graphOf({ toX: toX as Value, toY: toY as Value, gradient: gradient as Value }),
      values,
    )
    expect(result.get('toX')?.data).toEqual(Float64Array.of(0, 1, 1))
    expect(result.get('toY')?.data).toEqual(Float64Array.of(1, 0, 0))
    expect(result.get('gradient')?.data).toEqual(Float64Array.of(0, 0, 1))
  })

  it('adds up the gradients of all uses of a value', () => {
    const x = state('x', [2])
    const [gradient] = gradients(sumAll(multiply(x, multiply(x, x))), [x], keep)
    const result = interpret(graphOf({ gradient: gradient as Value }), new Map([['x', randomTensor([2], 3)]]))
    const cubed = [...randomTensor([2], 3).data].map((value) => 3 * value * value)
    expect(result.get('gradient')?.data ?? []).toBeAllclose(cubed, { rtol: 1e-12 })
  })

  it('gives 1 for the loss itself', () => {
    const x = state('x', [])
    expect(
      interpret(graphOf({ gradient: gradients(x, [x], keep)[0] as Value }), new Map()).get('gradient')?.data,
    ).toEqual(Float64Array.of(1))
  })

  it('refuses a loss that is not a scalar', () => {
    const x = state('x', [3])
    expect(() => gradients(x, [x], keep)).toThrow('the loss must be a scalar, not [3]')
  })

  it('refuses a parameter on which the loss does not depend', () => {
    const [x, unused] = [state('x', []), state('unused', [])]
    expect(() => gradients(x, [unused], keep)).toThrow('the loss does not depend on unused')
  })

  it('refuses to differentiate through the statistics of a LayerNorm', () => {
    const x = state('x', [2, 3])
    const { node } = layerNorm(x, state('scale', [3]), state('bias', [3]), 1e-6)
    const mean: Value = { node, index: 1, shape: [2, 1], dtype: 'float32' }
    expect(() => gradients(sumAll(mean), [x], keep)).toThrow('a gradient reached output 1 of layerNorm')
  })
})

describe('recompute', () => {
  const x = state('x', [5, 4])
  const w = state('w', [4, 3])
  const values = new Map([
    ['x', randomTensor([5, 4], 1)],
    ['w', randomTensor([4, 3], 2)],
  ])

  /** Gradients with and without recomputing, and the operators the recomputing backward pass of w uses. */
  const bothWays = (y: Value, parameters: Value[]): { kept: Exact[]; again: Exact[]; used: Op[] } => {
    const loss = functional(gemm(y, w))
    const evaluate = (recompute: boolean): Exact[] => {
      const gradientValues = gradients(loss, parameters, { recompute })
      return [...interpret(graphOf(Object.fromEntries(gradientValues.entries())), values).values()]
    }
    const gradientOfW = at(gradients(loss, [w], { recompute: true }), 0)
    return {
      kept: evaluate(false),
      again: evaluate(true),
      used: topologicalOrder([gradientOfW]).map(({ op }) => op),
    }
  }

  it.each(['erf', 'tanh', 'quick'] as const)(
    'gives the gradients of a %s GELU without its output',
    (variant) => {
      const { kept, again, used } = bothWays(gelu(x, variant), [w, x])
      for (const [index, gradient] of again.entries()) {
        expect(gradient).toBeAllclose(at(kept, index), { rtol: 0, atol: 5e-7 })
      }
      expect(used).not.toContain('gelu')
    },
  )
})
