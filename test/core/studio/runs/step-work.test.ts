import { describe, expect, it } from 'vitest'

import { stepGflop } from '../../../../core/studio/runs/step-work.ts'
import { stepFlops } from '../../../../core/graph/flops.ts'
import { trainingStep } from '../../../../core/train/step/graphs.ts'
import type { VitConfig } from '../../../../core/vit/config.ts'
import { tinyConfig } from '../../files/tiny-models.ts'

const normalisation = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const

function counted(config: VitConfig): number {
  return stepFlops(trainingStep({ config, normalisation }, 1, { recompute: false })) / 1e9
}

describe('the arithmetic of a training step', () => {
  it('is that of the whole graph, whatever the depth and the pooling', () => {
    for (const depth of [1, 2, 3, 7])
      for (const pooling of ['class', 'mean'] as const) {
        const config = tinyConfig({ depth, pooling })
        expect(stepGflop(config, normalisation)).toBeCloseTo(counted(config), 12)
      }
  })

  it('is known for a model without a head, which would get one', () => {
    expect(stepGflop(tinyConfig({ classes: 0 }), normalisation)).toBeCloseTo(
      counted(tinyConfig({ classes: 2 })),
      12,
    )
  })
})
