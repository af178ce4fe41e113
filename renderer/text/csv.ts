/** @file Tables for spreadsheets: comma-separated values that Excel, LibreOffice and Numbers open as they are meant. */

/** So that Excel reads UTF-8. */
const byteOrderMark = '\u{FEFF}'

/** Rows as RFC 4180 has them, the first with the names of the columns. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return byteOrderMark + rows.map((fields) => `${fields.map(field).join(',')}\r\n`).join('')
}

/** Quoted where need be. A spreadsheet would run a text that begins like a formula: an apostrophe makes it text. */
function field(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Lets the browser save a table under a name. */
export function saveCsv(name: string, rows: readonly (readonly string[])[]): void {
  const url = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name}.csv`
  link.click()
  // The download has begun by then; a browser asks for the bytes a little later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
