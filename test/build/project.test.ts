/** @file Failures to write that a person can fix become sentences; all others stay what they are. */
import { describe, expect, it } from 'vitest'

import { root, SetupError, writing } from '../../build/project.mjs'

describe('writing', () => {
  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC'])('explains %s', (code) => {
    const attempt = (): never => writing(() => fail(code))
    expect(attempt).toThrow(SetupError)
    expect(attempt).toThrow(
      `Nothing can be written to ${root} (${code}). Free some space or move the project`,
    )
  })

  it('lets other errors and results through', () => {
    expect(() => writing(() => fail('EISDIR'))).toThrow(/^EISDIR$/)
    expect(writing(() => 3)).toBe(3)
  })
})

function fail(code: string): never {
  throw Object.assign(new Error(code), { code })
}
