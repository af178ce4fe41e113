/**
 * @file The model and its gradient for every kind of configuration: the graph against a plain float64 forward pass
 * that shares nothing with it, its gradient against finite differences, and the engine against both.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { feed, state as stateOf } from '../../../core/graph/build.ts'
import { interpret, type Exact } from '../../../core/graph/interpret.ts'
import type { Value } from '../../../core/graph/ir.ts'
import { createRandom, integer } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { filled, floatTensor, scalar, type FloatTensor, type Tensor } from '../../../core/tensor/tensor.ts'
import {
  accumulateStep,
  gradientSumName,
  inferenceGraph,
  type InferenceOptions,
} from '../../../core/train/step/graphs.ts'
import type { VitConfig } from '../../../core/vit/config.ts'
import {
  cutShape,
  inputOfPixels,
  inputOfPlanes,
  vitFrom,
  vitUpTo,
  type Cut,
} from '../../../core/vit/model.ts'
import {
  anyConfig,
  oneHot,
  pixelsOf,
  referenceLoss,
  referenceVit,
  smallConfig,
  smallModel,
  type SmallModel,
} from '../../golden/reference-vit.ts'

const everything: InferenceOptions = { outputs: ['logits', 'features', 'attentions'], allTokens: true }
const engine = createOrtEngine('cpu')

// The kinds that pretrained checkpoints have; the random ones below cross them.
const variants: Readonly<Record<string, Partial<VitConfig>>> = {
  'ViT with a class token': {},
  'vit_jax: tanh GELU': { gelu: 'tanh' },
  'CLIP: quick GELU': { gelu: 'quick' },
  'MAE: mean of the patches, then the norm': { pooling: 'mean', finalNorm: 'afterPooling' },
  'vit_jax gap: no class token': { pooling: 'mean', classToken: false },
  'DeiT distilled': { pooling: 'distilled' },
  'DeiT-3: LayerScale, class token without position': { layerScale: true, prefixPositions: false },
  'a grid that is not square': { grid: { rows: 1, columns: 3 } },
  'projections without bias': { qkvBias: false },
  'DINOv2 giant with registers: LayerScale, SwiGLU': { layerScale: true, swiglu: true, registers: 3 },
  'timm with registers: class token without position': { registers: 2, prefixPositions: false },
  'DINOv2 classifier: class token beside the mean of the patches': { pooling: 'classAndMean', registers: 1 },
  'CLIP: norm before the blocks, no bias of the patches': { gelu: 'quick', preNorm: true, patchBias: false },
  'SigLIP: attention pooling, no class token': { pooling: 'attention', classToken: false, gelu: 'tanh' },
}

describe.each(Object.entries(variants))('%s', (_, changes) => {
  const model = smallModel({ ...smallConfig, ...changes }, 2, 7)

  it('agrees with the plain forward pass in float64 to 1e-9 and on the engine to 1e-5', async () => {
    expectAgreement(interpretForward(model, everything), model, { rtol: 1e-9, atol: 1e-9 })
    expectAgreement(await runForward(model, everything), model, { rtol: 1e-5, atol: 1e-5 })
  })

  it('has the gradient that finite differences show, and the engine computes it', async () => {
    const exact = interpretGradients(model, true)
    expectFiniteDifferences(exact, model, 12)
    expectSameGradients(await runGradients(model, true), exact)
  })
})

describe('any configuration', () => {
  const settings = fc.record({
    config: anyConfig,
    batch: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    recompute: fc.boolean(),
  })

  it('agrees with the plain forward pass and with finite differences', () => {
    fc.assert(
      fc.property(settings, ({ config, batch, seed, recompute }) => {
        const model = smallModel(config, batch, seed)
        expectAgreement(interpretForward(model, everything), model, { rtol: 1e-9, atol: 1e-9 })
        expectFiniteDifferences(interpretGradients(model, recompute), model, 4)
      }),
      { numRuns: 40 },
    )
  })

  it('runs on the engine as in the interpreter, forward and backward', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async ({ config, batch, seed, recompute }) => {
        const model = smallModel(config, batch, seed)
        expectAgreement(await runForward(model, everything), model, { rtol: 1e-4, atol: 1e-4 })
        expectSameGradients(await runGradients(model, recompute), interpretGradients(model, recompute))
      }),
      { numRuns: 25 },
    )
  })

  it('gives the same result from the tokens that the head reads as from all tokens', () => {
    fc.assert(
      fc.property(settings, ({ config, batch, seed }) => {
        const model = smallModel(config, batch, seed)
        const all = interpretForward(model, everything)
        const needed = interpretForward(model, { ...everything, allTokens: false })
        for (const name of ['logits', 'features']) {
          expect(named(needed, name)).toBeAllclose(named(all, name), { rtol: 1e-12, atol: 1e-12 })
        }
        const lastBlock = `attention/${config.depth - 1}`
        const [rows, tokens] = [named(needed, lastBlock).shape[2], named(all, lastBlock).shape[2]]
        const read: Partial<Record<VitConfig['pooling'], number>> = { class: 1, distilled: 2 }
        expect(rows).toBe(read[config.pooling] ?? tokens)
      }),
      { numRuns: 25 },
    )
  })
})

describe('a model cut in two', () => {
  it('computes what the whole computes, wherever it is cut', () => {
    fc.assert(
      fc.property(anyConfig, fc.integer({ min: 0, max: 1e6 }), (config, seed) => {
        const model = smallModel(config, 2, seed)
        const whole = named(interpretForward(model, everything), 'logits')
        const cuts: Cut[] = [...Array.from({ length: config.depth }, (_, index) => index), 'features']
        for (const cut of cuts) {
          const read = (name: string): Value => stateOf(name, named(model.parameters, name).shape)
          const pixels = feed('pixels', model.pixels.shape, 'uint8')
          const front = vitUpTo(cut, inputOfPixels(pixels, config, model.normalisation), config, read)
          expect(front.shape).toEqual(cutShape(config, cut, 2))
          const { logits } = vitFrom(cut, front, config, read)
          const inputs = new Map<string, Tensor>([...model.parameters, ['pixels', model.pixels]])
          const outputs = new Map([['logits', logits!]])
          const result = interpret({ outputs, updates: new Map() }, inputs)
          expect(named(result, 'logits')).toBeAllclose(whole, { rtol: 1e-12, atol: 1e-12 })
        }
      }),
      { numRuns: 15 },
    )
  })
})

describe('a distilled checkpoint with its own heads', () => {
  it('answers with the mean of what each token says to its head', async () => {
    const plain = smallModel({ ...smallConfig, pooling: 'distilled' }, 2, 3)
    const second = smallModel(plain.config, 1, 4).parameters
    const heads = ['weight', 'bias'].map(
      (part) => [`headDistillation.${part}`, second.get(`head.${part}`)!] as const,
    )
    const model = { ...plain, parameters: new Map([...plain.parameters, ...heads]) }
    const options: InferenceOptions = { outputs: ['logits'], distillationHead: true }
    const expected = batchOf(model, (image) => reference(model, image).logits)
    expect(named(interpretForward(model, options), 'logits').data).toBeAllclose(expected, { rtol: 1e-9 })
    expect(named(await runForward(model, options), 'logits').data).toBeAllclose(expected, {
      rtol: 1e-5,
      atol: 1e-5,
    })
  })
})

describe('inputOfPlanes', () => {
  it('cuts normalised planes into the patches that inputOfPixels cuts from pixels', () => {
    fc.assert(
      fc.property(anyConfig, fc.integer({ min: 0, max: 1e6 }), (config, seed) => {
        const { pixels, normalisation } = smallModel(config, 2, seed)
        const [batch, height, width] = [2, at(pixels.shape, 1), at(pixels.shape, 2)]
        const planes = new Float32Array(pixels.data.length)
        pixels.data.forEach((value, position) => {
          const [image, pixel, c] = [
            Math.floor(position / (height * width * 3)),
            Math.floor(position / 3) % (height * width),
            position % 3,
          ]
          const normalised = (value / 255 - at(normalisation.mean, c)) / at(normalisation.std, c)
          planes[(image * 3 + c) * height * width + pixel] = normalised
        })
        const shape = [batch, 3, height, width]
        const outputs = new Map([
          ['fromPixels', inputOfPixels(feed('pixels', pixels.shape, 'uint8'), config, normalisation)],
          ['fromPlanes', inputOfPlanes(feed('planes', shape), config)],
        ])
        const inputs = new Map<string, Tensor>([
          ['pixels', pixels],
          ['planes', floatTensor(shape, planes)],
        ])
        const results = interpret({ outputs, updates: new Map() }, inputs)
        expect(named(results, 'fromPlanes')).toBeAllclose(named(results, 'fromPixels'), {
          rtol: 1e-6,
          atol: 1e-6,
        })
      }),
      { numRuns: 20 },
    )
  })
})

type Results = ReadonlyMap<string, Exact | FloatTensor>

function named(results: Results, name: string): Exact | FloatTensor {
  const found = results.get(name)
  if (found === undefined) throw new Error(`no result named ${name}`)
  return found
}

function interpretForward(model: SmallModel, options: InferenceOptions): Results {
  const graph = inferenceGraph(model, model.labels.length, options)
  return interpret(graph, new Map<string, Tensor>([...model.parameters, ['pixels', model.pixels]]))
}

async function runForward(model: SmallModel, options: InferenceOptions): Promise<Results> {
  const state = await engine.createState(model.parameters)
  const program = await engine.load(inferenceGraph(model, model.labels.length, options), state)
  const results = await program.run(new Map([['pixels', model.pixels]]))
  await program.dispose()
  return results
}

function reference(model: SmallModel, image: number): ReturnType<typeof referenceVit> {
  const values = new Map([...model.parameters].map(([name, { data }]) => [name, data]))
  return referenceVit(model.config, model.normalisation, values, pixelsOf(model, image))
}

function batchOf(model: SmallModel, numbersOf: (image: number) => number[]): number[] {
  return model.labels.flatMap((_, image) => numbersOf(image))
}

function expectAgreement(
  results: Results,
  model: SmallModel,
  tolerance: { rtol: number; atol: number },
): void {
  const outputs = model.labels.map((_, image) => reference(model, image))
  const all = (pick: (output: ReturnType<typeof referenceVit>) => number[]): number[] => outputs.flatMap(pick)
  expect(named(results, 'features').data).toBeAllclose(
    all((output) => output.features),
    tolerance,
  )
  expect(named(results, 'logits').data).toBeAllclose(
    all((output) => output.logits),
    tolerance,
  )
  const blocks = Array.from({ length: model.config.depth }, (_, block) => String(block))
  const names = model.config.pooling === 'attention' ? [...blocks, 'pooling'] : blocks
  for (const [index, name] of names.entries()) {
    const expected = all((output) => at(output.attentions, index).flat(2))
    expect(named(results, `attention/${name}`).data).toBeAllclose(expected, tolerance)
  }
}

function stepInputs(model: SmallModel): Map<string, Tensor> {
  return new Map<string, Tensor>([
    ['pixels', model.pixels],
    ['targets', oneHot(model)],
    ['weight', scalar(1 / model.labels.length)],
    ['keep', scalar(0)],
  ])
}

function withSums(model: SmallModel): Map<string, FloatTensor> {
  // With `keep` 0 the old sums must not count, so they start at something other than zero.
  const sums = [...model.parameters].map(
    ([name, { shape }]) => [gradientSumName(name), filled(shape, 3)] as const,
  )
  return new Map([...model.parameters, ...sums])
}

/** Gradients by parameter name, and `loss`. */
function interpretGradients(model: SmallModel, recompute: boolean): Results {
  const graph = accumulateStep(model, model.labels.length, { recompute })
  return interpret(graph, new Map<string, Tensor>([...withSums(model), ...stepInputs(model)]))
}

async function runGradients(model: SmallModel, recompute: boolean): Promise<Results> {
  const state = await engine.createState(withSums(model))
  const program = await engine.load(accumulateStep(model, model.labels.length, { recompute }), state)
  const outputs = await program.run(stepInputs(model))
  const sums = await state.read([...model.parameters.keys()].map(gradientSumName))
  await program.dispose()
  return new Map([...outputs, ...sums])
}

/** Compares the gradient at `count` random positions with central differences of the plain loss. */
function expectFiniteDifferences(gradients: Results, model: SmallModel, count: number): void {
  const values = new Map([...model.parameters].map(([name, { data }]) => [name, Float64Array.from(data)]))
  // 1/3 is rounded on its way into the graph.
  expect(named(gradients, 'loss').data).toBeAllclose([referenceLoss(model, values)], { rtol: 1e-7 })
  const random = createRandom(count)
  const names = [...values.keys()]
  for (let round = 0; round < count; round++) {
    const name = at(names, integer(random, names.length))
    const data = values.get(name)!
    const index = integer(random, data.length)
    const gradient = at(named(gradients, gradientSumName(name)).data, index)
    expect([gradient], `${name}[${index}]`).toBeAllclose([centralDifference(model, values, data, index)], {
      rtol: 1e-5,
      atol: 1e-7,
    })
  }
}

/** Of fourth order, by Richardson's extrapolation: a norm over few, nearly equal values bends the loss strongly. */
function centralDifference(
  model: SmallModel,
  values: Map<string, Float64Array>,
  data: Float64Array,
  index: number,
): number {
  const centre = at(data, index)
  const lossAt = (value: number): number => {
    data[index] = value
    const loss = referenceLoss(model, values)
    data[index] = centre
    return loss
  }
  const quotient = (h: number): number => (lossAt(centre + h) - lossAt(centre - h)) / (2 * h)
  const h = 1e-4
  return (4 * quotient(h / 2) - quotient(h)) / 3
}

function expectSameGradients(actual: Results, exact: Results): void {
  for (const [name, { shape, data }] of exact) {
    const expected = floatTensor(shape, Float32Array.from(data))
    const size = Math.hypot(...data) / Math.sqrt(data.length)
    // Key biases have gradient zero except for rounding, hence an absolute part.
    expect(named(actual, name), name).toBeAllclose(expected, { rtol: 1e-4, atol: 1e-4 * size + 1e-5 })
  }
}
