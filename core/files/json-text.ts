/**
 * @file Reading JSON that a stranger may have written. A parser keeps something for every bracket that is still open, so
 * that twenty megabytes of them would take gigabytes: how deep values may be inside each other is bounded.
 */

// The deepest that any program writes here has eight.
const deepest = 64

const [quote, backslash, openList, closeList, openObject, closeObject] = Buffer.from('"\\[]{}')

/** As JSON.parse. @throws SyntaxError for what is no JSON or nested too deep */
export function parseJson(text: string): unknown {
  let depth = 0
  let inText = false
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    if (inText) {
      if (code === backslash) place++
      else if (code === quote) inText = false
    } else if (code === quote) inText = true
    else if (code === openList || code === openObject) {
      if (++depth > deepest) throw new SyntaxError(`over ${deepest} values inside each other`)
    } else if (code === closeList || code === closeObject) depth--
  }
  return JSON.parse(text)
}
