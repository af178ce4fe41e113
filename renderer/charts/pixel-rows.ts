/**
 * @file Curves of any length as rows for a chart of a given width. A column of pixels shows the lowest and the highest
 * value of its steps, so that no spike is lost; each update touches only the columns that have changed.
 */
import type { Series } from './curves.ts'

/** Two rows for each column of pixels: x in steps, and for each curve a value or null. */
export type PixelRows = readonly [x: readonly number[], ...curves: (readonly (number | null)[])[]]

/** Takes in curves that may have grown since the last time; always the same lists, changed. */
export type RowReader = (curves: readonly Series[]) => PixelRows

/** A reader for a chart that shows `totalSteps` on `pixels` columns. */
export function createRowReader(totalSteps: number, pixels: number): RowReader {
  const columns = Math.max(1, Math.floor(pixels))
  const width = Math.max(1, totalSteps) / columns
  const x = Array.from({ length: 2 * columns }, (_, row) => (row + 0.5) * (width / 2))
  const columnOf = (step: number): number => Math.min(columns - 1, Math.max(0, Math.floor(step / width)))
  let filled: Filled[] = []
  return (curves) => {
    filled = curves.map((curve, index) => {
      const before = filled[index]
      const isGrown = before?.source === curve.values && before.done <= curve.values.length
      const target = isGrown ? before : { source: curve.values, rows: emptyRows(columns), done: 0 }
      return fill(target, curve, columnOf)
    })
    return [x, ...filled.map(({ rows }) => rows)]
  }
}

interface Filled {
  /** The list the rows were filled from, by which a curve is recognised. */
  readonly source: Series['values']
  readonly rows: (number | null)[]
  readonly done: number
}

function emptyRows(columns: number): null[] {
  return Array.from({ length: 2 * columns }, () => null)
}

function fill(
  { source, rows, done }: Filled,
  { steps, values }: Series,
  columnOf: (step: number) => number,
): Filled {
  for (let i = done; i < values.length; i++) {
    const value = values[i] ?? 0
    const low = 2 * columnOf(steps[i] ?? 0)
    const lowest = rows[low] ?? null
    const highest = rows[low + 1] ?? lowest
    if (lowest === null) rows[low] = value
    else if (value < lowest) [rows[low], rows[low + 1]] = [value, highest]
    else rows[low + 1] = Math.max(value, highest ?? value)
  }
  return { source, rows, done: values.length }
}
