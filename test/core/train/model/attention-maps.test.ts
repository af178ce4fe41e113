import { describe, expect, it } from 'vitest'

import type { Pretrained } from '../../../../core/files/checkpoint.ts'
import { randomParameters } from '../../../../core/studio/bench.ts'
import { at } from '../../../../core/tensor/shape.ts'
import { openPredictor, createPredictor } from '../../../../core/train/model/predictor.ts'
import type { VitConfig } from '../../../../core/vit/config.ts'
import { writeOnnx } from '../../../../core/train/model/onnx-export.ts'
import { labelsOf, preprocessingOf } from '../../../../core/train/model/open-model.ts'
import { cpu } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { tinyModel } from '../../files/tiny-models.ts'

const poolings: Partial<VitConfig>[] = [
  {},
  { pooling: 'mean', classToken: false },
  { pooling: 'distilled' },
  { pooling: 'classAndMean' },
  { pooling: 'attention', classToken: false },
]

function modelWith(change: Partial<VitConfig>): Pretrained {
  const model = tinyModel(change)
  const parameters = randomParameters(model.config)
  return { ...model, parameters, path: 'tiny', family: 'tiny', layout: 'timm', scores: 'softmax', notes: [] }
}

function noise(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7919) % 256)
}

describe('the attention of a model', () => {
  it.each(poolings)('covers the grid with shares that sum to at most 1, %o', async (change) => {
    const model = modelWith(change)
    const { grid, patch } = model.config
    const predictor = await createPredictor(model, cpu, 1)
    const pixels = noise(3 * grid.rows * grid.columns * patch ** 2)
    const { rollout, lastLayer } = (await predictor.attention?.(pixels)) ?? {}
    for (const map of [rollout, lastLayer]) {
      expect(map?.shape).toEqual([grid.rows, grid.columns])
      expect(map?.data.every((share) => share > 0)).toBe(true)
      expect(map?.data.reduce((sum, share) => sum + share, 0)).toBeLessThan(1 + 1e-5)
    }
    expect(at(rollout?.data ?? [], 0)).not.toBe(at(lastLayer?.data ?? [], 0))
    await predictor.dispose()
  })

  it('is hidden by an .onnx file', async () => {
    const model = modelWith({})
    const folder = temporaryFolder()
    const description = { labels: labelsOf(model), preprocessing: preprocessingOf(model) }
    await writeOnnx(folder, model.config, model.parameters, description)
    const predictor = await openPredictor(folder, cpu, 1)
    expect(predictor.attention).toBeNull()
    await predictor.dispose()
  })
})
