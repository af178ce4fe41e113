/** @file What a model takes for one image: as its graph computes it, and within limits that every real model keeps. */
import { describe, expect, it } from 'vitest'

import { isWithinLimits } from '../../../core/tensor/compute-limits.ts'
import { plainVit, type VitConfig } from '../../../core/vit/config.ts'
import { forwardCost, requireFeasible } from '../../../core/vit/forward-cost.ts'

const vit = (
  width: number,
  depth: number,
  heads: number,
  patch: number,
  side: number,
  changes: Partial<VitConfig> = {},
) => ({
  ...plainVit({
    width,
    depth,
    heads,
    patch,
    mlpWidth: 4 * width,
    classes: 1000,
    grid: { rows: side / patch, columns: side / patch },
  }),
  ...changes,
})

const stem = { width: 64, units: [3, 4, 9], arithmetic: 'jax' } as const

describe('the cost of a model', () => {
  it.each<[string, VitConfig]>([
    ['Ti/16 at 224', vit(192, 12, 3, 16, 224)],
    ['B/16 at 1024', vit(768, 12, 12, 16, 1024)],
    ['Ti/16 at 1280', vit(192, 12, 3, 16, 1280)],
    ['S/8 at 512', vit(384, 12, 6, 8, 512)],
    ['L/14 at 518', vit(1024, 24, 16, 14, 518)],
    ['g/14 at 518', vit(1536, 40, 24, 14, 518, { mlpWidth: 4096, swiglu: true, registers: 4 })],
    ['so400m/14 at 384', vit(1152, 27, 16, 14, 378, { mlpWidth: 4304, classToken: false, pooling: 'mean' })],
    ['R50+B/16 at 384', vit(768, 12, 12, 16, 384, { stem })],
    ['a tiny one', vit(8, 2, 2, 2, 8)],
  ])('%s is within the limits', (_, config) => {
    expect(isWithinLimits(forwardCost(config))).toBe(true)
  })

  it.each<[string, Partial<VitConfig>, number]>([
    ['a million positions of two numbers', { grid: { rows: 1000, columns: 1000 }, patch: 1 }, 1e12],
    ['a row of a million patches', { grid: { rows: 1, columns: 1_000_003 }, patch: 1 }, 1e12],
    ['ten thousand patches of a thousand pixels', { grid: { rows: 100, columns: 100 }, patch: 1000 }, 3e10],
    ['512 heads', { width: 512, heads: 512, grid: { rows: 60, columns: 60 } }, 6.6e9],
    ['ten thousand registers', { registers: 10_000 }, 1e8],
    [
      'two hundred blocks that each attend to 8100 patches',
      { depth: 200, patch: 1, grid: { rows: 90, columns: 90 } },
      6.5e7,
    ],
  ])('%s are refused', (_, changes, largest) => {
    const config = { ...vit(2, 2, 1, 4, 12, { mlpWidth: 2, classes: 3 }), ...changes }
    expect(forwardCost(config).largest).toBeGreaterThanOrEqual(largest)
    expect(() => requireFeasible('x.safetensors', config)).toThrow('more memory or time for each image')
  })
})
