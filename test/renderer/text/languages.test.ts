/** @file Every language says everything, with the same values, in its own typography. */
import { afterAll, describe, expect, it } from 'vitest'

import { catalogue } from '../../../core/catalogue/models.ts'
import { en, type Words } from '../../../renderer/text/en.ts'
import { writeIn } from '../../../renderer/text/format.ts'
import { ja } from '../../../renderer/text/ja.ts'
import { ko } from '../../../renderer/text/ko.ts'
import type { Language } from '../../../renderer/text/language.ts'

type Say = (...values: readonly unknown[]) => string

const others: readonly (readonly [Language, Words])[] = [
  ['ko', ko],
  ['ja', ja],
]

/** Arguments for functions that take something other than plain numbers or names. */
const given: Readonly<Record<string, readonly unknown[]>> = {
  'data.warning.missingClasses': [['13', '17', '19']],
  'data.warning.nestedClasses': [
    ['13', '17'],
    ['19', '23'],
  ],
  'data.warning.splitInside': [['13', '17']],
  'data.warning.singleImage': [['13']],
  'data.warning.fewImages': [['13', '17', '19', '23', '29', '31', '37'], 41],
  'model.classesValue': [['13', '17', '19', '23', '29', '31', '37']],
  'model.parameters': [86e6],
  'results.compareShared': ['13%', 17],
  'train.newsDoneBody': ['13%'],
  'train.outcome': ['13%', 17],
  'train.readOut': [
    {
      step: 13,
      accuracy: '17',
      heldAccuracy: '19',
      loss: '23',
      heldLoss: '29',
      learningRate: '31',
      gradNorm: '37',
    },
  ],
  'use.unsureEffect': ['13%', '17%'],
  'wall.said': ['undone', 'label', 13, ['17']],
  'wall.step': ['label', 13, ['17']],
}

/** Names and figures that are the same in every language. */
const shared = new Set([
  'common.app',
  'data.picture',
  'model.bytes',
  'model.expected',
  'model.fewFailed',
  'model.gelus.quick',
  'model.sources.hub',
  'train.deviceReason',
  'train.deviceSpeed',
  'train.documentTitle',
  'train.optimisers.adamw',
  'trainings.option',
  'trainings.titled',
  'use.formats.hf.name',
  'use.formats.npz.name',
  'use.formats.onnx.name',
  'use.formats.timm.name',
  'use.snippets.hf',
  'use.snippets.node',
  'use.snippets.npz',
  'use.snippets.onnx',
  'use.snippets.timm',
  'use.table.ofClass',
])

afterAll(() => writeIn('en'))

/** Every text by its path, functions as they are. */
function leaves(value: unknown, path = ''): [string, string | Say][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, value as Say]]
  return Object.entries(value as object).flatMap(([key, inner]) =>
    leaves(inner, path === '' ? key : `${path}.${key}`),
  )
}

/** Every text as a person reads it, functions with `values`, else with primes, which appear in no text otherwise. */
function spoken(words: Words, language: Language, values?: readonly number[]): Map<string, string> {
  writeIn(language)
  const read = (path: string, leaf: string | Say): string =>
    typeof leaf === 'string' ? leaf : leaf(...(given[path] ?? values ?? [13, 17, 19, 23]))
  return new Map(leaves(words).map(([path, leaf]) => [path, read(path, leaf)]))
}

function shapeOf(words: Words): (readonly [string, number])[] {
  return leaves(words)
    .filter(([path]) => !path.startsWith('catalogue.'))
    .map(([path, leaf]) => [path, typeof leaf === 'string' ? -1 : leaf.length] as const)
    .toSorted(([one], [two]) => (one < two ? -1 : 1))
}

/** Numbers of a text; those of `parameters` are in other units in each language. */
function numbersOf(path: string, said: string): readonly string[] {
  return path === 'model.parameters' ? [] : (said.replaceAll(',', '').match(/\d+/g) ?? [])
}

function wrong(
  said: ReadonlyMap<string, string>,
  isWrong: (text: string, path: string) => boolean,
): string[] {
  return [...said].filter(([path, text]) => isWrong(text, path)).map(([path, text]) => `${path}: ${text}`)
}

describe.each(others)('%s', (language, words) => {
  const english = spoken(en, 'en')
  const said = spoken(words, language)

  it('has every text of English, with as many values in it', () => {
    expect(shapeOf(words)).toEqual(shapeOf(en))
  })

  it('has a sentence for every model of the catalogue', () => {
    expect(Object.keys(words.catalogue).toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted())
  })

  it('is translated, but for names', () => {
    const same = [...said].filter(([path, text]) => text === english.get(path)).map(([path]) => path)
    expect(same.filter((path) => !shared.has(path))).toEqual([])
  })

  it.each([{ values: [13, 17, 19, 23] }, { values: [1, 1, 1, 1] }, { values: [0.25, 0.25, 0.25, 0.25] }])(
    'says every number that English says, of $values',
    ({ values }) => {
      const inEnglish = spoken(en, 'en', values)
      const here = spoken(words, language, values)
      const lost = wrong(here, (text, path) => {
        const numbers = numbersOf(path, text)
        return numbersOf(path, inEnglish.get(path) ?? '').some((number) => !numbers.includes(number))
      })
      expect(lost).toEqual([])
    },
  )

  it('shows no value that failed', () => {
    expect(wrong(said, (text) => /undefined|NaN|\[object|\$\{/.test(text))).toEqual([])
  })

  it('has ellipses and quotes of its own', () => {
    expect(wrong(said, (text) => /\.\.\.|["“”]|(^|\s)'|'(\s|$)/.test(text))).toEqual([])
  })
})

describe('Korean', () => {
  const said = spoken(ko, 'ko')

  it('puts no particle after a value, which would have to fit the value’s last sound', () => {
    const particle = /\d’?(은|는|이|가|을|를|과|와|로|으로|이에요|예요)(?![가-힣])/
    expect(wrong(said, (text) => particle.test(text))).toEqual([])
  })

  it('keeps to one style of politeness', () => {
    expect(wrong(said, (text) => /니다|십시오/.test(text))).toEqual([])
  })
})

describe('Japanese', () => {
  const said = spoken(ja, 'ja')

  it('has full-width punctuation after its letters', () => {
    expect(wrong(said, (text) => /[ぁ-んァ-ヶー一-龠][,.?!:;(]/.test(text))).toEqual([])
  })

  it('keeps to one style of politeness', () => {
    expect(
      wrong(said, (text) => /(?<!ます|ました|ません|です|でした|ください|しょう)(?<=[ぁ-ん])。/.test(text)),
    ).toEqual([])
  })
})
