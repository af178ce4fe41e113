/** @file Which parameters each choice trains, for every kind of configuration. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parameterShapes, plainVit } from '../../../core/vit/config.ts'
import { frozenUpTo, trainableParameters, type Trainable } from '../../../core/vit/trainable.ts'
import { anyConfig } from '../../golden/reference-vit.ts'

const grid = { rows: 2, columns: 2 }
const config = plainVit({ width: 8, depth: 3, heads: 2, mlpWidth: 16, patch: 4, grid, classes: 5 })
const lastBlocks = (count: number): Trainable => ({ part: 'lastBlocks', count })

describe('the trained parameters', () => {
  it('are all of them, or all but what makes tokens of pixels', () => {
    const all = [...parameterShapes(config).keys()]
    expect([...trainableParameters(config, { part: 'everything' })]).toEqual(all)
    const kept = trainableParameters(config, { part: 'allButEmbedding' })
    const frozen = ['embedding.weight', 'embedding.bias', 'classToken', 'positionEmbedding']
    expect(all.filter((name) => !kept.has(name))).toEqual(frozen)
  })

  it('are the last blocks with the norm and the head behind them', () => {
    const names = [...trainableParameters(config, lastBlocks(1))]
    expect(names.every((name) => /^(blocks\.2|norm|head)\./.test(name))).toBe(true)
    expect(names).toContain('blocks.2.query.weight')
    expect(names).toContain('norm.scale')
    expect(names).toContain('head.bias')
  })

  it('are everything where as many blocks are asked for as there are', () => {
    for (const count of [3, 12]) {
      expect(trainableParameters(config, lastBlocks(count))).toEqual(
        trainableParameters(config, { part: 'everything' }),
      )
      expect(frozenUpTo(config, lastBlocks(count))).toBe(null)
    }
  })

  it('tell blocks with one and two digits apart', () => {
    const deep = { ...config, depth: 12 }
    const names = [...trainableParameters(deep, lastBlocks(11))]
    expect(names.some((name) => name.startsWith('blocks.1.'))).toBe(true)
    expect([...trainableParameters(deep, lastBlocks(2))].some((name) => name.startsWith('blocks.1.'))).toBe(
      false,
    )
  })

  it('grow with every block, from the head to everything, in any configuration', () => {
    fc.assert(
      fc.property(anyConfig, (any) => {
        const steps = [
          trainableParameters(any, { part: 'head' }),
          ...Array.from({ length: any.depth }, (_, index) => trainableParameters(any, lastBlocks(index + 1))),
        ]
        expect([...(steps[0] ?? [])].every((name) => name.startsWith('head.'))).toBe(true)
        for (const [index, names] of steps.entries()) {
          const before = steps[index - 1] ?? new Set()
          expect([...before].every((name) => names.has(name))).toBe(true)
          if (index > 0) expect(names.size).toBeGreaterThan(before.size)
        }
        expect(steps.at(-1)).toEqual(new Set(parameterShapes(any).keys()))
      }),
    )
  })
})
