/** @file The words of the window in the language that was chosen when it opened. */
import { en } from './en.ts'

export const text = en
