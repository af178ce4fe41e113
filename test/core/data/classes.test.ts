import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  compareCodePoints,
  countByClass,
  dropEmptyClasses,
  keepClasses,
  listNames,
  matchClasses,
  type DataFolder,
} from '../../../core/data/classes.ts'
import { AppError } from '../../../core/errors.ts'
import { inEnglish } from '../../../core/sentence.ts'

function folderOf(classes: readonly string[]): DataFolder {
  const images = classes.map((name, label) => ({ path: `${name}/a.png`, label }))
  return { root: '/data', classes, images, skipped: [], findings: [] }
}

// Few different characters, so that texts share beginnings; the last three lie around the surrogates' range.
const texts = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '\ud7ff', '\ue000', '\u{10000}', '\u{1f339}'),
})

function points(text: string): string {
  return Array.from(text, (letter) => letter.codePointAt(0)?.toString(16).padStart(6, '0')).join(' ')
}

describe('compareCodePoints', () => {
  it('orders as the lists of code points do', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const expected = points(a) < points(b) ? -1 : points(a) > points(b) ? 1 : 0
        expect(Math.sign(compareCodePoints(a, b))).toBe(expected)
      }),
    )
  })

  it('puts capitals before small letters and an emoji after a full-width letter', () => {
    expect(['b', 'B', 'a', 'é', '\u{1f339}', 'Ａ'].sort(compareCodePoints)).toEqual([
      'B',
      'a',
      'b',
      'é',
      'Ａ',
      '\u{1f339}',
    ])
  })
})

describe('classes without images', () => {
  it('are left out with a finding, and the labels stay in step with the names', () => {
    const images = [
      { path: 'a/1.png', label: 0 },
      { path: 'c/1.png', label: 2 },
    ]
    const kept = dropEmptyClasses({ root: '/data', classes: ['a', 'b', 'c'], images })
    expect(kept.classes).toEqual(['a', 'c'])
    expect(kept.images.map(({ label }) => label)).toEqual([0, 1])
    expect(kept.findings).toEqual([{ kind: 'emptyClass', root: '/data', name: 'b' }])
    expect(countByClass(['a', 'b', 'c'], images)).toEqual([1, 0, 1])
  })

  it('keepClasses drops the images of other classes', () => {
    expect(keepClasses(folderOf(['a', 'b', 'c']), ['c', 'a'])).toEqual([
      { path: 'c/a.png', label: 0 },
      { path: 'a/a.png', label: 1 },
    ])
  })
})

describe('matchClasses', () => {
  it('takes over the order of the training classes and warns of missing ones', () => {
    const matched = matchClasses(['z', 'b', 'a'], folderOf(['a', 'b']))
    expect(matched.classes).toEqual(['z', 'b', 'a'])
    expect(matched.images).toEqual([
      { path: 'b/a.png', label: 1 },
      { path: 'a/a.png', label: 2 },
    ])
    expect(matched.findings).toEqual([{ kind: 'missingClasses', root: '/data', classes: ['z'] }])
  })

  it('refuses unknown classes by name', () => {
    expect(() => matchClasses(['a'], folderOf(['a', 'Rose']))).toThrow(AppError)
    expect(() => matchClasses(['a'], folderOf(['a', 'Rose']))).toThrow(/"Rose".*Known classes: "a"/)
  })

  it('knows an accent written in two ways as the same', () => {
    const matched = matchClasses(['é'.normalize('NFC')], folderOf(['é'.normalize('NFD')]))
    expect(matched.images).toHaveLength(1)
    expect(matched.findings).toEqual([])
  })
})

describe('listNames', () => {
  it('reads as a sentence and cuts long lists', () => {
    expect(inEnglish(listNames(['a']))).toBe('"a"')
    expect(inEnglish(listNames(['a', 'b', 'c']))).toBe('"a", "b" and "c"')
    const many = Array.from({ length: 13 }, (_, index) => String(index))
    expect(inEnglish(listNames(many))).toMatch(/"9" and 3 more$/)
  })
})
