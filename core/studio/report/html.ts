/** @file HTML as a template in which every value is escaped: what people and files are called never becomes markup. */

/** Markup that is known to be safe: what `html` made, or a constant of the program. */
export interface Markup {
  readonly markup: string
}

type Value = string | number | Markup | readonly Markup[]

/** A piece of a document. Texts and numbers are escaped, in attributes as well; markup stays as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const markup = parts.reduce((text, part, place) => {
    const value = values[place]
    return `${text}${part}${value === undefined ? '' : written(value)}`
  }, '')
  return { markup }
}

/** No markup. */
export const empty: Markup = { markup: '' }

function written(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'markup' in value ? value.markup : value.map((one) => one.markup).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (character) => entities[character] ?? '')
}
