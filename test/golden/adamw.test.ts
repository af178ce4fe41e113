/** @file AdamW with clipping against PyTorch's in float64; adamw/make-adamw.py made the values. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { feed, state } from '../../core/graph/build.ts'
import { interpret, type Exact } from '../../core/graph/interpret.ts'
import type { Graph } from '../../core/graph/ir.ts'
import { adamw } from '../../core/optim/adamw.ts'
import { clippedUpdates } from '../../core/optim/clipped-updates.ts'
import type { Shape } from '../../core/tensor/shape.ts'
import { floats, parameter, scalar } from '../../core/tensor/tensor.ts'

type Values = Readonly<Record<string, readonly number[]>>

interface Golden {
  readonly settings: Parameters<typeof adamw>[0]
  readonly clip: number
  readonly shapes: Readonly<Record<string, Shape>>
  readonly start: Values
  readonly steps: readonly {
    readonly rate: number
    readonly norm: number
    readonly gradients: Values
    readonly weights: Values
    readonly first: Values
    readonly second: Values
  }[]
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'adamw', 'golden.json'), 'utf8')) as Golden
const { settings, clip, steps } = golden
const shapes = Object.entries(golden.shapes)
const optimiser = adamw(settings)

/** A step whose gradients are fed; its matrix decays and its bias does not, by their names. */
function stepGraph(): Graph {
  const trained = shapes.map(([name, shape]) => ({
    name,
    weight: state(name, shape),
    gradient: feed(`gradient/${name}`, shape),
  }))
  const { norm, updates } = clippedUpdates(trained, optimiser)
  return { outputs: new Map([['norm', norm]]), updates }
}

function scalarsOf(index: number, rate: number): Readonly<Record<string, number>> {
  return { ...optimiser.scalarsAt(index + 1, rate), clip }
}

const exactOf = (shape: Shape, values: readonly number[]): Exact => ({
  shape,
  data: Float64Array.from(values),
})

/** Weights and empty slots before the first step, by their names in the state. */
function startOf<T>(make: (shape: Shape, values: readonly number[]) => T): Map<string, T> {
  return new Map(
    shapes.flatMap(([name, shape]) => {
      const zeros = (golden.start[name] ?? []).map(() => 0)
      return [
        [name, make(shape, golden.start[name] ?? [])] as const,
        ...optimiser.slots.map((slot) => [`${slot}/${name}`, make(shape, zeros)] as const),
      ]
    }),
  )
}

describe('AdamW', () => {
  it('takes the very steps of PyTorch in float64, and keeps the same means', () => {
    let values: ReadonlyMap<string, Exact> = startOf(exactOf)
    for (const [index, step] of steps.entries()) {
      const fed = Object.entries(scalarsOf(index, step.rate)).map(
        ([name, value]) => [name, exactOf([], [value])] as const,
      )
      const given = shapes.map(
        ([name, shape]) => [`gradient/${name}`, exactOf(shape, step.gradients[name] ?? [])] as const,
      )
      const found = interpret(stepGraph(), new Map([...values, ...given, ...fed]))
      expect(found.get('norm') ?? []).toBeAllclose([step.norm], { rtol: 1e-12 })
      for (const [name] of shapes) {
        // The constants β and ε are float32 in a graph, which shows in the eighth digit.
        const tolerance = { rtol: 2e-6, atol: 1e-9 }
        expect(found.get(name) ?? [], name).toBeAllclose(step.weights[name] ?? [], tolerance)
        for (const slot of ['first', 'second'] as const)
          expect(found.get(`${slot}/${name}`) ?? []).toBeAllclose(step[slot][name] ?? [], tolerance)
      }
      values = found
    }
  })

  it('stays with them on ONNX Runtime in float32', async () => {
    const engine = createOrtEngine('cpu')
    const placed = await engine.createState(startOf((shape, values) => floats(shape, values)))
    const program = await engine.load(stepGraph(), placed)
    for (const [index, step] of steps.entries()) {
      const fed = Object.entries(scalarsOf(index, step.rate))
      const given = shapes.map(
        ([name, shape]) => [`gradient/${name}`, floats(shape, step.gradients[name] ?? [])] as const,
      )
      await program.run(new Map([...given, ...fed.map(([name, value]) => [name, scalar(value)] as const)]))
    }
    const weights = await placed.read(shapes.map(([name]) => name))
    for (const [name] of shapes)
      expect(parameter(weights, name)).toBeAllclose(
        { shape: golden.shapes[name] ?? [], data: steps.at(-1)?.weights[name] ?? [] },
        { rtol: 1e-5, atol: 1e-6 },
      )
    await program.dispose()
    placed.dispose()
  })
})
