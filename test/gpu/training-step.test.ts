/** @file Whole training steps on the GPU: the same losses and the same weights as on the CPU, with no node left out. */
import { describe, expect, it } from 'vitest'

import type { EngineKind } from '../../core/engine/engine.ts'
import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { filled, floatTensor, scalar, type FloatTensor, type Tensor } from '../../core/tensor/tensor.ts'
import { trainingStep } from '../../core/train/step/graphs.ts'
import type { VitConfig } from '../../core/vit/config.ts'
import { oneHot, smallConfig, smallModel, type SmallModel } from '../golden/reference-vit.ts'
import { hasGpu, withoutGpu } from '../support/gpu.ts'
import { momentumName } from '../support/momentum-name.ts'

const kinds: readonly { readonly kind: string; readonly changes: Partial<VitConfig> }[] = [
  { kind: 'a plain ViT', changes: {} },
  {
    kind: 'all that DINOv2, CLIP and SigLIP have besides',
    changes: {
      layerScale: true,
      registers: 2,
      swiglu: true,
      preNorm: true,
      patchBias: false,
      pooling: 'attention',
      depth: 1,
    },
  },
]

const size = { width: 64, heads: 2, mlpWidth: 256, patch: 16, grid: { rows: 2, columns: 2 }, classes: 5 }
const batch = 2

interface Trace {
  readonly figures: readonly number[]
  readonly state: ReadonlyMap<string, FloatTensor>
}

async function train(model: SmallModel, engineKind: EngineKind, steps: number): Promise<Trace> {
  const engine = createOrtEngine(engineKind)
  const state = await engine.createState(startOf(model))
  const program = await engine.load(trainingStep(model, batch, { recompute: false }), state)
  const figures: number[] = []
  for (let step = 0; step < steps; step++) {
    for (const { data } of (await program.run(feedsOf(model))).values()) figures.push(...data)
  }
  await program.dispose()
  const trained = await state.read(state.names)
  state.dispose()
  return { figures, state: trained }
}

/** The model's weights, small enough to train evenly, and momentum of zero. */
function startOf({ parameters }: SmallModel): Map<string, FloatTensor> {
  const entries = [...parameters].flatMap(([name, { shape, data }]): [string, FloatTensor][] => [
    [
      name,
      floatTensor(
        shape,
        data.map((x) => x / 8),
      ),
    ],
    [momentumName(name), filled(shape, 0)],
  ])
  return new Map(entries)
}

function feedsOf(model: SmallModel): Map<string, Tensor> {
  return new Map<string, Tensor>([
    ['pixels', model.pixels],
    ['targets', oneHot(model)],
    ['weight', scalar(1 / batch)],
    ['learningRate', scalar(0.05)],
    ['momentum', scalar(0.9)],
    ['clip', scalar(1)],
  ])
}

describe.skipIf(!hasGpu)(`a training step on the GPU${withoutGpu}`, () => {
  it.each(kinds)('of $kind changes weights and momentum as on the CPU', async ({ changes }) => {
    const model = smallModel({ ...smallConfig, ...size, ...changes }, batch, 3)
    const [gpu, cpu] = [await train(model, 'webgpu', 3), await train(model, 'cpu', 3)]
    expect(gpu.figures).toBeAllclose(cpu.figures, { rtol: 1e-4, atol: 1e-6 })
    expect(new Set(gpu.state.keys())).toEqual(new Set(cpu.state.keys()))
    for (const [name, expected] of cpu.state) {
      const largest = expected.data.reduce((max, x) => Math.max(max, Math.abs(x)), 0)
      // The gradient of a key's bias is zero except for rounding: hence the absolute part.
      const tolerance = { rtol: 1e-4, atol: 1e-4 * largest + 1e-7 }
      expect(gpu.state.get(name) ?? [], name).toBeAllclose(expected, tolerance)
    }
  })
})
