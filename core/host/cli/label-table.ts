/** @file `--labels`: a table of file names and labels, for folders that are not sorted, or not right. */
import { resolve } from 'node:path'

import { Option } from 'commander'

import { largestTable } from '../../api/contract/label-tables.ts'
import { readLabelTable, type LabelTable, type Some } from '../../data/label-table.ts'
import { noLabels, toSaid, type Labels, type Mark } from '../../data/labels.ts'
import { scanToLabel } from '../../data/scan.ts'
import { readTextFile } from '../../files/regular-file.ts'
import { inEnglish } from '../../sentence.ts'
import { plain } from '../../studio/printable.ts'
import type { Cli } from './cli.ts'
import { countOf } from './text.ts'

/** The option. */
export function labelsOption(): Option {
  return new Option(
    '--labels <table>',
    'table (CSV) with a column of file names and one of labels; images need no class folders then',
  )
}

/**
 * The labels that a table gives the images of a folder; nothing without a table. What of the table is not used is told.
 *
 * @throws AppError where there is no such file or folder, or it is no such table
 */
export async function labelsFromTable(
  { report, signal }: Pick<Cli, 'report' | 'signal'>,
  directory: string,
  path: string | undefined,
): Promise<Labels | undefined> {
  if (path === undefined) return undefined
  const text = await readTextFile(resolve(path), largestTable)
  const { validation, ...folder } = await scanToLabel(directory, { signal })
  const folders = [folder, ...(validation === undefined ? [] : [validation])]
  const known = folder.classes
  const named = folders.map(({ root, images }) => ({ root, paths: images.map((image) => image.path) }))
  const table = readLabelTable(text, named, known)
  tell(report, table)
  const marks = new Map<string, Map<string, Mark>>()
  for (const { root, path: image, label } of table.labels) {
    marks.set(root, (marks.get(root) ?? new Map<string, Mark>()).set(image, { label }))
  }
  return { ...noLabels, images: toSaid(marks) }
}

function tell(report: Cli['report'], table: LabelTable): void {
  const {
    labels,
    headings,
    columns,
    rows,
    withoutImage,
    ambiguous,
    contradicting,
    withoutLabel,
    withoutRow,
  } = table
  const used = `columns “${headings[columns.file] ?? ''}” and “${headings[columns.label] ?? ''}”`
  report.line(plain(`${countOf(labels.length, 'image')} labelled by ${rows} rows of the table (${used})`))
  const unused: readonly (readonly [Some, string])[] = [
    [withoutImage, 'name no image of the folder'],
    [ambiguous, 'may mean several images'],
    [contradicting, 'give an image another label than an earlier row'],
    [withoutLabel, 'have no label'],
  ]
  for (const [{ count, examples }, what] of unused)
    if (count > 0)
      report.line(plain(`Note: ${countOf(count, 'row')} that ${what}, such as ${examples[0] ?? ''}`))
  if (withoutRow.count > 0)
    report.line(
      plain(
        `Note: ${countOf(withoutRow.count, 'image')} without a row, such as ${withoutRow.examples[0] ?? ''}`,
      ),
    )
  for (const { reason, rows: count } of table.refused)
    report.line(plain(`Note: ${countOf(count, 'row')} not used. ${inEnglish(reason)}`))
  report.record({
    type: 'labels',
    labelled: labels.length,
    rows,
    withoutImage: withoutImage.count,
    ambiguous: ambiguous.count,
    contradicting: contradicting.count,
    withoutLabel: withoutLabel.count,
    withoutRow: withoutRow.count,
  })
}
