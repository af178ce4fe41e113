/** @file Rows of comma-separated values. */

/** One row with its line end; fields with commas, quotes or line breaks are quoted (RFC 4180). */
export function csvRow(fields: readonly string[]): string {
  return `${fields.map(quoted).join(',')}\r\n`
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
