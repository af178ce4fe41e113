/** @file The update rule against a few lines of float64 arithmetic. */
import { describe, expect, it } from 'vitest'

import { state } from '../../../core/graph/build.ts'
import { interpret } from '../../../core/graph/interpret.ts'
import { clippedUpdates } from '../../../core/optim/clipped-updates.ts'
import { sgd } from '../../../core/optim/sgd.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { at, sizeOf, type Shape } from '../../../core/tensor/shape.ts'
import { filled, floatTensor, scalar, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { graphOf } from '../../support/graph-of.ts'

const shapes: readonly Shape[] = [[], [5], [3, 4], [2, 1, 3, 2]]
const random = createRandom(9)
const draw = (shape: Shape): FloatTensor =>
  floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => normal(random)),
  )

const weights = shapes.map(draw)
const momenta = shapes.map(draw)
const gradients = shapes.map(draw)
const norm = Math.hypot(...gradients.flatMap(({ data }) => [...data]))
const rates = { learningRate: 0.25, momentum: 0.5, clip: 1 }

/** Runs one step over all tensors together, with these gradients. */
function run(grads: readonly FloatTensor[], clip: number) {
  const trained = shapes.map((shape, i) => ({
    name: `w${i}`,
    weight: state(`w${i}`, shape),
    gradient: state(`g${i}`, shape),
  }))
  const { norm: length, updates } = clippedUpdates(trained, sgd(rates))
  const values = new Map(Object.entries({ ...rates, clip }).map(([name, value]) => [name, scalar(value)]))
  for (const i of shapes.keys()) {
    values.set(`w${i}`, at(weights, i)).set(`momentum/w${i}`, at(momenta, i)).set(`g${i}`, at(grads, i))
  }
  return interpret(graphOf({ length }, Object.fromEntries(updates)), values)
}

function expectStep(results: ReturnType<typeof run>, grads: readonly FloatTensor[], scale: number): void {
  for (const i of shapes.keys()) {
    const moved = at(momenta, i).data
    const m = Float64Array.from(at(grads, i).data, (g, k) => rates.momentum * at(moved, k) + scale * g)
    const w = m.map((value, k) => at(at(weights, i).data, k) - rates.learningRate * value)
    expect(results.get(`momentum/w${i}`) ?? [], `momentum ${i}`).toBeAllclose(m, { rtol: 1e-12, atol: 1e-14 })
    expect(results.get(`w${i}`) ?? [], `weight ${i}`).toBeAllclose(w, { rtol: 1e-12, atol: 1e-14 })
  }
}

describe('SGD with momentum', () => {
  it('shortens a gradient that is longer than the clip', () => {
    expect(norm).toBeGreaterThan(2)
    const results = run(gradients, 2)
    expect(results.get('length') ?? []).toBeAllclose([norm], { rtol: 1e-12 })
    expectStep(results, gradients, 2 / norm)
  })

  it('leaves a gradient that is shorter than the clip as it is', () => {
    expectStep(run(gradients, 100), gradients, 1)
  })

  it('takes a zero gradient for what it is', () => {
    const zeros = shapes.map((shape) => filled(shape, 0))
    const results = run(zeros, 1)
    expect(results.get('length')?.data).toEqual(Float64Array.of(0))
    expectStep(results, zeros, 1)
  })
})
