/** @file The graphs of fine-tuning: the update rule, micro-batches, the zero head, and the results of inference. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { State } from '../../../../core/engine/engine.ts'
import { createOrtEngine } from '../../../../core/engine/ort-engine.ts'
import { interpret, type Exact } from '../../../../core/graph/interpret.ts'
import { resultsOf, topologicalOrder } from '../../../../core/graph/ir.ts'
import { createRandom, uniform } from '../../../../core/tensor/random.ts'
import { at, sizeOf } from '../../../../core/tensor/shape.ts'
import {
  byteTensor,
  filled,
  floatTensor,
  parameter,
  scalar,
  type FloatTensor,
  type Tensor,
} from '../../../../core/tensor/tensor.ts'
import {
  accumulateStep,
  applyStep,
  frontGraph,
  gradientSumName,
  inferenceGraph,
  parameterCount,
  pixelShape,
  trainingStep,
} from '../../../../core/train/step/graphs.ts'
import { withZeroHead } from '../../../../core/train/model/prepare.ts'
import type { VitConfig } from '../../../../core/vit/config.ts'
import { frozenUpTo, trainableParameters, type Trainable } from '../../../../core/vit/trainable.ts'
import {
  anyConfig,
  oneHot,
  pixelsOf,
  referenceVit,
  smallConfig,
  smallModel,
  type SmallModel,
} from '../../../golden/reference-vit.ts'
import { momentumName } from '../../../support/momentum-name.ts'

const engine = createOrtEngine('cpu')
const options = { recompute: true }

describe('a step that trains a part', () => {
  const deep = smallModel({ ...smallConfig, depth: 6 }, 2, 3)
  const nodesOf = (train: Trainable): number => topologicalOrder(resultsOf(stepOf(train))).length
  const stepOf = (train: Trainable) => {
    const trained = trainableParameters(deep.config, train)
    return trainingStep(deep, 2, { ...options, trained, cut: frozenUpTo(deep.config, train) })
  }

  it('has no gradient, no slot and no update of what is frozen', () => {
    const whole = nodesOf({ part: 'everything' })
    // The last block computes less than the others.
    const counts = [5, 4, 3, 2].map((count) => nodesOf({ part: 'lastBlocks', count }))
    // Each block that is frozen takes its forward and its backward pass with it.
    const perBlock = counts.slice(1).map((count, index) => at(counts, index) - count)
    expect(new Set(perBlock).size).toBe(1)
    expect(at(perBlock, 0)).toBeGreaterThan(100)
    expect(at(counts, 0)).toBeLessThan(whole - at(perBlock, 0))
    expect(nodesOf({ part: 'head' })).toBeLessThan(60)
    expect(nodesOf({ part: 'allButEmbedding' })).toBeLessThan(whole)
    const { updates } = stepOf({ part: 'lastBlocks', count: 1 })
    expect([...updates.keys()].every((name) => /^(momentum\/)?(blocks\.5|norm|head)\./.test(name))).toBe(true)
  })

  it.each<Trainable>([{ part: 'lastBlocks', count: 2 }, { part: 'head' }])(
    'updates $part as the whole step does, fed with what the front makes',
    (train) => {
      const trained = trainableParameters(deep.config, train)
      const cut = frozenUpTo(deep.config, train) ?? 0
      const weights = startingState(deep, () => 0.1)
      const feeds = new Map<string, Tensor>([...batchFeeds(deep), ...rateFeeds(0.25, 0.5, 1e6)])
      const whole = interpret(trainingStep(deep, 2, { ...options, trained }), new Map([...weights, ...feeds]))
      const made = exact(interpret(frontGraph(deep, 2, cut), new Map([...weights, ...feeds])), 'front')
      const front = floatTensor(made.shape, Float32Array.from(made.data))
      const behind = interpret(
        stepOf(train),
        new Map<string, Tensor>([...weights, ...feeds, ['front', front]]),
      )
      for (const name of ['loss', 'gradientNorm', ...trained])
        expect(exact(behind, name).data, name).toBeAllclose(exact(whole, name).data, {
          rtol: 1e-5,
          atol: 1e-6,
        })
    },
  )
})

describe('trainingStep', () => {
  const model = smallModel(smallConfig, 4, 11)
  const state = startingState(model, (name) => (name === 'norm.bias' ? 0.5 : -0.01))
  const gradients = interpret(
    accumulateStep(model, 4, options),
    new Map<string, Tensor>([...state, ...batchFeeds(model), ['keep', scalar(0)]]),
  )
  const norm = Math.hypot(
    ...[...model.parameters.keys()].map((name) => Math.hypot(...gradientOf(gradients, name).data)),
  )

  it.each([
    { title: 'clips a gradient that is too long', clip: norm / 3, factor: 1 / 3 },
    { title: 'leaves a shorter one as it is', clip: norm * 3, factor: 1 },
  ])('$title, then m ← μ·m + g and w ← w − η·m', ({ clip, factor }) => {
    const inputs = new Map<string, Tensor>([...state, ...batchFeeds(model), ...rateFeeds(0.25, 0.5, clip)])
    const results = interpret(trainingStep(model, 4, options), inputs)
    expect(exact(results, 'gradientNorm').data).toBeAllclose([norm], { rtol: 1e-12 })
    for (const [name, { data }] of model.parameters) {
      const old = parameter(state, momentumName(name)).data
      const moved = gradientOf(gradients, name).data.map((g, i) => 0.5 * at(old, i) + factor * g)
      // The clip is fed as float32.
      expect(exact(results, momentumName(name)).data, name).toBeAllclose(moved, { rtol: 1e-6, atol: 1e-9 })
      const weights = moved.map((m, i) => at(data, i) - 0.25 * m)
      expect(exact(results, name).data, name).toBeAllclose(weights, { rtol: 1e-6, atol: 1e-9 })
    }
  })

  it('counts the images whose class is on top', () => {
    const values = new Map([...model.parameters].map(([name, { data }]) => [name, data]))
    const right = model.labels.filter((label, image) => {
      const { logits } = referenceVit(model.config, model.normalisation, values, pixelsOf(model, image))
      return Math.max(...logits) === logits[label]
    })
    expect(exact(gradients, 'correct').data).toBeAllclose([right.length])
  })

  it('does on the engine, which overwrites the state, what it does in the interpreter', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, fc.integer({ min: 0, max: 1e6 }), async (config, seed) => {
        const some = smallModel(config, 3, seed)
        const feeds = new Map<string, Tensor>([...batchFeeds(some), ...rateFeeds(0.05, 0.9, 1)])
        const graph = trainingStep(some, 3, options)
        const onEngine = await engine.createState(startingState(some, () => 0))
        const program = await engine.load(graph, onEngine)
        let inInterpreter: ReadonlyMap<string, Exact> = startingExact(some)
        for (let step = 0; step < 3; step++) {
          const outputs = await program.run(feeds)
          const results = interpret(graph, new Map([...inInterpreter, ...exactly(feeds)]))
          expect(parameter(outputs, 'loss').data).toBeAllclose(exact(results, 'loss').data, {
            rtol: 1e-4,
            atol: 1e-5,
          })
          inInterpreter = results
        }
        const read = await onEngine.read(graph.updates.keys())
        for (const [name, { data }] of read) {
          expect(data, name).toBeAllclose(exact(inInterpreter, name).data, { rtol: 1e-4, atol: 1e-4 })
        }
        await program.dispose()
      }),
      { numRuns: 10 },
    )
  })

  it('gives the same numbers whether activations are computed again or kept', () => {
    fc.assert(
      fc.property(anyConfig, fc.integer({ min: 0, max: 1e6 }), (config, seed) => {
        const some = smallModel(config, 2, seed)
        const inputs = new Map<string, Tensor>([
          ...startingState(some, () => 0),
          ...batchFeeds(some),
          ...rateFeeds(0.1, 0.9, 1),
        ])
        const [again, kept] = [true, false].map((recompute) =>
          interpret(trainingStep(some, 2, { recompute }), inputs),
        )
        for (const [name, { data }] of kept!) {
          // Constants of the formulas written out are float32.
          expect(exact(again!, name).data, name).toBeAllclose(data, { rtol: 1e-6, atol: 1e-6 })
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('a zero head', () => {
  it('has the loss ln K and the accuracy 1/K, and every gradient behind it is exactly zero', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyConfig,
        fc.integer({ min: 2, max: 9 }),
        fc.integer(),
        async (config, classes, seed) => {
          const whole = smallModel({ ...config, classes }, 3, seed)
          const model = { ...whole, ...withZeroHead(whole, classes) }
          const state = await engine.createState(startingState(model, () => 0))
          const program = await engine.load(accumulateStep(model, 3, options), state)
          const outputs = await program.run(new Map([...batchFeeds(model), ['keep', scalar(0)]]))
          expect(Math.abs(at(parameter(outputs, 'loss').data, 0) - Math.log(classes))).toBeLessThan(1e-6)
          // All classes tie for the top: as many are right as by guessing.
          expect(parameter(outputs, 'correct').data).toBeAllclose([3 / classes], { rtol: 1e-6 })
          const gradients = await state.read([...model.parameters.keys()].map(gradientSumName))
          for (const [name, { data }] of gradients) {
            expect(
              data.every((value) => value === 0),
              name,
            ).toBe(!name.includes('head'))
          }
          await program.dispose()
        },
      ),
      { numRuns: 10 },
    )
  })
})

describe('micro-batches', () => {
  const batch = 16
  const model = smallModel({ ...smallConfig, grid: { rows: 2, columns: 3 } }, batch, 5)

  it.each([1, 3, 5, 16])(
    'of %i give the weights of the whole batch to 1e-6 after four steps',
    async (size) => {
      const whole = await trainWhole(model, 4)
      const parts = await trainInParts(model, size, 4)
      expect(parts.losses).toBeAllclose(whole.losses, { rtol: 1e-6 })
      expect(parts.norms).toBeAllclose(whole.norms, { rtol: 1e-5 })
      for (const [name, tensor] of whole.weights) {
        expect(parameter(parts.weights, name), name).toBeAllclose(tensor, { rtol: 0, atol: 1e-6 })
      }
      const moved = [...whole.weights].map(([name, { data }]) =>
        largestDifference(data, parameter(model.parameters, name).data),
      )
      expect(Math.max(...moved)).toBeGreaterThan(1e-2)
    },
  )
})

describe('inferenceGraph', () => {
  it('gives what is asked for and nothing else', () => {
    const { outputs, updates } = inferenceGraph(tinyModel(), 2, { outputs: ['features'] })
    expect([...outputs].map(([name, { shape }]) => [name, shape])).toEqual([['features', [2, 8]]])
    expect(updates.size).toBe(0)
    const attentions = inferenceGraph(tinyModel(), 2, { outputs: ['attentions'], allTokens: true }).outputs
    expect([...attentions].map(([name, { shape }]) => [name, shape])).toEqual([
      ['attention/0', [2, 2, 5, 5]],
      ['attention/1', [2, 2, 5, 5]],
    ])
  })

  it('gives features of a model without a head, which has no logits', () => {
    const headless = tinyModel({ classes: 0 })
    expect(inferenceGraph(headless, 1, { outputs: ['features'] }).outputs.get('features')?.shape).toEqual([
      1, 8,
    ])
    expect(() => inferenceGraph(headless, 1, { outputs: ['logits'] })).toThrow('missing')
  })

  it('takes pixels by rows and columns of patches', () => {
    expect(pixelShape({ ...smallConfig, grid: { rows: 2, columns: 5 }, patch: 3 }, 4)).toEqual([4, 6, 15, 3])
  })

  it('counts the weights it works with', () => {
    const { config, parameters } = tinyModel()
    expect(parameterCount(config)).toBe(
      [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0),
    )
  })
})

function tinyModel(changes: Partial<VitConfig> = {}): SmallModel {
  return smallModel({ ...smallConfig, ...changes }, 1, 1)
}

interface Trained {
  readonly losses: number[]
  readonly norms: number[]
  readonly weights: ReadonlyMap<string, FloatTensor>
}

async function trainWhole(model: SmallModel, steps: number): Promise<Trained> {
  const state = await engine.createState(startingState(model, () => 0))
  const program = await engine.load(trainingStep(model, model.labels.length, options), state)
  const [losses, norms]: [number[], number[]] = [[], []]
  for (let step = 0; step < steps; step++) {
    const outputs = await program.run(new Map([...batchFeeds(model), ...rateFeeds(0.1, 0.9, 1)]))
    losses.push(at(parameter(outputs, 'loss').data, 0))
    norms.push(at(parameter(outputs, 'gradientNorm').data, 0))
  }
  await program.dispose()
  return { losses, norms, weights: await weightsOf(state, model) }
}

async function trainInParts(model: SmallModel, size: number, steps: number): Promise<Trained> {
  const state = await engine.createState(startingState(model, () => 0))
  const accumulate = await engine.load(accumulateStep(model, size, options), state)
  const apply = await engine.load(applyStep(model), state)
  const [losses, norms]: [number[], number[]] = [[], []]
  for (let step = 0; step < steps; step++) {
    let loss = 0
    for (let start = 0; start < model.labels.length; start += size) {
      const feeds = [...partFeeds(model, start, size), ['keep', scalar(start === 0 ? 0 : 1)] as const]
      loss += at(parameter(await accumulate.run(new Map(feeds)), 'loss').data, 0)
    }
    losses.push(loss)
    norms.push(at(parameter(await apply.run(rateFeeds(0.1, 0.9, 1)), 'gradientNorm').data, 0))
  }
  await accumulate.dispose()
  await apply.dispose()
  return { losses, norms, weights: await weightsOf(state, model) }
}

/** Images start … start + size of the batch; beyond its end come pictures of noise with target rows of zeros. */
function partFeeds(model: SmallModel, start: number, size: number): Map<string, Tensor> {
  const shape = pixelShape(model.config, size)
  const random = createRandom(start)
  const pixels = Uint8Array.from({ length: sizeOf(shape) }, () => 256 * uniform(random))
  const perImage = pixels.length / size
  pixels.set(model.pixels.data.subarray(start * perImage, (start + size) * perImage))
  const { classes } = model.config
  const targets = new Float32Array(size * classes)
  targets.set(oneHot(model).data.subarray(start * classes, (start + size) * classes))
  return new Map<string, Tensor>([
    ['pixels', byteTensor(shape, pixels)],
    ['targets', floatTensor([size, classes], targets)],
    ['weight', scalar(1 / model.labels.length)],
  ])
}

function batchFeeds(model: SmallModel): Map<string, Tensor> {
  return partFeeds(model, 0, model.labels.length)
}

function rateFeeds(learningRate: number, momentum: number, clip: number): Map<string, FloatTensor> {
  return new Map([
    ['learningRate', scalar(learningRate)],
    ['momentum', scalar(momentum)],
    ['clip', scalar(clip)],
  ])
}

/** Weights, momentum of one value per parameter, and gradient sums of zero. */
function startingState(
  model: Pick<SmallModel, 'parameters'>,
  momentum: (name: string) => number,
): Map<string, FloatTensor> {
  const state = new Map<string, FloatTensor>(model.parameters)
  for (const [name, { shape }] of model.parameters) {
    state.set(momentumName(name), filled(shape, momentum(name)))
    state.set(gradientSumName(name), filled(shape, 0))
  }
  return state
}

function startingExact(model: SmallModel): Map<string, Exact> {
  return exactly(startingState(model, () => 0))
}

function exactly(tensors: ReadonlyMap<string, Tensor>): Map<string, Exact> {
  return new Map(
    [...tensors].map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }]),
  )
}

function exact(results: ReadonlyMap<string, Exact>, name: string): Exact {
  const found = results.get(name)
  if (found === undefined) throw new Error(`no result named ${name}`)
  return found
}

function gradientOf(gradients: ReadonlyMap<string, Exact>, name: string): Exact {
  return exact(gradients, gradientSumName(name))
}

async function weightsOf(state: State, { parameters }: SmallModel): Promise<Map<string, FloatTensor>> {
  return state.read(parameters.keys())
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - at(b, i))), 0)
}
