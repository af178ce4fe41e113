/** @file Which rows of a table are shown, in which order, and how many there are of each class. */
import type { TableRow } from './table.ts'

export type TableColumn = 'name' | 'answer' | 'probability'

/** What a person wants to see of a table. */
export interface TableView {
  readonly column: TableColumn
  readonly ascending: boolean
  /** The one class that is shown; null for all. */
  readonly label: string | null
  readonly onlyUnsure: boolean
}

/** The first guess of a row. */
export function answerOf({ top }: TableRow): { readonly label: string; readonly probability: number } {
  return top[0] ?? { label: '', probability: 0 }
}

const collator = new Intl.Collator(undefined, { numeric: true })

/** The rows to show; a new list. */
export function shownRows(rows: readonly TableRow[], view: TableView, threshold: number): TableRow[] {
  const { column, ascending, label, onlyUnsure } = view
  const sign = ascending ? 1 : -1
  const compare = {
    name: (a: TableRow, b: TableRow) => collator.compare(a.name, b.name),
    answer: (a: TableRow, b: TableRow) => collator.compare(answerOf(a).label, answerOf(b).label),
    probability: (a: TableRow, b: TableRow) => answerOf(a).probability - answerOf(b).probability,
  }[column]
  return rows
    .filter((row) => {
      const answer = answerOf(row)
      return (label === null || answer.label === label) && (!onlyUnsure || answer.probability < threshold)
    })
    .sort((a, b) => sign * compare(a, b))
}

/** How many images were given each class, the most frequent first; `unsure` are those below the threshold. */
export function countsOf(
  rows: readonly TableRow[],
  threshold: number,
): readonly { readonly label: string; readonly images: number; readonly unsure: number }[] {
  const counts = new Map<string, { images: number; unsure: number }>()
  for (const row of rows) {
    const { label, probability } = answerOf(row)
    const count = counts.get(label) ?? { images: 0, unsure: 0 }
    count.images++
    if (probability < threshold) count.unsure++
    counts.set(label, count)
  }
  return [...counts]
    .map(([label, count]) => ({ label, ...count }))
    .sort((a, b) => b.images - a.images || collator.compare(a.label, b.label))
}

/** Images of one answer, to be copied into a folder of this name. */
export interface CopyGroup {
  readonly name: string
  /** With `//` between them. */
  readonly paths: string
}

/** The images of the engine's machine by their answers, those below the threshold in a group called `unsure`. */
export function groupsToCopy(rows: readonly TableRow[], threshold: number, unsure: string): CopyGroup[] {
  const groups = new Map<string, string[]>()
  for (const row of rows) {
    if (!('folder' in row.source)) continue
    const { label, probability } = answerOf(row)
    const name = probability < threshold ? unsure : label
    const paths = groups.get(name) ?? []
    paths.push(row.source.path)
    groups.set(name, paths)
  }
  return [...groups].map(([name, paths]) => ({ name, paths: paths.join('//') }))
}
