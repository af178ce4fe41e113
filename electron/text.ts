/** @file The words of the desktop shell outside of its page, in the first of the system's languages that is available. */
import { app } from 'electron'

import { en, type Words } from './text/en.ts'
import { ja } from './text/ja.ts'
import { ko } from './text/ko.ts'

const words: ReadonlyMap<string, Words> = new Map([
  ['en', en],
  ['ko', ko],
  ['ja', ja],
])

export const text: Words = preferred()

function preferred(): Words {
  const found = app.getPreferredSystemLanguages().map((tag) => words.get(tag.split('-')[0] ?? ''))
  return found.find((one) => one !== undefined) ?? en
}
