/**
 * @file One colour for each kind (class), the same in every list, bar, matrix, map and card. It follows the kind's index
 * in the sorted list of labels. The colours are tokens of `styles/kinds.css` (`--kind-0` to `--kind-7`, which a canvas
 * reads from the page's computed style); further kinds repeat them with a pattern. How far they are apart, for people who
 * are colour-blind as well, is tested.
 */

/** Colours before they repeat. */
export const kindHues = 8

/** How a repeated colour is filled, in this order. */
export const kindPatterns = ['plain', 'striped', 'dotted', 'crossed'] as const
export type KindPattern = (typeof kindPatterns)[number]

/** Which colour and pattern the kind of this index has. */
export function kindOf(index: number): { readonly hue: number; readonly pattern: KindPattern } {
  const round = Math.floor(index / kindHues) % kindPatterns.length
  return { hue: index % kindHues, pattern: kindPatterns[round] ?? 'plain' }
}

/** Attributes of an element under which `--kind` is the kind's colour, and `--kind-pattern` what is drawn over it. */
export interface KindAttributes {
  readonly 'data-kind': number
  readonly 'data-kind-pattern': KindPattern
}

/** To be spread on an element: `<li {...kindAttributes(2)}>`. A negative index, of no kind, gives none. */
export function kindAttributes(index: number): KindAttributes | undefined {
  if (index < 0) return undefined
  const { hue, pattern } = kindOf(index)
  return { 'data-kind': hue, 'data-kind-pattern': pattern }
}
