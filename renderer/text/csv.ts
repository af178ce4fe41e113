/** @file Saving a table from the window. */
import { csvTable } from '../../core/csv.ts'
import { saveFile } from './save-file.ts'

/** Lets the browser save a table under a name; the first row has the names of the columns. */
export function saveCsv(name: string, rows: readonly (readonly string[])[]): void {
  saveFile(`${name}.csv`, csvTable(rows), 'text/csv')
}
