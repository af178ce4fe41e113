/** @file Runs sampled applications of an operator on an engine and on the interpreter and compares all results. */
import { expect } from 'vitest'

import type { Engine } from '../../core/engine/engine.ts'
import { cast } from '../../core/graph/build.ts'
import { interpret } from '../../core/graph/interpret.ts'
import type { Graph, Op, Value } from '../../core/graph/ir.ts'
import { filled, type FloatTensor, type Tensor } from '../../core/tensor/tensor.ts'
import type { Tolerance } from './allclose.ts'
import { buildCase, sampleInstances } from './op-cases.ts'

/**
 * Expects `engine` to give what the interpreter gives for `count` applications of an operator. They all share one
 * graph, since a session costs more than its work; every result is both an output and a new value of a state tensor.
 */
export async function expectAgreement(
  engine: Engine,
  op: Op,
  count: number,
  tolerance: Tolerance,
): Promise<void> {
  const { graph, values } = manyCases(op, count)
  const expected = interpret(graph, values)
  const state = await engine.createState(new Map([...values].filter(isFloat)))
  const program = await engine.load(graph, state)
  const outputs = await program.run(values)
  const updates = await state.read(graph.updates.keys())
  await program.dispose()
  state.dispose()
  expect(new Set([...outputs.keys(), ...updates.keys()])).toEqual(new Set(expected.keys()))
  for (const [name, tensor] of [...outputs, ...updates]) {
    expect(tensor, `${op}: ${name}`).toBeAllclose(expected.get(name) ?? [], tolerance)
  }
}

function manyCases(op: Op, count: number): { graph: Graph; values: Map<string, Tensor> } {
  const values = new Map<string, Tensor>()
  const outputs = new Map<string, Value>()
  const updates = new Map<string, Value>()
  for (const [number, instance] of sampleInstances(op, count).entries()) {
    const built = buildCase(op, instance, `case${number}`)
    for (const [name, tensor] of built.values) values.set(name, tensor)
    for (const [index, output] of built.outputs.entries()) {
      const result = output.dtype === 'float32' ? output : cast(output, 'float32')
      const name = `result${number}/${index}`
      outputs.set(name, result)
      updates.set(`state/${name}`, result)
      values.set(`state/${name}`, filled(result.shape, 0))
    }
  }
  return { graph: { outputs, updates }, values }
}

function isFloat(entry: [string, Tensor]): entry is [string, FloatTensor] {
  return entry[1].dtype === 'float32'
}
