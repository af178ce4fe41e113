/** @file The parameter contract: names, shapes and counts of well-known models. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { at, sizeOf } from '../../../core/tensor/shape.ts'
import {
  parameterShapes,
  patchCount,
  prefixRows,
  prefixTokens,
  type VitConfig,
} from '../../../core/vit/config.ts'
import { anyConfig, smallConfig } from '../../golden/reference-vit.ts'

describe('parameterShapes', () => {
  // Counts of timm's and torchvision's models with 1000 classes.
  it.each([
    { name: 'Ti/16', width: 192, depth: 12, heads: 3, patch: 16, parameters: 5_717_416 },
    { name: 'S/16', width: 384, depth: 12, heads: 6, patch: 16, parameters: 22_050_664 },
    { name: 'B/16', width: 768, depth: 12, heads: 12, patch: 16, parameters: 86_567_656 },
    { name: 'B/32', width: 768, depth: 12, heads: 12, patch: 32, parameters: 88_224_232 },
    { name: 'L/16', width: 1024, depth: 24, heads: 16, patch: 16, parameters: 304_326_632 },
    { name: 'H/14', width: 1280, depth: 32, heads: 16, patch: 14, parameters: 632_045_800 },
  ])('has the $parameters parameters of ViT-$name', ({ width, depth, heads, patch, parameters }) => {
    const side = 224 / patch
    const grid = { rows: side, columns: side }
    expect(
      count({ ...smallConfig, width, depth, heads, patch, grid, mlpWidth: 4 * width, classes: 1000 }),
    ).toBe(parameters)
  })

  it('counts what distillation adds: one token and its position', () => {
    const distilled: VitConfig = { ...smallConfig, pooling: 'distilled' }
    expect(count(distilled) - count(smallConfig)).toBe(2 * smallConfig.width)
  })

  it('lists the parameters in the order of the forward pass', () => {
    const names = [...parameterShapes({ ...smallConfig, depth: 1, layerScale: true }).keys()]
    expect(names).toEqual([
      'embedding.weight',
      'embedding.bias',
      'classToken',
      'positionEmbedding',
      'blocks.0.norm1.scale',
      'blocks.0.norm1.bias',
      'blocks.0.query.weight',
      'blocks.0.query.bias',
      'blocks.0.key.weight',
      'blocks.0.key.bias',
      'blocks.0.value.weight',
      'blocks.0.value.bias',
      'blocks.0.out.weight',
      'blocks.0.out.bias',
      'blocks.0.scale1',
      'blocks.0.norm2.scale',
      'blocks.0.norm2.bias',
      'blocks.0.mlp1.weight',
      'blocks.0.mlp1.bias',
      'blocks.0.mlp2.weight',
      'blocks.0.mlp2.bias',
      'blocks.0.scale2',
      'norm.scale',
      'norm.bias',
      'head.weight',
      'head.bias',
    ])
  })

  // Counts of timm's models without a head.
  it.each<{ name: string; parameters: number; changes: Partial<VitConfig> }>([
    {
      name: 'DINOv2 S/14',
      parameters: 22_056_192,
      changes: { width: 384, mlpWidth: 1536, patch: 14, grid: { rows: 37, columns: 37 }, layerScale: true },
    },
    {
      name: 'DINOv2 g/14 with registers',
      parameters: 1_136_483_840,
      changes: {
        width: 1536,
        depth: 40,
        mlpWidth: 4096,
        patch: 14,
        grid: { rows: 37, columns: 37 },
        layerScale: true,
        swiglu: true,
        registers: 4,
        prefixPositions: false,
      },
    },
    { name: 'CLIP B/16', parameters: 85_799_424, changes: { preNorm: true, patchBias: false } },
    { name: 'SigLIP B/16', parameters: 92_884_224, changes: { pooling: 'attention', classToken: false } },
  ])('has the $parameters parameters of $name', ({ parameters, changes }) => {
    const base = { width: 768, depth: 12, mlpWidth: 3072, patch: 16, grid: { rows: 14, columns: 14 } }
    expect(count({ ...smallConfig, ...base, classes: 0, ...changes })).toBe(parameters)
  })

  it('has position rows for the patches and for those prefix tokens that have positions', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const shapes = parameterShapes(config)
        const rows = at(shapes.get('positionEmbedding') ?? [], 0)
        expect(rows).toBe(patchCount(config.grid) + prefixRows(config))
        const tokens = ['classToken', 'distillationToken'].filter((name) => shapes.has(name))
        expect(prefixRows(config)).toBe(config.prefixPositions ? tokens.length : 0)
        expect(prefixTokens(config)).toBe(tokens.length + config.registers)
        expect(shapes.get('registers')?.[0] ?? 0).toBe(config.registers)
      }),
    )
  })

  it('has no head without classes', () => {
    const names = [...parameterShapes({ ...smallConfig, classes: 0 }).keys()]
    expect(names.filter((name) => name.startsWith('head'))).toEqual([])
  })
})

function count(config: VitConfig): number {
  return [...parameterShapes(config).values()].reduce((total, shape) => total + sizeOf(shape), 0)
}
