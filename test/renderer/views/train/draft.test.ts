/** @file What is typed and what is decided by it. */
import { describe, expect, it } from 'vitest'

import { choicesOf, draftOf, isFine } from '../../../../renderer/views/train/draft.ts'

describe('a draft', () => {
  it('leaves open what is empty', () => {
    expect(choicesOf(draftOf(null))).toEqual({
      preset: 'quick',
      augment: 'standard',
      device: 'auto',
      seed: 0,
    })
  })

  it('comes back as it was typed', () => {
    const draft = { ...draftOf(null), steps: '250', learningRate: '0.003', warmup: '0', seed: '7' }
    const choices = choicesOf(draft)
    expect(choices).toMatchObject({ steps: 250, learningRate: 0.003, warmup: 0, seed: 7 })
    expect(draftOf(choices)).toEqual(draft)
  })

  it.each([
    ['steps', '0'],
    ['steps', '1.5'],
    ['batch', 'many'],
    ['learningRate', '0'],
    ['learningRate', '-1'],
    ['warmup', '-1'],
  ] as const)('with %s %j decides nothing', (field, typed) => {
    expect(isFine(field, typed)).toBe(false)
    expect(choicesOf({ ...draftOf(null), [field]: typed })).toBeNull()
  })
})
