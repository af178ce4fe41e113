/** @file Tables for spreadsheets: comma-separated values that Excel, LibreOffice and Numbers open as they are meant. */

/** What a table begins with, so that Excel reads UTF-8. */
export const byteOrderMark = '\u{FEFF}'

/** One row with its line end, as RFC 4180 has it. */
export function csvRow(fields: readonly string[]): string {
  return `${fields.map(field).join(',')}\r\n`
}

/** A whole table; the first row has the names of the columns. */
export function csvTable(rows: readonly (readonly string[])[]): string {
  return byteOrderMark + rows.map(csvRow).join('')
}

// Japanese and Korean Excel take the wide forms of these characters for the same.
const beginsLikeFormula = /^[=+\-@\t\r\n＝＋－＠]/u

/** Quoted where need be. A spreadsheet would run a text that begins like a formula: an apostrophe makes it text. */
function field(value: string): string {
  const safe = beginsLikeFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
