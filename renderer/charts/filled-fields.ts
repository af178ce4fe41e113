/** @file Where the arrow keys lead in a grid of counts: to the next cell that is not empty. */

/** A cell of the grid. */
export interface Field {
  readonly truth: number
  readonly guess: number
}

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Whether a key moves in a grid. */
export function isGridKey(key: string): boolean {
  return key in steps || key === 'Home' || key === 'End'
}

/**
 * The filled cell that a key leads to: the nearest in the direction of an arrow, or the first or last of the row with
 * Home and End. Where an arrow finds nothing straight ahead, it takes the cell nearest to the side in the next row or
 * column that has any. Null if there is none, or for other keys.
 */
export function nextFilled(
  counts: readonly (readonly number[])[],
  { truth, guess }: Field,
  key: string,
): Field | null {
  if (key === 'Home' || key === 'End') {
    const row = counts[truth] ?? []
    const found = key === 'Home' ? row.findIndex((n) => n > 0) : row.findLastIndex((n) => n > 0)
    return found < 0 || found === guess ? null : { truth, guess: found }
  }
  const step = steps[key]
  if (step === undefined) return null
  const [down, right] = step
  const isVertical = down !== 0
  return (
    straight(counts, { truth, guess }, down, right) ?? sideways(counts, { truth, guess }, step, isVertical)
  )
}

function straight(
  counts: readonly (readonly number[])[],
  from: Field,
  down: number,
  right: number,
): Field | null {
  for (let n = 1; n < counts.length; n++) {
    const field = { truth: from.truth + n * down, guess: from.guess + n * right }
    const count = counts[field.truth]?.[field.guess]
    if (count === undefined) return null
    if (count > 0) return field
  }
  return null
}

function sideways(
  counts: readonly (readonly number[])[],
  from: Field,
  [down, right]: readonly [number, number],
  isVertical: boolean,
): Field | null {
  const last = counts.length - 1
  for (
    let line = isVertical ? from.truth + down : from.guess + right;
    line >= 0 && line <= last;
    line += down + right
  ) {
    for (let away = 1; away <= last; away++) {
      for (const side of [-away, away]) {
        const field = isVertical
          ? { truth: line, guess: from.guess + side }
          : { truth: from.truth + side, guess: line }
        if ((counts[field.truth]?.[field.guess] ?? 0) > 0) return field
      }
    }
  }
  return null
}
