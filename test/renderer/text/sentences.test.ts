/** @file Every sentence that the program says has words in every language, with the same values. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseSync, Visitor } from 'vite'
import { describe, expect, it } from 'vitest'

import { say } from '../../../core/sentence.ts'
import { AppError } from '../../../core/errors.ts'
import { speak, translations, worded, wordsOfError } from '../../../renderer/text/sentences.ts'

/** Everything but the command line, whose arguments the window does not have. */
const sources = ['core', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !join(folder, file).startsWith(join('core', 'host', 'cli')))
    .map((file) => join(folder, file)),
)

interface Said {
  /** The English text of every sentence, by the file that says it. */
  readonly sentences: ReadonlyMap<string, string>
  /** Errors whose sentence is plain text: `file: text`. */
  readonly plainErrors: readonly string[]
}

const said = sources.map(readSaid)
const english = new Map(said.flatMap(({ sentences }) => [...sentences]))

function readSaid(file: string): Said {
  const source = readFileSync(file, 'utf8')
  const sentences = new Map<string, string>()
  const plainErrors: string[] = []
  if (!/\bsay`|AppError\(/.test(source)) return { sentences, plainErrors }
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type === 'Identifier' && tag.name === 'say')
        sentences.set(textOf(quasi.quasis.map(({ value }) => value.cooked ?? '')), file)
    },
    NewExpression({ callee, arguments: [, sentence] }) {
      const isError = callee.type === 'Identifier' && callee.name === 'AppError'
      if (!isError || sentence === undefined) return
      if (['Literal', 'TemplateLiteral', 'BinaryExpression'].includes(sentence.type))
        plainErrors.push(`${file}: ${source.slice(sentence.start, sentence.end)}`)
    },
  }).visit(parseSync(file, source).program)
  return { sentences, plainErrors }
}

function textOf(parts: readonly string[]): string {
  return parts.reduce((before, part, index) => `${before}{${index - 1}}${part}`)
}

describe('the sentences of the program', () => {
  it('are found in the sources', () => {
    expect(english.get('The disk is full. {0}')).toBe('core/errors.ts')
  })

  it('have a row in renderer/text/sentences', () => {
    const missing = [...english].filter(
      ([text]) => /[a-z]/i.test(withoutPlaces(text)) && !(text in translations),
    )
    expect(missing.map(([text, file]) => `${file}: ${text}`)).toEqual([])
  })

  it('are all still said', () => {
    expect(Object.keys(translations).filter((text) => !english.has(text) && text !== '{0} {1}')).toEqual([])
  })

  it('are data in every error that can reach the window', () => {
    expect(said.flatMap(({ plainErrors }) => plainErrors)).toEqual([])
  })
})

it('no file of the window shows the English message of an error', () => {
  const shows = (file: string): boolean =>
    /AppError\.from\([^)]*\)\.message|\berror\.message/.test(readFileSync(file, 'utf8'))
  expect(sources.filter((file) => file.startsWith('renderer') && shows(file))).toEqual([])
})

describe.each(['ko', 'ja'] as const)('%s', (language) => {
  const rows = Object.entries(translations).map(([text, row]) => [text, row[language]] as const)

  it('has the values of the English sentence, each as often', () => {
    const lost = rows.filter(([text, own]) => String(placesOf(text)) !== String(placesOf(own)))
    expect(lost).toEqual([])
  })

  it('has no English words but names', () => {
    const left = rows.filter(([text, own]) => text === own && /[a-z]{2}/i.test(withoutPlaces(text)))
    expect(left).toEqual([])
    expect(rows.filter(([, own]) => /(?:\b[a-z]+\b[ ,]+){3}/.test(own))).toEqual([])
  })

  it('has ellipses and quotes of its own', () => {
    expect(rows.filter(([, own]) => /\.\.\.|["“”]|(^|\s)'|'(\s|$)/.test(own))).toEqual([])
  })
})

it('puts no Korean particle after a value, which would have to fit the value’s last sound', () => {
  const particle = /\}’?(은|는|이|가|을|를|과|와|로|으로|이에요|예요)(?![가-힣])/
  expect(Object.values(translations).filter(({ ko }) => particle.test(ko))).toEqual([])
})

it('is polite in Korean in one style', () => {
  expect(Object.values(translations).filter(({ ko }) => /니다|십시오/.test(ko))).toEqual([])
})

it('has full-width punctuation after Japanese letters', () => {
  expect(Object.values(translations).filter(({ ja }) => /[ぁ-んァ-ヶー一-龠][,.?!:;(]/.test(ja))).toEqual([])
})

describe('in the window', () => {
  it('a sentence within a sentence is in its language too', () => {
    const advice = say`Choose another folder.`
    speak('ko')
    expect(worded(say`The disk is read-only. ${advice}`)).toBe(
      '디스크가 읽기 전용이에요. 다른 폴더를 선택해 주세요.',
    )
    speak('en')
    expect(worded(say`The disk is read-only. ${advice}`)).toBe(
      'The disk is read-only. Choose another folder.',
    )
  })

  it('what a library said stands below a sentence of ours', () => {
    speak('ja')
    const told = wordsOfError(new TypeError('x is not a function'))
    speak('en')
    expect(told).toBe(
      '予期しない問題が起きました。それまでに保存した内容はそのままです。\nx is not a function',
    )
    expect(wordsOfError(new AppError('io', say`Stopped on request.`))).toBe('Stopped on request.')
  })
})

function placesOf(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/g))].toSorted()
}

function withoutPlaces(text: string): string {
  return text.replaceAll(/\{\d+\}/g, '')
}
