/** @file The software GPU works, and a node that would fall back to the CPU is noticed: all of test/gpu relies on it. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'

import { encodeModel } from '../../core/onnx/bytes.ts'
import type { OnnxNode } from '../../core/onnx/model.ts'
import { hasGpu, withoutGpu } from '../support/gpu.ts'

describe.skipIf(!hasGpu)(`the software GPU${withoutGpu}`, () => {
  it('multiplies matrices', async () => {
    const session = await createSession({ operator: 'MatMul', inputs: ['a', 'b'], outputs: ['y'] })
    const a = new Tensor('float32', [1, 2, 3, 4], [2, 2])
    const b = new Tensor('float32', [5, 6, 7, 8], [2, 2])
    const { y } = await session.run({ a, b })
    expect(y?.data).toEqual(Float32Array.of(19, 22, 43, 50))
    await session.release()
  })

  it('keeps results in its own memory where asked to', async () => {
    const session = await createSession(
      { operator: 'MatMul', inputs: ['a', 'b'], outputs: ['y'] },
      { preferredOutputLocation: 'gpu-buffer' },
    )
    const identity = new Tensor('float32', [1, 0, 0, 1], [2, 2])
    const { y } = await session.run({ a: identity, b: identity })
    expect(y?.location).toBe('gpu-buffer')
    y?.dispose()
    await session.release()
  })

  it('refuses a model with a node that it has no kernel for', async () => {
    const node = { operator: 'LogSoftmax', inputs: ['a'], outputs: ['y'] }
    await expect(createSession(node)).rejects.toThrow('fallback to CPU EP has been explicitly disabled')
  })
})

function createSession(
  node: OnnxNode,
  options: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  const square = { type: 'float32', shape: [2, 2] } as const
  const model = encodeModel({
    name: 'probe',
    nodes: [node],
    constants: [],
    inputs: node.inputs.map((name) => ({ name, ...square })),
    outputs: node.outputs.map((name) => ({ name, ...square })),
    metadata: new Map(),
  })
  return InferenceSession.create(model, {
    executionProviders: ['webgpu'],
    logSeverityLevel: 4,
    extra: { session: { disable_cpu_ep_fallback: '1' } },
    ...options,
  })
}
