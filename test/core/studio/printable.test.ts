/** @file What strangers call their files cannot command a terminal. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { plain, plainJson, plainLines } from '../../../core/studio/printable.ts'
import { createReporter } from '../../../core/host/cli/report.ts'
import { listed, table } from '../../../core/host/cli/text.ts'
import { say } from '../../../core/sentence.ts'

const hostile = 'cat\u001B]0;owned\u0007\u001B[2J\r\u009B31m\u202Egpj\u2028.png'
const harmless = 'cat\\x1b]0;owned\\x07\\x1b[2J\\x0d\\x9b31m\\u202egpj\\u2028.png'

describe('plain text', () => {
  it('shows what a terminal would obey', () => {
    expect(plain(hostile)).toBe(harmless)
    expect(plain('a\nb\tc')).toBe('a\\nb\\tc')
    expect(plainLines(`a\n${hostile}`)).toBe(`a\n${harmless}`)
    expect(plain('Löwe 사자 🦁 ライオン — “é”')).toBe('Löwe 사자 🦁 ライオン — “é”')
  })

  it('means the same as JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(plainJson({ text }))).toEqual({ text })
        expect(plainJson({ text })).not.toMatch(/[\p{Cc}\u202E]/u)
      }),
    )
    expect(plainJson({ text: hostile })).not.toMatch(/\p{Cc}/u)
  })
})

describe('the reporter', () => {
  it.each([true, false])('lets no name command the terminal (JSON: %s)', (json) => {
    let written = ''
    const report = createReporter({ write: (text) => (written += text), isTTY: true, columns: 200 }, json)
    report.line(hostile)
    report.line(table([[`${hostile}\nx`, 1]]))
    report.line(listed([`${hostile}\nx`]))
    report.record({ name: hostile })
    report.progress(1, 2, hostile)
    report.clear()
    const own = '\r\u001B[K'
    expect(written.replaceAll(own, '').replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(written.replaceAll(own, '').trimEnd().split('\n')).toHaveLength(json ? 1 : 4)
  })
})

it('sentences are English text in JSON, wherever they stand', () => {
  const why = say`The disk is full. ${say`Choose another folder.`}`
  expect(JSON.parse(plainJson({ list: [{ why }] }))).toEqual({
    list: [{ why: 'The disk is full. Choose another folder.' }],
  })
})
