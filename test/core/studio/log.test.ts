/** @file The log accepts everything, stays small, and writing to it never throws. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { log, logBug, logPath } from '../../../core/studio/log.ts'
import { temporaryFolder } from '../../support/temporary.ts'

describe('the log', () => {
  let home = ''

  beforeEach(() => {
    home = temporaryFolder()
    vi.stubEnv('VIT_STUDIO_HOME', home)
  })

  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  it('holds the stack of a bug, for its owner alone', () => {
    logBug('runs.list', AppError.from(new TypeError('x is not a function')))
    expect(readFileSync(logPath(), 'utf8')).toMatch(
      /^\S+Z runs\.list: TypeError: x is not a function\n {4}at /,
    )
    if (process.platform !== 'win32') expect(statSync(logPath()).mode & 0o777).toBe(0o600)
  })

  it('starts a new file when it has grown, and keeps the one before', () => {
    writeFileSync(logPath(), 'x'.repeat(5_000_001))
    log('one more')
    expect(readFileSync(logPath(), 'utf8')).toMatch(/ one more\n$/)
    expect(statSync(`${logPath()}.1`).size).toBe(5_000_001)
  })

  it('cuts an entry that is longer than any stack', () => {
    log('x'.repeat(1e6))
    expect(statSync(logPath()).size).toBeLessThan(21_000)
  })

  it('speaks to standard error where it cannot be written', () => {
    mkdirSync(logPath(), { recursive: true })
    const heard = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    log('first')
    log('second')
    const said = heard.mock.calls.map(([text]) => String(text))
    expect(said[0]).toMatch(/^The log cannot be written \(.*EISDIR.*\)\.\n\S+ first\n$/)
    expect(said[1]).toMatch(/^\S+ second\n$/)
  })
})
