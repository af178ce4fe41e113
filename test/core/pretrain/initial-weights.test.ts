import { describe, expect, it } from 'vitest'

import { initialWeights } from '../../../core/pretrain/initial-weights.ts'
import { networkOf } from '../../../core/pretrain/network.ts'
import { at } from '../../../core/tensor/shape.ts'
import { parameter } from '../../../core/tensor/tensor.ts'
import { parameterShapes } from '../../../core/vit/config.ts'

const config = networkOf({ width: 32, depth: 2, heads: 2, patch: 8, resolution: 24, classes: 3 })
const weights = initialWeights(config, 1)
const spreadOf = (data: ArrayLike<number>): number =>
  Math.sqrt(Array.from(data).reduce((sum, value) => sum + value * value, 0) / data.length)

describe('initialWeights', () => {
  it('makes every parameter in its shape', () => {
    const shapes = new Map([...weights].map(([name, { shape }]) => [name, shape]))
    expect(shapes).toEqual(parameterShapes(config))
  })

  it('scales matrices by their inputs and outputs', () => {
    const { data } = parameter(weights, 'blocks.0.mlp1.weight')
    expect(Math.max(...data)).toBeLessThanOrEqual(Math.sqrt(6 / (32 + 128)))
    // Of 4096 values the spread is known to about one per cent.
    expect(spreadOf(data) / Math.sqrt(2 / (32 + 128))).toBeCloseTo(1, 1)
  })

  it('makes patch kernels of length 1 that are smooth', () => {
    const { data } = parameter(weights, 'embedding.weight')
    const size = 3 * 8 * 8
    for (let kernel = 0; kernel < 32; kernel++) {
      expect(spreadOf(data.subarray(kernel * size, (kernel + 1) * size))).toBeCloseTo(Math.sqrt(1 / size), 6)
    }
    // Neighbours differ less than values at random would, whose difference has 1.4 times their spread.
    const steps = Array.from(data.slice(1), (value, index) => (index % 8 === 7 ? 0 : value - at(data, index)))
    expect(spreadOf(steps)).toBeLessThan(0.8 * spreadOf(data))
  })

  it('gives every place of the grid a position of its own, and the class token none', () => {
    const { data } = parameter(weights, 'positionEmbedding')
    const rows = Array.from({ length: 10 }, (_, row) => data.subarray(row * 32, (row + 1) * 32).join())
    expect(new Set(rows).size).toBe(10)
    expect(new Set(data.subarray(0, 32))).toEqual(new Set([0]))
    // Sine and cosine of the row, then of the column: one step down from the first place changes the first half alone.
    const [first, below] = [data.subarray(32, 64), data.subarray(4 * 32, 5 * 32)]
    expect(below.subarray(16)).toEqual(first.subarray(16))
    expect(at(below, 0)).toBeCloseTo(0.3 * Math.sin(1), 6)
    expect(at(below, 8)).toBeCloseTo(0.3 * Math.cos(1), 6)
  })

  it('starts norms at one, and biases, class token and head at zero', () => {
    expect(new Set(parameter(weights, 'norm.scale').data)).toEqual(new Set([1]))
    for (const name of ['norm.bias', 'blocks.0.mlp1.bias', 'classToken', 'head.weight', 'head.bias']) {
      expect(new Set(parameter(weights, name).data), name).toEqual(new Set([0]))
    }
  })
})
