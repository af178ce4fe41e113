/** @file The table of answers as rows for a spreadsheet, files that were left out last. */
import type { Table } from '../../store/table.ts'
import { answerOf } from '../../store/table-rows.ts'
import type { Words } from '../../text/en.ts'

/** As many guesses as any row has; all rows in the order in which they were read. */
export function tableForSpreadsheets(
  { rows, left }: Table,
  threshold: number,
  { csv, notImage }: Pick<Words['use']['table'], 'csv' | 'notImage'>,
): string[][] {
  const most = rows.reduce((sum, { top }) => Math.max(sum, top.length), 1)
  const others = Array.from({ length: most - 1 }, (_, i) => i + 2)
  const header = [csv.file, csv.prediction, csv.probability, csv.unsure]
  return [
    [...header, ...others.flatMap((n) => [csv.guess(n), csv.guessProbability(n)]), csv.problem],
    ...rows.map((row) => {
      const { label, probability } = answerOf(row)
      return [
        row.name,
        label,
        probability.toFixed(6),
        probability < threshold ? csv.yes : csv.no,
        ...others.flatMap((n) => {
          const guess = row.top[n - 1]
          return guess === undefined ? ['', ''] : [guess.label, guess.probability.toFixed(6)]
        }),
        '',
      ]
    }),
    ...left.map(({ name, reason }) => [
      name,
      ...Array.from({ length: 1 + 2 * most }, () => ''),
      reason ?? notImage,
    ]),
  ]
}
