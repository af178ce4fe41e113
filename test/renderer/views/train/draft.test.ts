/** @file What is typed and what is decided by it. */
import { describe, expect, it } from 'vitest'

import { choicesOf, draftOf, isFine, type Draft } from '../../../../renderer/views/train/draft.ts'

describe('a draft', () => {
  it('leaves open what is empty', () => {
    expect(choicesOf(draftOf(null), 224)).toEqual({
      preset: 'quick',
      device: 'auto',
      balance: 'none',
      optimiser: 'sgd',
      framing: 'squash',
      seed: 0,
    })
  })

  it('comes back as it was typed', () => {
    const draft = { ...draftOf(null), steps: '250', learningRate: '0.003', warmup: '0', seed: '7' }
    const choices = choicesOf(draft, 224)
    expect(choices).toMatchObject({ steps: 250, learningRate: 0.003, warmup: 0, seed: 7 })
    expect(draftOf(choices)).toEqual(draft)
  })

  it('comes back as it was chosen', () => {
    const draft: Draft = {
      ...draftOf(null),
      augment: 'gentle',
      head: 'zero',
      train: 'last4',
      lower: 'half',
      balance: 'sqrt',
      optimiser: 'adamw',
      framing: 'letterbox',
    }
    const choices = choicesOf(draft, 224)
    expect(choices).toMatchObject({
      train: { part: 'lastBlocks', count: 4 },
      progressive: { resolution: 112, share: 0.8 },
    })
    expect(draftOf(choices)).toEqual(draft)
    expect(choicesOf({ ...draft, lower: 'none' }, 224)?.progressive).toBeNull()
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
    expect(choicesOf({ ...draftOf(null), [field]: typed }, 224)).toBeNull()
  })
})
