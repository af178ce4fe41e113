/** @file Every operator and its derivative in TensorFlow.js: against the interpreter, and against its own autodiff. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'

import { createTensorflowEngine, evaluate } from '../../../core/engine/tf-engine.ts'
import { toTfTensor } from '../../../core/engine/tf-operators.ts'
import { feed, multiply, sumAll } from '../../../core/graph/build.ts'
import { derivatives } from '../../../core/graph/derivatives.ts'
import { gradients } from '../../../core/graph/gradient.ts'
import { interpret, type Exact } from '../../../core/graph/interpret.ts'
import type { Op, Value } from '../../../core/graph/ir.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { at, sizeOf, type Shape } from '../../../core/tensor/shape.ts'
import { floatTensor, type FloatTensor, type Tensor } from '../../../core/tensor/tensor.ts'
import { expectAgreement } from '../../support/op-agreement.ts'
import { allOps, buildCase, sampleInstances, type BuiltCase } from '../../support/op-cases.ts'
import { backends, loadGradients } from '../../support/tensorflow.ts'

beforeAll(loadGradients)

describe.each(backends)('TensorFlow.js on $backend', (on) => {
  const engine = createTensorflowEngine(on)

  it.each(allOps)('%s computes what the interpreter computes', async (op) => {
    await expectAgreement(engine, op, 30, { rtol: 1e-5, atol: 5e-6 })
  })

  it.each(allOps.filter((op) => derivatives[op] !== null && !cannotDifferentiate[on.backend]?.includes(op)))(
    '%s has the derivative that TensorFlow.js finds itself',
    async (op) => {
      await tf.setBackend(on.backend)
      const instances = sampleInstances(op, 12).filter(({ operands }) => operands.every(isFloat))
      expect(instances.length).toBeGreaterThan(0)
      for (const instance of instances) expectSameDerivative(op, buildCase(op, instance))
    },
  )
})

/** TensorFlow.js has no gradient of a maximum that broadcasts, nor of a convolution's kernels in WebAssembly. */
const cannotDifferentiate: Readonly<Record<string, readonly Op[]>> = {
  cpu: ['maximum'],
  wasm: ['maximum', 'conv'],
}

/** Compares the derivatives of a random weighted sum of the operator's first output. */
function expectSameDerivative(op: Op, { operands, outputs, values }: BuiltCase): void {
  const output = at(outputs, 0)
  const weights = randomTensor(output.shape)
  const loss = sumAll(multiply(output, feed('weights', output.shape)))
  const gradientValues = gradients(loss, operands, { recompute: false })
  const named = new Map(gradientValues.map((gradient, index) => [`${index}`, gradient]))
  const ours = interpret({ outputs: named, updates: new Map() }, new Map([...values, ['weights', weights]]))
  for (const [index, gradient] of theirDerivatives(output, [...values.values()], weights).entries()) {
    const expected = ours.get(`${index}`) as Exact
    expect(gradient, `${op}: input ${index}`).toBeAllclose(expected.data, { rtol: 1e-4, atol: 2e-5 })
  }
}

function theirDerivatives(output: Value, operands: readonly Tensor[], weights: FloatTensor): Float32Array[] {
  const forward = (...inputs: tf.Tensor[]): tf.Tensor => at(evaluate(tf, output.node, inputs), 0)
  return tf.tidy(() => {
    const inputs = operands.map((operand) => toTfTensor(tf, operand))
    return tf
      .grads(forward)(inputs, toTfTensor(tf, weights))
      .map((gradient) => gradient.dataSync<'float32'>().slice())
  })
}

function randomTensor(shape: Shape): FloatTensor {
  const random = createRandom(7)
  return floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => normal(random)),
  )
}

function isFloat({ dtype }: Tensor): boolean {
  return dtype === 'float32'
}
