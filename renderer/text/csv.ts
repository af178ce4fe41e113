/** @file Saving a table from the window. */
import { csvTable } from '../../core/csv.ts'

/** Lets the browser save a table under a name; the first row has the names of the columns. */
export function saveCsv(name: string, rows: readonly (readonly string[])[]): void {
  const url = URL.createObjectURL(new Blob([csvTable(rows)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name}.csv`
  link.click()
  // The download has begun by then; a browser asks for the bytes a little later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
