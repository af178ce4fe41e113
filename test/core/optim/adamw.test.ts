import { describe, expect, it } from 'vitest'

import { updatesMayOverwrite } from '../../../core/engine/in-place.ts'
import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { feed, state } from '../../../core/graph/build.ts'
import { interpret } from '../../../core/graph/interpret.ts'
import type { Graph } from '../../../core/graph/ir.ts'
import { adamw } from '../../../core/optim/adamw.ts'
import { clippedUpdates } from '../../../core/optim/clipped-updates.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { sizeOf } from '../../../core/tensor/shape.ts'
import { filled, floatTensor, scalar, type FloatTensor } from '../../../core/tensor/tensor.ts'

const shapes = { 'matrix.weight': [3, 4], row: [5] } as const
const names = ['matrix.weight', 'row'] as const
const rates = { learningRate: 0.05, weightDecay: 0.1, clip: 1.5 }
const optimiser = adamw({ beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: rates.weightDecay })

/** A step of which only the matrix decays, by its name; its gradients are fed. */
function stepGraph(): Graph {
  const trained = names.map((name) => ({
    name,
    weight: state(name, shapes[name]),
    gradient: feed(`gradient/${name}`, shapes[name]),
  }))
  return { outputs: new Map(), updates: clippedUpdates(trained, optimiser).updates }
}

function randomTensors(seed: number, prefix: string): Map<string, FloatTensor> {
  const random = createRandom(seed)
  const values = (count: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: count }, () => normal(random))
  return new Map(
    names.map((name) => [`${prefix}${name}`, floatTensor(shapes[name], values(sizeOf(shapes[name])))]),
  )
}

function feedsOf(step: number): Map<string, FloatTensor> {
  const scalars = { ...optimiser.scalarsAt(step, rates.learningRate), clip: rates.clip }
  return new Map([
    ...randomTensors(100 + step, 'gradient/'),
    ...Object.entries(scalars).map(([name, value]) => [name, scalar(value)] as const),
  ])
}

function startState(): Map<string, FloatTensor> {
  const zeros = names.flatMap((name) =>
    ['first/', 'second/'].map((part) => [part + name, filled(shapes[name], 0)] as const),
  )
  return new Map([...randomTensors(1, ''), ...zeros])
}

/** torch.optim.AdamW with clip_grad_norm_, element by element in float64, written from its documentation. */
function reference(steps: number): Map<string, number[]> {
  const weights = new Map([...randomTensors(1, '')].map(([name, { data }]) => [name, [...data]]))
  const first = new Map(names.map((name) => [name, new Array<number>(sizeOf(shapes[name])).fill(0)]))
  const second = new Map(names.map((name) => [name, new Array<number>(sizeOf(shapes[name])).fill(0)]))
  for (let step = 1; step <= steps; step++) {
    const gradients = new Map([...randomTensors(100 + step, '')].map(([name, { data }]) => [name, [...data]]))
    const norm = Math.sqrt([...gradients.values()].flat().reduce((sum, g) => sum + g * g, 0))
    const factor = Math.min(1, rates.clip / norm)
    for (const name of names) {
      const [w, m, v, g] = [weights, first, second, gradients].map((map) => map.get(name) ?? [])
      for (let i = 0; i < sizeOf(shapes[name]); i++) {
        const gradient = (g?.[i] ?? NaN) * factor
        const decayed =
          (w?.[i] ?? NaN) * (name === 'matrix.weight' ? 1 - rates.learningRate * rates.weightDecay : 1)
        const mean = 0.9 * (m?.[i] ?? NaN) + 0.1 * gradient
        const square = 0.98 * (v?.[i] ?? NaN) + 0.02 * gradient ** 2
        m?.splice(i, 1, mean)
        v?.splice(i, 1, square)
        const unbiased = mean / (1 - 0.9 ** step)
        w?.splice(
          i,
          1,
          decayed - (rates.learningRate * unbiased) / (Math.sqrt(square / (1 - 0.98 ** step)) + 1e-8),
        )
      }
    }
  }
  return weights
}

describe('AdamW', () => {
  it('follows the published update over several steps, clipping included', () => {
    const graph = stepGraph()
    let values: ReadonlyMap<string, FloatTensor> = startState()
    for (let step = 1; step <= 5; step++) {
      const updated = interpret(graph, new Map([...values, ...feedsOf(step)]))
      values = new Map(
        [...updated].map(([name, { shape, data }]) => [name, floatTensor(shape, Float32Array.from(data))]),
      )
    }
    for (const [name, expected] of reference(5)) {
      expect(values.get(name)?.data ?? []).toBeAllclose(expected, { rtol: 1e-5, atol: 1e-6 })
    }
  })

  it('gives the same on ONNX Runtime, where the state is overwritten in place', async () => {
    const graph = stepGraph()
    expect(updatesMayOverwrite(graph)).toBe(true)
    const engine = createOrtEngine('cpu')
    const placed = await engine.createState(startState())
    const program = await engine.load(graph, placed)
    for (let step = 1; step <= 5; step++) await program.run(feedsOf(step))
    const weights = await placed.read(names)
    await program.dispose()
    placed.dispose()
    for (const [name, expected] of reference(5)) {
      expect(weights.get(name)?.data ?? []).toBeAllclose(expected, { rtol: 1e-5, atol: 1e-6 })
    }
  })
})
