/**
 * @file Text that may contain what strangers wrote, such as file and class names, made harmless for a terminal: control
 * characters, and characters that reverse the order of others, are shown escaped.
 */
import { inEnglish, isSentence } from '../sentence.ts'

// Control characters, those for lines and paragraphs, and those that start or end writing in another direction.
const obeyed = /[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu

/** A text that stays on one line. */
export function plain(text: string): string {
  return text.replace(obeyed, shown)
}

/** A text of several lines. */
export function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n')
}

/** A value as JSON on one line, which means the same to programs; sentences in it are English text. */
export function plainJson(value: unknown): string {
  // JSON itself escapes only the first 32 characters; the others occur only inside its strings.
  return JSON.stringify(value, said).replace(obeyed, (character) => `\\u${hex(character, 4)}`)
}

function said(_: string, value: unknown): unknown {
  return isSentence(value) ? inEnglish(value) : value
}

function shown(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\t') return '\\t'
  return character < '\u0100' ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`
}

function hex(character: string, digits: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(digits, '0')
}
