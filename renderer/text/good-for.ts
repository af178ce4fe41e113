/** @file What a model in the catalogue is good for, in the window's language. */
import { text } from './text.ts'

/** The catalogue's own sentence if this language has none. */
export function goodForOf({ id, goodFor }: { readonly id: string; readonly goodFor: string }): string {
  return text.catalogue[id] ?? goodFor
}
