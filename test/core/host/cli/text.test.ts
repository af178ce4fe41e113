import { describe, expect, it } from 'vitest'

import { createReporter } from '../../../../core/host/cli/report.ts'
import { brief, duration, facts, listed, millions, percent, table } from '../../../../core/host/cli/text.ts'

describe('numbers for people', () => {
  it('shows shares, figures, times and counts', () => {
    expect([percent(0.9213), percent(1), percent(null)]).toEqual(['92.1 %', '100.0 %', '–'])
    expect([brief(1.60944), brief(0.01), brief(3.2e-7), brief(null)]).toEqual([
      '1.609',
      '0.01',
      '3.2e-7',
      '–',
    ])
    expect([duration(0.4), duration(59.6), duration(80), duration(7500)]).toEqual([
      '0 s',
      '1 min 0 s',
      '1 min 20 s',
      '2 h 5 min',
    ])
    expect([millions(740), millions(5_524_416), millions(85_806_346)]).toEqual([
      '740',
      '5.5 million',
      '86 million',
    ])
    expect(listed(Array.from({ length: 12 }, (_, index) => `c${index}`))).toMatch(/, c9 and 2 more$/)
  })

  it('aligns words to the left and numbers to the right', () => {
    expect(
      table([
        ['ä', 5, 'x'],
        ['abc', 120, 'y'],
      ]),
    ).toBe('  ä      5  x\n  abc  120  y')
  })

  it('wraps long values in their column and leaves long words whole', () => {
    const path = `/${'p'.repeat(120)}`
    const text = facts([
      ['A', 'word '.repeat(30).trim()],
      ['Longer', `${path}\nsecond`],
    ])
    const lines = text.split('\n')
    expect(lines[0]).toMatch(/^A {7}word word/)
    expect(lines.slice(0, 2).every((line) => line.length <= 100)).toBe(true)
    expect(lines[1]).toMatch(/^ {8}word/)
    expect(lines.slice(2)).toEqual([`Longer  ${path}`, '        second'])
  })
})

describe('the reporter', () => {
  function record(isTTY: boolean, columns = 40, json = false) {
    const written: string[] = []
    const out = { write: (text: string) => written.push(text), isTTY, columns }
    return { written, report: createReporter(out, json) }
  }

  it('follows work in one line of a terminal, cut to its width, and clears it before other text', () => {
    const { written, report } = record(true)
    report.progress(1, 2, 'a text that is longer than the terminal is wide')
    report.line('done')
    report.clear()
    const redraw = '\r\u001B[K'
    expect(written[0]?.startsWith(`${redraw}${'━'.repeat(10)}${'─'.repeat(10)} a text that is`)).toBe(true)
    expect(written[0]!.length).toBe(redraw.length + 39)
    expect(written.slice(1)).toEqual([redraw, 'done\n'])
  })

  it('does not redraw more often than anybody can read', () => {
    const { written, report } = record(true)
    for (let done = 0; done < 100; done++) report.progress(done, 100, 'work')
    expect(written.length).toBeLessThan(5)
  })

  it('writes no control characters where there is no terminal', () => {
    const { written, report } = record(false)
    report.progress(1, 2, 'work')
    report.line('done')
    expect(written).toEqual(['done\n'])
  })

  it('writes records only with --json, and nothing else', () => {
    const { written, report } = record(true, 40, true)
    report.progress(1, 2, 'work')
    report.line('text')
    report.record({ type: 'done', value: 1 })
    report.clear()
    expect(written).toEqual(['{"type":"done","value":1}\n'])
  })
})
