import { describe, expect, it } from 'vitest'

import type { TableRow } from '../../../renderer/store/table.ts'
import { countsOf, shownRows, type TableView } from '../../../renderer/store/table-rows.ts'
import { use } from '../../../renderer/text/en/use.ts'
import { tableForSpreadsheets } from '../../../renderer/views/use/table-csv.ts'

const rows: TableRow[] = [
  ['10.jpg', 'rose', 0.9],
  ['9.jpg', 'tulip', 0.4],
  ['2.jpg', 'rose', 0.5],
].map(([name, label, probability], key) => ({
  key,
  name: String(name),
  source: { folder: '/new', path: String(name) },
  top: [{ label: String(label), probability: Number(probability) }],
}))

const all: TableView = { column: 'name', ascending: true, label: null, onlyUnsure: false }
const namesOf = (view: Partial<TableView>): string[] =>
  shownRows(rows, { ...all, ...view }, 0.6).map(({ name }) => name)

describe('the rows of a table', () => {
  it('are sorted as people count, by any column, either way', () => {
    expect(namesOf({})).toEqual(['2.jpg', '9.jpg', '10.jpg'])
    expect(namesOf({ column: 'probability', ascending: false })).toEqual(['10.jpg', '2.jpg', '9.jpg'])
    expect(namesOf({ column: 'answer', ascending: false })[0]).toBe('9.jpg')
  })

  it('are filtered by class and by certainty', () => {
    expect(namesOf({ label: 'rose' })).toEqual(['2.jpg', '10.jpg'])
    expect(namesOf({ label: 'rose', onlyUnsure: true })).toEqual(['2.jpg'])
  })

  it('are counted by class', () => {
    expect(countsOf(rows, 0.6)).toEqual([
      { label: 'rose', images: 2, unsure: 1 },
      { label: 'tulip', images: 1, unsure: 1 },
    ])
  })

  it('make a table with as many columns in every row', () => {
    const [first, ...others] = rows
    if (first === undefined) throw new Error('no rows')
    const guesses = [...first.top, { label: 'tulip', probability: 0.1 }]
    const table = tableForSpreadsheets(
      {
        title: 'new',
        model: '/runs/fruit',
        rows: [{ ...first, top: guesses }, ...others],
        left: [{ name: 'notes.txt', reason: null }],
        done: 4,
        total: 4,
        status: 'done',
        problem: null,
      },
      0.6,
      use.table,
    )
    expect(new Set(table.map((row) => row.length))).toEqual(new Set([7]))
    expect(table[0]).toEqual([
      'file',
      'prediction',
      'probability',
      'unsure',
      'guess 2',
      'probability 2',
      'problem',
    ])
    expect(table[1]).toEqual(['10.jpg', 'rose', '0.900000', 'no', 'tulip', '0.100000', ''])
    expect(table.at(-1)).toEqual(['notes.txt', '', '', '', '', '', 'It is not an image.'])
  })
})
