/** @file The words of the window in its language. */
import { en } from './en.ts'
import { writeIn } from './format.ts'
import { language, type Language } from './language.ts'

/** What every language has to say. */
export type Words = typeof en

const words: Readonly<Record<Language, Words>> = { en }

writeIn(language)
document.documentElement.lang = language

export const text: Words = words[language]
