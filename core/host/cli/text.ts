/** @file Numbers and tables as people read them. */
import { plain } from '../../studio/printable.ts'

/** `92.1 %` of a share from 0 to 1; a dash if there is none. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}

/** Four significant digits, small numbers without an exponent where that stays short: `0.01`, `1.609`, `3.2e-7`. */
export function brief(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(4)))
}

/** `45 s`, `1 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** `1 image`, `2 images`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Rows as aligned columns: the first column to the left, numbers in the others to the right. */
export function table(given: readonly (readonly (string | number)[])[]): string {
  const rows = given.map((row) => row.map((cell) => (typeof cell === 'string' ? plain(cell) : cell)))
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, lengthOf(String(cell)))
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => pad(cell, column, widths))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n')
}

function pad(cell: string | number, column: number, widths: readonly number[]): string {
  const space = ' '.repeat((widths[column] ?? 0) - lengthOf(String(cell)))
  return column > 0 && typeof cell === 'number' ? `${space}${cell}` : `${cell}${space}`
}

function lengthOf(text: string): number {
  return Array.from(text).length
}

const lineWidth = 100

/** Names and values under each other; long values are wrapped and stay in their column. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => lengthOf(name))) + 2
  return pairs
    .flatMap(([name, value]) => {
      const lines = value.split('\n').flatMap((line) => wrap(line, lineWidth - width))
      return lines.map((line, index) => (index === 0 ? name : '').padEnd(width) + line)
    })
    .join('\n')
}

/** Lines of at most `width` characters, broken at spaces; longer words stay whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && lengthOf(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

/** `5.5 million`, for counts of parameters. */
export function millions(count: number): string {
  return count < 1e5 ? String(count) : `${(count / 1e6).toFixed(count < 1e7 ? 1 : 0)} million`
}

/** `daisy, rose, tulip`; long lists are cut after ten. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).map(plain).join(', ')
  return names.length <= 10 ? shown : `${shown} and ${names.length - 10} more`
}
