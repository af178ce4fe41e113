/** @file When new state may be written over the old one, and that the numbers are right either way. */
import { describe, expect, it } from 'vitest'

import { updatesMayOverwrite } from '../../../core/engine/in-place.ts'
import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import {
  add,
  feed,
  gelu,
  gemm,
  layerNorm,
  matmul,
  multiply,
  reduceMax,
  reduceSumSquare,
  softmax,
  state,
  subtract,
  sumAll,
  tanh,
  transpose,
} from '../../../core/graph/build.ts'
import { gradients } from '../../../core/graph/gradient.ts'
import { interpret } from '../../../core/graph/interpret.ts'
import type { Graph, Value } from '../../../core/graph/ir.ts'
import { clippedUpdates } from '../../../core/optim/clipped-updates.ts'
import { sgd } from '../../../core/optim/sgd.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { at, sizeOf, type Shape } from '../../../core/tensor/shape.ts'
import {
  filled,
  floatTensor,
  scalar,
  type FloatTensor,
  type Parameters,
} from '../../../core/tensor/tensor.ts'
import { accumulateStep, applyStep, trainingStep } from '../../../core/train/step/graphs.ts'
import { smallConfig, smallModel } from '../../golden/reference-vit.ts'
import { graphOf } from '../../support/graph-of.ts'

// Large enough for a kernel to work in blocks and threads, so that overwriting early would show.
const size = 64
const shape = [size, size]
const [w, v, x] = [state('w', shape), state('v', shape), feed('x', shape)]
const row = feed('row', [size])

function random(of: Shape, seed: number): FloatTensor {
  const generator = createRandom(seed)
  return floatTensor(
    of,
    Float32Array.from({ length: sizeOf(of) }, () => normal(generator) / 10),
  )
}

const start: Parameters = new Map(
  ['w', 'v', 'momentum/w', 'momentum/v'].map((name, seed) => [name, random(shape, seed)]),
)
const feeds: Parameters = new Map([
  ['x', random(shape, 10)],
  ['row', random([size], 11)],
  ['learningRate', scalar(0.1)],
  ['momentum', scalar(0.9)],
  ['clip', scalar(0.5)],
])

const learningRate = feed('learningRate', [])
const y = matmul(tanh(matmul(x, w)), v)

/** A step of SGD on a loss of y, whose backward pass needs v after its gradient is known. */
function clippedStep(loss: Value): Graph {
  const derivatives = gradients(loss, [w, v], { recompute: false })
  const trained = [w, v].map((weight, index) => ({
    name: index === 0 ? 'w' : 'v',
    weight,
    gradient: at(derivatives, index),
  }))
  const { updates } = clippedUpdates(trained, sgd({ momentum: 0.9 }))
  return graphOf({ loss }, Object.fromEntries(updates))
}

function plainStep(loss: Value): Graph {
  const [gradientOfW = w, gradientOfV = v] = gradients(loss, [w, v], { recompute: false })
  const updated = (weight: Value, gradient: Value): Value =>
    subtract(weight, multiply(gradient, learningRate))
  return graphOf({ loss }, { w: updated(w, gradientOfW), v: updated(v, gradientOfV) })
}

const squares = sumAll(reduceSumSquare(y, [1]))
const grows = multiply(v, 2)
/** Graphs with what `updatesMayOverwrite` must say of them. */
const cases: Record<string, readonly [boolean, Graph]> = {
  'a clipped SGD step': [true, clippedStep(squares)],
  'arithmetic on the old value': [true, graphOf({}, { w: add(multiply(w, 0.5), x) })],
  'a sum of gradients': [true, graphOf({}, { w: add(multiply(w, feed('momentum', [])), matmul(x, x)) })],
  'an SGD step without clipping': [false, plainStep(squares)],
  'a clipped step whose loss no gradient depends on': [false, clippedStep(sumAll(y))],
  'a weight that is read after its update': [false, graphOf({ after: matmul(w, x) }, { w: subtract(w, x) })],
  'a weight that another update reads': [false, graphOf({}, { w: multiply(w, 2), v: add(v, w) })],
  'a transposed weight': [false, graphOf({}, { w: transpose(w, [1, 0]) })],
  'a weight times a matrix': [false, graphOf({}, { w: matmul(w, x) })],
  'a product that may be fused with a sum': [false, graphOf({}, { w: add(matmul(w, x), row) })],
  'a transposed product': [false, graphOf({}, { w: add(gemm(w, x, { transposeA: true }), row) })],
  'a softmax': [false, graphOf({}, { w: softmax(w) })],
  'a normalised weight': [false, graphOf({}, { w: layerNorm(w, row, row, 1e-6) })],
  'an activated weight': [false, graphOf({}, { w: gelu(w, 'erf') })],
  'a weight less its rows’ maxima': [false, graphOf({}, { w: subtract(w, reduceMax(w, [1])) })],
  'two weights that are exchanged': [false, graphOf({}, { w: v, v: w })],
  'a copy of a weight that changes': [false, graphOf({}, { w: v, v: grows })],
  'an output of the old value': [false, graphOf({ old: v }, { v: grows })],
}

describe('updatesMayOverwrite', () => {
  it.each(Object.entries(cases))('decides on %s', (_, [expected, graph]) => {
    expect(updatesMayOverwrite(graph)).toBe(expected)
  })

  it.each([true, false])('allows the steps of training, recompute %s', (recompute) => {
    const model = smallModel(smallConfig, 2, 1)
    for (const graph of [trainingStep, accumulateStep].map((make) => make(model, 2, { recompute }))) {
      expect(updatesMayOverwrite(graph)).toBe(true)
    }
    expect(updatesMayOverwrite(applyStep(model))).toBe(true)
  })
})

describe('the engine', () => {
  it.each(Object.entries(cases))('gives the right numbers for %s', async (_, [, graph]) => {
    const engine = createOrtEngine('cpu')
    const held = await engine.createState(start)
    const program = await engine.load(graph, held)
    let expected = new Map(start)
    for (let run = 0; run < 2; run++) {
      const results = interpret(graph, new Map([...feeds, ...expected]))
      const outputs = await program.run(feeds)
      for (const [name, tensor] of [...outputs, ...(await held.read(graph.updates.keys()))]) {
        expect(tensor, `${name} of run ${run}`).toBeAllclose(results.get(name) ?? [], {
          rtol: 1e-4,
          atol: 1e-5,
        })
      }
      const updated = [...results].filter(([name]) => graph.updates.has(name))
      expected = new Map([
        ...expected,
        ...updated.map(
          ([name, { data }]) => [name, { ...filled(shape, 0), data: Float32Array.from(data) }] as const,
        ),
      ])
    }
    await program.dispose()
    held.dispose()
  })
})
