/** @file Tables as spreadsheets write them, read into rows: commas, semicolons or tabs, quotes, and a byte-order mark. */
import { byteOrderMark } from './csv.ts'

/** The rows of a table, without those that are empty; cells without spaces around them. */
export function csvRows(text: string): string[][] {
  const content = text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text
  // Excel says its separator in a line of its own.
  const stated = /^sep=(.)\r?\n/.exec(content)
  const body = stated === null ? content : content.slice(stated[0].length)
  return splitRows(body, stated?.[1] ?? separatorOf(body)).filter((row) => row.some((cell) => cell !== ''))
}

const separators = ['\t', ';', ',', '|']
const linesLookedAt = 20

/** The separator that is in most of the first lines, outside of quotes; of equal ones the first, which text has least. */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r?\n|\r/)
    .filter((line) => line !== '')
  const looked = lines.slice(0, linesLookedAt)
  const counts = separators.map((separator) => looked.filter((line) => line.includes(separator)).length)
  return separators[counts.indexOf(Math.max(...counts))] ?? ','
}

function splitRows(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let start = 0
  const endRow = (): void => {
    rows.push(row)
    row = []
  }
  while (start < text.length) {
    const { cell, end } =
      text[start] === '"' ? quotedCell(text, start, separator) : plainCell(text, start, separator)
    row.push(cell.trim())
    if (text[end] === separator) {
      start = end + 1
      // Nothing follows the last separator.
      if (start === text.length) row.push('')
      continue
    }
    endRow()
    start = text.startsWith('\r\n', end) ? end + 2 : end + 1
  }
  if (row.length > 0) endRow()
  return rows
}

interface Cell {
  readonly cell: string
  /** Index of the separator or line end after it, or of the text's end. */
  readonly end: number
}

function plainCell(text: string, start: number, separator: string): Cell {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { cell: text.slice(start, end), end }
}

/** What follows a closing quote up to the separator belongs to the cell; a quote that never closes ends with the text. */
function quotedCell(text: string, start: number, separator: string): Cell {
  let cell = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return { cell: cell + text.slice(from), end: text.length }
    cell += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      const rest = plainCell(text, quote + 1, separator)
      return { cell: cell + rest.cell, end: rest.end }
    }
    cell += '"'
    from = quote + 2
  }
}
