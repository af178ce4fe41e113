/**
 * @file Sentences as data. Code says them in English where they are needed; a terminal prints them, and the window looks up
 * the same sentence in its language (`renderer/text/sentences.ts`), which is why what is said and the values in it
 * travel apart. `test/renderer/text/sentences.test.ts` lists what has no translation.
 */
import * as z from 'zod'

/** A name or path as it is, a number, or another sentence. */
export type SentenceValue = string | number | Sentence

/** English text with `{0}`, `{1}`, … where the values stand. */
export interface Sentence {
  readonly text: string
  readonly values: readonly SentenceValue[]
}

export const Sentence: z.ZodType<Sentence> = z
  .object({
    text: z.string(),
    values: z.array(z.union([z.string(), z.number(), z.lazy(() => Sentence)])).readonly(),
  })
  .readonly()

/** A sentence as records keep it: those of earlier versions are plain text. */
export const KeptSentence = z.union([Sentence, z.string().transform((text): Sentence => outside(text))])

/** Whether a value is a sentence, as opposed to a text, a number or any other object. */
export function isSentence(value: unknown): value is Sentence {
  return typeof value === 'object' && value !== null && 'values' in value && Sentence.safeParse(value).success
}

/** A sentence of ours: ``say`${name} is damaged.` ``. A part that is English text must be said itself. */
export function say(parts: TemplateStringsArray, ...values: readonly SentenceValue[]): Sentence {
  return { text: parts.reduce((before, part, index) => `${before}{${index - 1}}${part}`), values }
}

/** What a system or a library said, in its own words. */
export function outside(text: string): Sentence {
  return { text: '{0}', values: [text] }
}

/** Sentences one after the other. */
export function inTurn(sentences: readonly Sentence[]): Sentence {
  const [first, ...rest] = sentences
  return rest.reduce((before, next) => say`${before} ${next}`, first ?? outside(''))
}

/** The sentence in English. */
export function inEnglish({ text, values }: Sentence): string {
  return fill(text, values, inEnglish)
}

/** The text with its values in place, those that are sentences worded by `word`. */
export function fill(
  text: string,
  values: readonly SentenceValue[],
  word: (sentence: Sentence) => string,
): string {
  return text.replaceAll(/\{(\d+)\}/g, (place, index: string) => {
    const value = values[Number(index)]
    if (value === undefined) return place
    return typeof value === 'object' ? word(value) : String(value)
  })
}
