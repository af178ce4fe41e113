import { describe, expect, it } from 'vitest'

import { openCheckpoint } from '../../../core/files/checkpoint.ts'
import { beginPretraining } from '../../../core/pretrain/begin.ts'
import { networkOf, saveNetwork } from '../../../core/pretrain/network.ts'
import { parameter } from '../../../core/tensor/tensor.ts'
import { join } from 'node:path'
import { temporaryFolder } from '../../support/temporary.ts'

const sizes = { width: 64, depth: 2, heads: 2, patch: 8, resolution: 32, classes: 3 }

describe('networkOf', () => {
  it('refuses sizes that leave a remainder', () => {
    for (const change of [{ resolution: 33 }, { heads: 5 }])
      expect(() => networkOf({ ...sizes, ...change })).toThrow(/must divide without remainder/)
  })
})

describe('saveNetwork', () => {
  it('writes a folder that opens as the same network without a head', async () => {
    const folder = temporaryFolder()
    const rates = { steps: 1, batch: 1, learningRate: 1, warmup: 0, weightDecay: 0, clip: 1 }
    const { record, parameters } = await beginPretraining(
      { ...sizes, ...rates, out: join(folder, 'run'), classSeed: 1, labelSmoothing: 0, seed: 1 },
      { engine: 'cpu', renderer: { workers: 0 } },
    )
    await saveNetwork(join(folder, 'network'), record, parameters)
    const opened = await openCheckpoint(join(folder, 'network'))
    expect({ ...opened.config, classes: 3 }).toEqual(networkOf(sizes))
    expect(opened.normalisation.mean).toEqual([0.5, 0.5, 0.5])
    expect(opened.parameters.has('head.weight')).toBe(false)
    for (const [name, { data }] of opened.parameters) {
      const tolerance = { rtol: 1e-3, atol: 1e-7 }
      expect(data).toBeAllclose(parameter(parameters, name).data, tolerance)
    }
  })
})
