/**
 * @file The sentences of the program in the window's language: errors, reasons, notes and remarks. They arrive as data
 * (`core/sentence.ts`) and are looked up here by their English text, a file for each subject.
 */
import { AppError } from '../../core/errors.ts'
import { fill, type Sentence } from '../../core/sentence.ts'
import type { Language } from './language.ts'
import { devices } from './sentences/devices.ts'
import { downloads } from './sentences/downloads.ts'
import { folders } from './sentences/folders.ts'
import { general } from './sentences/general.ts'
import { images } from './sentences/images.ts'
import { labels } from './sentences/labels.ts'
import { models } from './sentences/models.ts'
import { recognition } from './sentences/recognition.ts'
import { runs } from './sentences/runs.ts'
import { unsupported } from './sentences/unsupported.ts'
import type { Translations } from './sentences/translations.ts'

/** Every sentence of the program in the other languages. */
export const translations: Translations = {
  ...general,
  ...images,
  ...folders,
  ...labels,
  ...models,
  ...recognition,
  ...unsupported,
  ...downloads,
  ...devices,
  ...runs,
}

const unexpected: Readonly<Record<Language, string>> = {
  en: 'Something unexpected went wrong. What was saved before is intact.',
  ko: '예상하지 못한 문제가 생겼어요. 그 전에 저장한 내용은 그대로 있어요.',
  ja: '予期しない問題が起きました。それまでに保存した内容はそのままです。',
}

let language: Language = 'en'

/** Says sentences in this language from now on. */
export function speak(wanted: Language): void {
  language = wanted
}

/** A sentence of the program in the language of the window. */
export function worded(sentence: Sentence): string {
  return wordedIn(language, sentence)
}

function wordedIn(wanted: Language, { text, values }: Sentence): string {
  const own = wanted === 'en' ? text : (translations[text]?.[wanted] ?? text)
  return fill(own, values, (inner) => wordedIn(wanted, inner))
}

/**
 * What went wrong, in the language of the window. What is not ours to word follows on lines of its own, which
 * `Notice` folds.
 */
export function wordsOfError(thrown: unknown): string {
  const { code, message, sentence } = AppError.from(thrown)
  return code === 'internal' ? `${unexpected[language]}\n${message}` : worded(sentence)
}
