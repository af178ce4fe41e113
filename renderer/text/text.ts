/** @file The words of the window in its language. */
import { en, type Words } from './en.ts'
import { writeIn } from './format.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import { language, type Language } from './language.ts'
import { speak } from './sentences.ts'

const words: Readonly<Record<Language, Words>> = { en, ko, ja }

writeIn(language)
speak(language)
document.documentElement.lang = language

export const text: Words = words[language]
