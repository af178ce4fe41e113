/** @file How well typed letters fit a name: all of them in their order, better together and at the beginnings of words. */

/** Null if they do not fit; else the higher, the better. Case and accents do not matter, and spaces need not be typed. */
export function fit(typed: string, name: string): number | null {
  const wanted = Array.from(plain(typed)).filter((letter) => letter.trim() !== '')
  const letters = Array.from(plain(name))
  if (wanted.length === 0) return 0
  const starts = letters.flatMap((letter, at) => (letter === wanted[0] ? [at] : []))
  const scores = starts.flatMap((start) => scoreFrom(start, wanted, letters) ?? [])
  // Of names that fit alike, the shorter one is meant.
  return scores.length === 0 ? null : Math.max(...scores) - letters.length / 1000
}

function plain(words: string): string {
  return words
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLocaleLowerCase()
}

function scoreFrom(start: number, wanted: readonly string[], letters: readonly string[]): number | null {
  let score = 0
  let previous = start - 1
  for (const letter of wanted) {
    const next = letters.indexOf(letter, previous + 1)
    if (next === -1) return null
    const isTogether = next === previous + 1 && next !== start
    const isBeginning = next === 0 || letters[next - 1]?.trim() === ''
    score += isTogether ? 3 : isBeginning ? 2.5 : 1
    previous = next
  }
  return score / wanted.length
}

/** Those that fit, best first; all in their own order if nothing is typed. */
export function fitting<T extends { readonly name: string }>(all: readonly T[], typed: string): readonly T[] {
  return all
    .map((one) => ({ one, score: fit(typed, one.name) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ one }) => one)
}
