import { describe, expect, it } from 'vitest'

import { atGrid, gridOf, withZeroHead } from '../../../../core/train/model/prepare.ts'
import { parameterShapes } from '../../../../core/vit/config.ts'
import { resizePositions } from '../../../../core/vit/position-embedding.ts'
import { plain, randomParameters, tinyConfig } from '../../files/tiny-models.ts'

describe('withZeroHead', () => {
  it.each(['class', 'distilled', 'mean'] as const)(
    'puts exact zeros on a model with the pooling %s and leaves all else alone',
    (pooling) => {
      const config = tinyConfig({ pooling, classes: 10 })
      const model = { config, parameters: randomParameters(config) }
      const { config: next, parameters } = withZeroHead(model, 4)
      expect(next.classes).toBe(4)
      for (const [name, tensor] of parameters) {
        if (!name.startsWith('head')) expect(tensor).toBe(model.parameters.get(name))
      }
      expect(plain(parameters)).toMatchObject({
        'head.weight': { shape: [4, 16], data: Array(64).fill(0) },
        'head.bias': { shape: [4], data: Array(4).fill(0) },
      })
      // Exactly what a model of this configuration has: the second head of a distilled one has gone.
      const shapes = [...parameters].map(([name, { shape }]) => [name, [...shape]])
      expect(Object.fromEntries(shapes)).toEqual(
        Object.fromEntries(
          [...parameterShapes(next)].filter(([name]) => !name.startsWith('headDistillation')),
        ),
      )
    },
  )
})

describe('atGrid', () => {
  it('resizes the position embedding alone, by the rule, and leaves the model it is given as it was', () => {
    const config = tinyConfig()
    const model = { config, parameters: randomParameters(config) }
    const before = plain(model.parameters)
    const grid = { rows: 5, columns: 2 }
    const { config: next, parameters } = atGrid(model, grid, 'jax')
    expect(next).toEqual({ ...config, grid })
    const old = model.parameters.get('positionEmbedding')!
    expect(parameters.get('positionEmbedding')).toEqual(resizePositions(old, config.grid, grid, 1, 'jax'))
    expect(parameters.get('positionEmbedding')?.data.slice(0, 16)).toEqual(old.data.slice(0, 16))
    expect(plain(model.parameters)).toEqual(before)
    expect(parameters.get('blocks.0.query.weight')).toBe(model.parameters.get('blocks.0.query.weight'))
  })
})

describe('gridOf', () => {
  it('is the number of patches on a side', () => {
    expect(gridOf(224, 16)).toEqual({ rows: 14, columns: 14 })
    expect(gridOf(14, 14)).toEqual({ rows: 1, columns: 1 })
  })

  it.each([
    [230, 16, 224],
    [233, 16, 240],
    [3, 16, 16],
    [0, 16, 16],
  ])('names the multiple nearest to %i', (resolution, patch, nearest) => {
    expect(() => gridOf(resolution, patch)).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        message: expect.stringContaining(`${resolution} is not a multiple`),
        details: { resolution, patch },
      }),
    )
    expect(() => gridOf(resolution, patch)).toThrow(`The nearest that is: ${nearest}.`)
  })
})
