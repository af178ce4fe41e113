import { describe, expect, it } from 'vitest'

import { csvRows } from '../../core/csv-rows.ts'
import { csvTable } from '../../core/csv.ts'

describe('rows of a table', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\n1,5;2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\r1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\u{FEFF}"x, ""y""", b \n\n"two\nlines",c\n',
      [
        ['x, "y"', 'b'],
        ['two\nlines', 'c'],
      ],
    ],
    ['sep=|\r\na|b,c\r\n', [['a', 'b,c']]],
    [
      'a,b,\n,,\n1,,3\n',
      [
        ['a', 'b', ''],
        ['1', '', '3'],
      ],
    ],
    ['"a,b;c"\n"d,e;f"', [['a,b;c'], ['d,e;f']]],
    ['"never closed,1\n2', [['never closed,1\n2']]],
    ['"a"b,c', [['ab', 'c']]],
    ['', []],
  ])('of %j', (text, rows) => {
    expect(csvRows(text)).toEqual(rows)
  })

  it('are those that were written', () => {
    const rows = [
      ['file', 'says “x”'],
      ['a;b', 'c,d'],
      ['"q"', 'two\nlines'],
    ]
    expect(csvRows(csvTable(rows))).toEqual(rows)
  })

  it('of a long line without any separator are found at once', () => {
    const start = performance.now()
    expect(csvRows('x'.repeat(5e6))).toHaveLength(1)
    expect(csvRows('"'.repeat(1e6))).toHaveLength(1)
    expect(csvRows(',\n'.repeat(1e6))).toEqual([])
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
