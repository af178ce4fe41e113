/** @file JSON that someone may have edited or damaged: its content is checked by a schema afterwards. */

/** The value of a JSON text; null if it is not valid JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
