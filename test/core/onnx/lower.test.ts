/** @file Whole graphs as ONNX models: names, weights inside and beside the model, and a dynamic batch size. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { InferenceSession } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'

import { createSession, loadOrt } from '../../../core/engine/ort-session.ts'
import {
  add,
  cast,
  constant,
  feed,
  gemm,
  layerNorm,
  multiply,
  reshape,
  state,
  transpose,
} from '../../../core/graph/build.ts'
import { interpret } from '../../../core/graph/interpret.ts'
import type { Graph, Value } from '../../../core/graph/ir.ts'
import { encodeModel } from '../../../core/onnx/bytes.ts'
import { lowerGraph, updateName, type LoweringOptions } from '../../../core/onnx/lower.ts'
import type { ExternalData } from '../../../core/onnx/model.ts'
import { byteTensor, floats, parameter, type NamedTensors, type Tensor } from '../../../core/tensor/tensor.ts'
import { inferenceGraph } from '../../../core/train/step/graphs.ts'
import { smallConfig, smallModel } from '../../golden/reference-vit.ts'
import { graphOf } from '../../support/graph-of.ts'
import { temporaryFolder } from '../../support/temporary.ts'

interface Numbers {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

async function runOn(session: InferenceSession, feeds: NamedTensors): Promise<Map<string, Numbers>> {
  const { Tensor } = await loadOrt()
  const fed = Object.fromEntries(
    [...feeds].map(([name, { dtype, data, shape }]) => [
      name,
      new Tensor(dtype, data as Float32Array, shape),
    ]),
  )
  const results = Object.entries(await session.run(fed))
  return new Map(
    results.map(([name, { dims, data }]) => [name, { shape: dims, data: [...(data as Float32Array)] }]),
  )
}

/** The results of a graph when it is lowered and run, as plain numbers by name. */
async function lowered(
  graph: Graph,
  feeds: NamedTensors,
  options: Partial<LoweringOptions> = {},
): Promise<{ names: readonly string[]; results: Record<string, readonly number[]> }> {
  const session = await createSession('cpu', encodeModel(lowerGraph(graph, { name: 'test', ...options })))
  const results = await runOn(session, feeds)
  return {
    names: session.outputNames,
    results: Object.fromEntries([...results].map(([name, { data }]) => [name, data])),
  }
}

const x = feed('x', [2, 3])
const xs = floats([2, 3], [1, 2, 3, 4, 5, 6])

describe('lowerGraph', () => {
  it('names outputs and updates, also where they are one value, an input or a constant', async () => {
    const sum = add(x, x)
    const graph = graphOf({ sum, same: sum, input: x, two: constant(floats([1], [2])) }, { w: sum, v: x })
    const { names, results } = await lowered(graph, new Map([['x', xs]]))
    expect(names).toEqual(['sum', 'same', 'input', 'two', updateName('w'), updateName('v')])
    const doubled = [2, 4, 6, 8, 10, 12]
    expect(results).toEqual({
      sum: doubled,
      same: doubled,
      input: [...xs.data],
      two: [2],
      [updateName('w')]: doubled,
      [updateName('v')]: [...xs.data],
    })
  })

  it('takes nodes of one name for one input', async () => {
    const graph = graphOf({ y: add(feed('x', [2, 3]), multiply(x, 2)) })
    const { results } = await lowered(graph, new Map([['x', xs]]))
    expect(results['y']).toEqual([3, 6, 9, 12, 15, 18])
  })

  it('gives a second output that only a result needs', async () => {
    const [ones, zeros] = [constant(floats([3], [1, 1, 1])), constant(floats([3], [0, 0, 0]))]
    const { node } = layerNorm(x, ones, zeros, 1e-6)
    const mean: Value = { node, index: 1, shape: [2, 1], dtype: 'float32' }
    const { results } = await lowered(graphOf({ mean }), new Map([['x', xs]]))
    expect(results['mean']).toEqual([2, 5])
  })

  it('transposes bytes as numbers for a device that cannot transpose bytes', async () => {
    const pixels = feed('pixels', [2, 3], 'uint8')
    const graph = graphOf({ y: cast(transpose(reshape(pixels, [3, 2]), [1, 0]), 'float32') })
    const operators = (forWebgpu: boolean): string[] =>
      lowerGraph(graph, { name: 'test', forWebgpu }).nodes.map((node) => node.operator)
    expect(operators(false)).toEqual(['Reshape', 'Transpose', 'Cast'])
    expect(operators(true)).toEqual(['Reshape', 'Cast', 'Transpose', 'Cast', 'Cast'])
    const feeds = new Map([['pixels', byteTensor([2, 3], Uint8Array.of(0, 1, 2, 253, 254, 255))]])
    for (const forWebgpu of [false, true]) {
      const { results } = await lowered(graph, feeds, { forWebgpu })
      expect(results['y']).toEqual([0, 2, 254, 1, 253, 255])
    }
  })

  it('leaves the first axis of feeds and outputs free, but not that of weights and scalars', () => {
    const graph = graphOf({ y: multiply(gemm(x, state('w', [3, 2])), feed('scale', [])) })
    const { inputs, outputs } = lowerGraph(graph, { name: 'test', freeBatch: true })
    expect(Object.fromEntries([...inputs, ...outputs].map(({ name, shape }) => [name, shape]))).toEqual({
      x: ['batch', 3],
      w: [3, 2],
      scale: [],
      y: ['batch', 2],
    })
  })
})

const { parameters: weights, ...model } = smallModel(smallConfig, 1, 5)
const bytesOf = (name: string): Uint8Array => new Uint8Array(parameter(weights, name).data.buffer)
const forward = (batch: number): Graph => inferenceGraph(model, batch, { outputs: ['logits', 'features'] })

async function expectForward(session: InferenceSession, batch: number): Promise<void> {
  const feeds = new Map<string, Tensor>([['pixels', smallModel(smallConfig, batch, batch).pixels]])
  const expected = interpret(forward(batch), new Map([...feeds, ...weights]))
  for (const [name, result] of await runOn(session, feeds)) {
    expect(result, name).toBeAllclose(expected.get(name) ?? [], { rtol: 1e-4, atol: 1e-5 })
  }
}

describe('a model with its weights inside', () => {
  it('needs no state and takes every batch size', async () => {
    const free = lowerGraph(forward(2), { name: 'vit', freeBatch: true, weights: bytesOf })
    const session = await createSession('cpu', encodeModel(free))
    expect(session.inputNames).toEqual(['pixels'])
    expect(session.outputNames).toEqual(['logits', 'features'])
    await expectForward(session, 1)
    await expectForward(session, 5)
  })
})

describe('a model with its weights in a file beside it', () => {
  it('is read from there', async () => {
    const folder = temporaryFolder()
    const places = new Map<string, ExternalData>()
    const parts: Uint8Array[] = []
    let offset = 0
    for (const name of weights.keys()) {
      const part = bytesOf(name)
      places.set(name, { location: 'model.data', offset, length: part.length })
      parts.push(part)
      offset += part.length
    }
    const beside = lowerGraph(forward(3), {
      name: 'vit',
      weights: (name) => places.get(name) ?? bytesOf(name),
    })
    expect(beside.constants.filter(({ data }) => !(data instanceof Uint8Array))).toHaveLength(weights.size)
    writeFileSync(join(folder, 'model.data'), Buffer.concat(parts))
    writeFileSync(join(folder, 'model.onnx'), encodeModel(beside))
    await expectForward(await createSession('cpu', join(folder, 'model.onnx')), 3)
  })
})
