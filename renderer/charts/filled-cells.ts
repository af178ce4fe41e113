/** @file Where the arrow keys lead in a grid of counts: to the next cell that is not empty. */

/** A cell of the grid. */
export interface CellPosition {
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
  { truth, guess }: CellPosition,
  key: string,
): CellPosition | null {
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
  from: CellPosition,
  down: number,
  right: number,
): CellPosition | null {
  for (let n = 1; n < counts.length; n++) {
    const cell = { truth: from.truth + n * down, guess: from.guess + n * right }
    const count = counts[cell.truth]?.[cell.guess]
    if (count === undefined) return null
    if (count > 0) return cell
  }
  return null
}

function sideways(
  counts: readonly (readonly number[])[],
  from: CellPosition,
  [down, right]: readonly [number, number],
  isVertical: boolean,
): CellPosition | null {
  const last = counts.length - 1
  for (
    let line = isVertical ? from.truth + down : from.guess + right;
    line >= 0 && line <= last;
    line += down + right
  ) {
    for (let away = 1; away <= last; away++) {
      for (const side of [-away, away]) {
        const cell = isVertical
          ? { truth: line, guess: from.guess + side }
          : { truth: from.truth + side, guess: line }
        if ((counts[cell.truth]?.[cell.guess] ?? 0) > 0) return cell
      }
    }
  }
  return null
}
