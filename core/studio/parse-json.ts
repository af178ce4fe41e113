/** @file JSON that somebody may have changed or damaged: what it holds is checked by a schema afterwards. */

/** The value of a JSON text; null where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
