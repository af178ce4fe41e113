/** @file A hybrid trained on the GPU: its root's convolution, GroupNorm and pooling, forward and backward. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import type { EngineKind } from '../../core/engine/engine.ts'
import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { openCheckpoint } from '../../core/files/checkpoint.ts'
import { createStepper, createTrainingState } from '../../core/train/step/stepper.ts'
import type { FloatTensor } from '../../core/tensor/tensor.ts'
import { hasGpu, withoutGpu } from '../support/gpu.ts'

const fixtures = join(import.meta.dirname, '..', 'golden', 'hybrid')
const sizes = { batch: 2, microBatch: 2 }
const images = {
  pixels: Uint8Array.from({ length: 2 * 32 * 32 * 3 }, (_, i) => (i * i * 31 + i * 17) % 251),
  labels: [0, 3],
  count: 2,
}

async function train(kind: EngineKind): Promise<{ losses: number[]; trained: Map<string, FloatTensor> }> {
  const { config, parameters, normalisation } = await openCheckpoint(join(fixtures, 'root'))
  const engine = createOrtEngine(kind)
  const state = await createTrainingState(engine, { config, parameters }, null, sizes)
  const stepper = await createStepper(engine, { config, normalisation }, state, sizes)
  const losses: number[] = []
  for (let step = 0; step < 2; step++) {
    losses.push((await stepper.step(images, { learningRate: 0.05, momentum: 0.9, clip: 1 })).loss)
  }
  await stepper.dispose()
  const trained = await state.read(parameters.keys())
  state.dispose()
  return { losses, trained }
}

describe.skipIf(!hasGpu)(`a hybrid on the GPU${withoutGpu}`, () => {
  it('learns as on the CPU', async () => {
    const [gpu, cpu] = [await train('webgpu'), await train('cpu')]
    expect(gpu.losses).toBeAllclose(cpu.losses, { rtol: 1e-4 })
    for (const [name, expected] of cpu.trained) {
      const largest = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
      const tolerance = { rtol: 1e-4, atol: 1e-4 * largest + 1e-7 }
      expect(gpu.trained.get(name) ?? [], name).toBeAllclose(expected, tolerance)
    }
  })
})
