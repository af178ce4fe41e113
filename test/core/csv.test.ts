import { describe, expect, it } from 'vitest'

import { csvTable } from '../../core/csv.ts'

describe('a table for spreadsheets', () => {
  it('quotes what needs it, ends lines as RFC 4180 says, and says that it is UTF-8', () => {
    const text = csvTable([
      ['file', 'answer'],
      ['größe, "1".jpg', 'two\nlines'],
    ])
    expect(text).toBe('\u{FEFF}file,answer\r\n"größe, ""1"".jpg","two\nlines"\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1+1'])(
    'keeps %j from being run as a formula',
    (value) => {
      expect(csvTable([[value]])).toBe(`\u{FEFF}'${value}\r\n`)
    },
  )

  it('leaves ordinary names and numbers alone', () => {
    expect(csvTable([['a=b.jpg', '0.95']])).toBe('\u{FEFF}a=b.jpg,0.95\r\n')
  })
})
