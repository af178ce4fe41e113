/** @file The engine on TensorFlow.js: training as on ONNX Runtime, gradients as its own autodiff, memory that stays. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { createTensorflowEngine, evaluate } from '../../../core/engine/tf-engine.ts'
import { toTfTensor } from '../../../core/engine/tf-operators.ts'
import { AppError } from '../../../core/errors.ts'
import { add, constant, feed, multiply, state as stateInput } from '../../../core/graph/build.ts'
import { isOp, topologicalOrder, type Graph, type Node, type Value } from '../../../core/graph/ir.ts'
import { at } from '../../../core/tensor/shape.ts'
import { filled, floats, parameter, scalar, type Tensor } from '../../../core/tensor/tensor.ts'
import {
  accumulateStep,
  differentiatedLoss,
  gradientSumName,
  pixelShape,
} from '../../../core/train/step/graphs.ts'
import { createStepper, createTrainingState } from '../../../core/train/step/stepper.ts'
import { oneHot, smallModel, type SmallModel } from '../../golden/reference-vit.ts'
import { backends, loadGradients } from '../../support/tensorflow.ts'
import { expectSameTraining, tinyModel, tinyVit, train } from '../../support/training-trace.ts'

const ort = createOrtEngine('cpu')

describe.each(backends)('TensorFlow.js on $backend', (on) => {
  const engine = createTensorflowEngine(on)

  it.each([
    { title: 'one step', steps: 1, sizes: { batch: 4, microBatch: 4 } },
    { title: 'ten steps', steps: 10, sizes: { batch: 4, microBatch: 4 } },
    { title: 'ten steps in micro-batches', steps: 10, sizes: { batch: 4, microBatch: 3 } },
  ])('fine-tunes as ONNX Runtime does: $title', async ({ steps, sizes }) => {
    const model = tinyModel()
    const [ours, theirs] = [await train(engine, model, steps, sizes), await train(ort, model, steps, sizes)]
    expectSameTraining(ours, theirs)
    const moved = parameter(ours.weights, 'head.weight').data.map((x, i) =>
      Math.abs(x - at(parameter(model.parameters, 'head.weight').data, i)),
    )
    expect(Math.max(...moved)).toBeGreaterThan(1e-3)
  })
})

describe('TensorFlow.js', () => {
  beforeAll(loadGradients)

  it.each([{ gelu: 'erf' }, { gelu: 'tanh', layerScale: true }, { gelu: 'quick', pooling: 'mean' }] as const)(
    'finds the gradients of a whole ViT itself, and they are ours: %o',
    async (changes) => {
      const model = tinyModel(changes)
      const theirs = await derivativesByTf(model)
      const ours = await gradientSums(model)
      expect([...theirs.keys()]).toEqual([...model.parameters.keys()])
      for (const [name, gradient] of theirs) {
        expect(gradient, name).toBeAllclose(parameter(ours, gradientSumName(name)), {
          rtol: 1e-4,
          atol: 1e-5,
        })
      }
    },
  )
})

describe.each(backends)('the memory of TensorFlow.js on $backend', (on) => {
  const engine = createTensorflowEngine(on)

  it('does not grow in 1,000 training steps, and is free in the end', async () => {
    const grid = { rows: 1, columns: 1 }
    const config = { ...tinyVit, width: 4, depth: 1, heads: 1, mlpWidth: 4, patch: 1, grid }
    const model = smallModel(config, 2, 5)
    const sizes = { batch: 2, microBatch: 2 }
    await tf.setBackend(on.backend)
    const before = measure()
    const state = await createTrainingState(engine, model, null, sizes)
    const stepper = await createStepper(engine, model, state, sizes)
    const images = { pixels: model.pixels.data, labels: model.labels, count: 2 }
    const step = () => stepper.step(images, { learningRate: 0.01, momentum: 0.9, clip: 1 })
    await step()
    const afterOne = measure()
    for (let count = 0; count < 1000; count++) await step()
    expect(measure()).toEqual(afterOne)
    expect(afterOne.tensors).toBeGreaterThan(before.tensors)
    await stepper.dispose()
    state.dispose()
    expect(measure()).toEqual(before)
  })

  it('holds no more than is still to be read', async () => {
    const x = feed('x', [1000])
    let sum: Value = x
    for (let i = 0; i < 50; i++) sum = add(multiply(sum, 0.5), x)
    const program = await engine.load(graphOf({ sum }), await engine.createState(new Map()))
    const largest = await peak(() => program.run(new Map([['x', filled([1000], 1)]])))
    expect(largest).toBeLessThan(6 * 4000)
    await program.dispose()
  })

  it('is freed where a step fails', async () => {
    const graph = graphOf({ y: add(multiply(feed('x', [2]), 2), feed('absent', [2])) })
    const state = await engine.createState(new Map())
    const program = await engine.load(graph, state)
    const before = measure()
    await expect(program.run(new Map([['x', floats([2], [1, 2])]]))).rejects.toThrow('no feed named absent')
    expect(measure()).toEqual(before)
    await program.dispose()
  })
})

describe('a program on TensorFlow.js', () => {
  const engine = createTensorflowEngine(at(backends, 0))

  it('gives outputs and updates from the values before the step, even where they only change places', async () => {
    const [a, b] = [stateInput('a', [2]), stateInput('b', [2])]
    const state = await engine.createState(
      new Map([
        ['a', floats([2], [1, 2])],
        ['b', floats([2], [3, 4])],
      ]),
    )
    const updates = new Map([
      ['a', b],
      ['b', a],
    ])
    const program = await engine.load({ outputs: new Map([['old', a]]), updates }, state)
    expect([...(await program.run(new Map())).get('old')!.data]).toEqual([1, 2])
    const after = await state.read(['a', 'b'])
    expect([...after.values()].map(({ data }) => [...data])).toEqual([
      [3, 4],
      [1, 2],
    ])
  })

  it('leaves the tensors it was given as they were, and gives copies', async () => {
    const given = floats([1], [1])
    const state = await engine.createState(new Map([['w', given]]))
    const w = stateInput('w', [1])
    const program = await engine.load(
      { outputs: new Map([['w', w]]), updates: new Map([['w', add(w, 1)]]) },
      state,
    )
    const [first] = [...(await program.run(new Map())).values()]
    first!.data[0] = 9
    await program.run(new Map())
    expect(parameter(await state.read(['w']), 'w').data[0]).toBe(3)
    expect(given.data[0]).toBe(1)
  })

  it('refuses the state of another engine', async () => {
    const foreign = await ort.createState(new Map())
    await expect(engine.load(graphOf({ one: constant(scalar(1)) }), foreign)).rejects.toThrow(
      'another engine',
    )
  })

  it('says what to do when memory runs out', async () => {
    const failing = { ...tf, tensor: () => outOfMemory() } as unknown as typeof tf
    const poor = createTensorflowEngine({ tf: failing, backend: 'cpu' })
    const error = await poor.createState(new Map([['w', scalar(1)]])).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'out_of_memory',
      message: expect.stringContaining('micro-batch') as string,
    })
  })
})

function outOfMemory(): never {
  throw new Error('OOM when allocating tensor with shape[1024,1024] and type float')
}

/** The gradient of every parameter by TensorFlow.js: it sees only the forward pass of our graph. */
async function derivativesByTf(model: SmallModel): Promise<Map<string, Float32Array>> {
  await tf.setBackend('cpu')
  const { loss } = differentiatedLoss(model, model.labels.length, { recompute: false })
  const feeds = feedsOf(model)
  const forward = (...weights: tf.Tensor[]): tf.Tensor => {
    const given = new Map([...model.parameters.keys()].map((name, index) => [name, at(weights, index)]))
    return evaluateAll(loss, (name) => given.get(name) ?? toTfTensor(tf, feeds.get(name)!))
  }
  const gradientValues = tf.tidy(() => {
    const weights = [...model.parameters.values()].map((tensor) => toTfTensor(tf, tensor))
    return tf.grads(forward)(weights)
  })
  return new Map(
    [...model.parameters.keys()].map((name, index) => [
      name,
      at(gradientValues, index).dataSync<'float32'>(),
    ]),
  )
}

function evaluateAll(result: Value, input: (name: string) => tf.Tensor): tf.Tensor {
  const computed = new Map<Node, tf.Tensor[]>()
  const tensorOf = ({ node, index }: Value): tf.Tensor => at(computed.get(node) ?? [], index)
  for (const node of topologicalOrder([result])) {
    if (isOp(node, 'input')) computed.set(node, [input(node.attributes.name)])
    else if (isOp(node, 'constant')) computed.set(node, [toTfTensor(tf, node.attributes.tensor)])
    else computed.set(node, evaluate(tf, node, node.inputs.map(tensorOf)))
  }
  return tensorOf(result)
}

async function gradientSums(model: SmallModel) {
  const state = await ort.createState(startingState(model))
  const program = await ort.load(accumulateStep(model, model.labels.length, { recompute: true }), state)
  await program.run(feedsOf(model))
  const sums = await state.read([...model.parameters.keys()].map(gradientSumName))
  await program.dispose()
  return sums
}

function startingState({ parameters }: SmallModel) {
  const sums = [...parameters].map(([name, { shape }]) => [gradientSumName(name), filled(shape, 0)] as const)
  return new Map([...parameters, ...sums])
}

function feedsOf(model: SmallModel): Map<string, Tensor> {
  const count = model.labels.length
  return new Map<string, Tensor>([
    ['pixels', { ...model.pixels, shape: pixelShape(model.config, count) }],
    ['targets', oneHot(model)],
    ['weight', scalar(1 / count)],
    ['keep', scalar(0)],
  ])
}

function graphOf(outputs: Record<string, Value>): Graph {
  return { outputs: new Map(Object.entries(outputs)), updates: new Map() }
}

function measure(): { tensors: number; bytes: number; buffers: number } {
  const { numTensors, numBytes, numDataBuffers } = tf.memory()
  return { tensors: numTensors, bytes: numBytes, buffers: numDataBuffers }
}

/** The most bytes held at once, beyond those held before. */
async function peak(work: () => Promise<unknown>): Promise<number> {
  const { numBytes } = tf.memory()
  const { peakBytes } = await tf.profile(async () => {
    await work()
    return []
  })
  return peakBytes - numBytes
}
