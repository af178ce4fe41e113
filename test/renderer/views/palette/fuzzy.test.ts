/** @file Finding an action by a few of its letters. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fit, fitting } from '../../../../renderer/views/palette/fuzzy.ts'

const names = [
  'Data',
  'Model',
  'Train',
  'Results',
  'Stop and keep the best',
  'Theme: Dark',
  'Écran',
  '데이터',
]
const found = (typed: string): readonly string[] =>
  fitting(
    names.map((name) => ({ name })),
    typed,
  ).map(({ name }) => name)

describe('finding by letters', () => {
  it('keeps the order of the list while nothing is typed', () => {
    expect(found('')).toEqual(names)
    expect(found('  ')).toEqual(names)
  })

  it('prefers letters that are together, and beginnings of words', () => {
    expect(found('da')[0]).toBe('Data')
    expect(found('skb')[0]).toBe('Stop and keep the best')
    expect(found('dark')).toEqual(['Theme: Dark'])
    expect(found('tr')[0]).toBe('Train')
  })

  it('ignores case and accents, and reads other scripts', () => {
    expect(found('ECRAN')).toEqual(['Écran'])
    expect(found('데터')).toEqual(['데이터'])
  })

  it('finds nothing where a letter is missing or in the wrong order', () => {
    expect(fit('xyz', 'Data')).toBeNull()
    expect(fit('tad', 'Data')).toBeNull()
  })

  it('finds every name by any of its letters in their order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.boolean()), (name, kept) => {
        const part = Array.from(name)
          .filter((_, place) => kept[place] ?? false)
          .join('')
        expect(fit(part, name)).not.toBeNull()
      }),
    )
  })
})
