/** @file What a file of translated sentences is. */
import type { Language } from '../language.ts'

/** A row for each English sentence, with what the other languages say; `{0}`, `{1}`, … are its values. */
export type Translations = Readonly<Record<string, Readonly<Record<Exclude<Language, 'en'>, string>>>>
