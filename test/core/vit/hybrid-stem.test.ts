import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { constant, feed, multiply, state, sumAll } from '../../../core/graph/build.ts'
import { gradients } from '../../../core/graph/gradient.ts'
import { interpret, type Exact } from '../../../core/graph/interpret.ts'
import type { Graph, Value } from '../../../core/graph/ir.ts'
import { createRandom, normal, type Random } from '../../../core/tensor/random.ts'
import { at, sizeOf, type Shape } from '../../../core/tensor/shape.ts'
import { filled, floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'
import {
  convolutionOutputs,
  stemChannels,
  stemShapes,
  stemStride,
  type HybridStem,
} from '../../../core/vit/hybrid-config.ts'
import { hybridStem } from '../../../core/vit/hybrid-stem.ts'
import { graphOf } from '../../support/graph-of.ts'

const arithmetics = ['jax', 'timm'] as const
const r26: HybridStem = { width: 64, units: [2, 2, 2, 2], arithmetic: 'jax' }

describe('the sizes of a stem', () => {
  it('are those of R26: stride 32, 2048 channels and 14 million weights', () => {
    expect([stemStride(r26), stemChannels(r26)]).toEqual([32, 2048])
    const weights = [...stemShapes(r26).values()].reduce((sum, shape) => sum + sizeOf(shape), 0)
    // As many as the ResNetV2 of timm's vit_small_r26_s32_224.
    expect(weights).toBe(13_946_176)
  })

  it('are stride 16 and 1024 channels for R50 without its last stage, and stride 4 for the root alone', () => {
    const r50 = { ...r26, units: [3, 4, 9] }
    expect([stemStride(r50), stemChannels(r50)]).toEqual([16, 1024])
    const root = { ...r26, units: [] }
    expect([stemStride(root), stemChannels(root)]).toEqual([4, 64])
    expect([...stemShapes(root).keys()]).toEqual(['stem.root.weight', 'stem.norm.scale', 'stem.norm.bias'])
  })

  it('give each unit three convolutions, and a shortcut of its own to the first of a stage', () => {
    const names = [...stemShapes({ ...r26, units: [2] })].map(([name, shape]) => `${name} ${shape.join('×')}`)
    expect(names.filter((name) => name.includes('weight'))).toEqual([
      'stem.root.weight 64×3×7×7',
      'stem.stages.0.units.0.shortcut.weight 256×64',
      'stem.stages.0.units.0.conv1.weight 64×64',
      'stem.stages.0.units.0.conv2.weight 64×64×3×3',
      'stem.stages.0.units.0.conv3.weight 256×64',
      'stem.stages.0.units.1.conv1.weight 64×256',
      'stem.stages.0.units.1.conv2.weight 64×64×3×3',
      'stem.stages.0.units.1.conv3.weight 256×64',
    ])
  })

  it('count what the convolutions of an image give', () => {
    // By hand, for 32×32 pixels: root 16²·32; stage 1 at 8², 2·32 + 2·128; stage 2 at 4², whose first
    // convolution is still at 8².
    expect(convolutionOutputs({ width: 32, units: [1, 1], arithmetic: 'jax' }, 32 * 32)).toEqual({
      root: 8192,
      stages: 64 * (64 + 256) + 64 * 64 + 16 * (64 + 512),
    })
  })
})

describe.each(arithmetics)('the stem with the arithmetic of %s', (arithmetic) => {
  const stem: HybridStem = { width: 32, units: [1, 1], arithmetic }
  const images = feed('images', [1, 8, 16, 3])
  const shapes = stemShapes(stem)
  const parameters = [...shapes].map(([name, shape]) => state(name, shape))
  const features = hybridStem(images, stem, (name) => {
    const found = parameters[[...shapes.keys()].indexOf(name)]
    if (found === undefined) throw new Error(`no parameter ${name}`)
    return found
  })
  const loss = functional(features)
  const gradientValues = gradients(loss, parameters, { recompute: false })
  const named = new Map(
    [...shapes.keys()].map((name, index) => [`gradient of ${name}`, at(gradientValues, index)]),
  )
  const values = randomValues(images.shape, shapes)

  it('gives features at an eighth of the resolution, none below zero', () => {
    expect(features.shape).toEqual([1, 1, 2, 256])
    const { data } = at([...interpret(graphOf({ features }), values).values()], 0)
    expect(Math.min(...data)).toBe(0)
    expect(data.filter((value) => value > 0).length).toBeGreaterThan(data.length / 4)
  })

  it('has the gradient that finite differences show along a random direction', () => {
    const graph: Graph = { outputs: named, updates: new Map() }
    const gradient = interpret(graph, exactly(values))
    const random = createRandom(3)
    const direction = new Map([...shapes].map(([name, shape]) => [name, randomTensor(random, shape).data]))
    const lossAt = (distance: number): number => {
      const moved = new Map(exactly(values))
      for (const [name, step] of direction) {
        const { shape, data } = moved.get(name) as Exact
        moved.set(name, { shape, data: data.map((value, i) => value + distance * at(step, i)) })
      }
      return at((interpret(graphOf({ loss }), moved).get('loss') as Exact).data, 0)
    }
    const h = 1e-6
    const numeric = (lossAt(h) - lossAt(-h)) / (2 * h)
    let derivative = 0
    for (const [name, step] of direction) {
      for (const [i, value] of step.entries())
        derivative += value * at((gradient.get(`gradient of ${name}`) as Exact).data, i)
    }
    expect([derivative]).toBeAllclose([numeric], { rtol: 1e-5 })
  })

  it('runs on the engine as in the interpreter, forward and backward', async () => {
    const engine = createOrtEngine('cpu')
    const graph: Graph = { outputs: new Map([['features', features], ...named]), updates: new Map() }
    const expected = interpret(graph, values)
    const held = new Map([...shapes.keys()].map((name) => [name, values.get(name) as FloatTensor]))
    const engineState = await engine.createState(held)
    const program = await engine.load(graph, engineState)
    const computed = await program.run(new Map([['images', values.get('images') as FloatTensor]]))
    for (const [name, { data }] of expected) {
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      expect(computed.get(name)?.data ?? [], name).toBeAllclose(data, { rtol: 1e-4, atol: 2e-5 * largest })
    }
    await program.dispose()
    engineState.dispose()
  })
})

/** A random linear functional, which gives every element a different gradient. */
function functional(value: Value): Value {
  return sumAll(multiply(value, constant(randomTensor(createRandom(7), value.shape))))
}

function randomTensor(random: Random, shape: Shape): FloatTensor {
  return floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => normal(random)),
  )
}

function randomValues(images: Shape, shapes: ReadonlyMap<string, Shape>): Map<string, FloatTensor> {
  const random = createRandom(5)
  const values = new Map([['images', randomTensor(random, images)]])
  for (const [name, shape] of shapes) {
    const drawn = randomTensor(random, shape)
    const one = name.endsWith('scale') ? filled(shape, 1).data : new Float32Array(drawn.data.length)
    values.set(
      name,
      floatTensor(
        shape,
        drawn.data.map((value, i) => 0.2 * value + at(one, i)),
      ),
    )
  }
  return values
}

function exactly(values: ReadonlyMap<string, FloatTensor>): Map<string, Exact> {
  return new Map(
    [...values].map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }]),
  )
}
