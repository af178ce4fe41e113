/** @file `npm test`: its last line must tell the truth, whatever goes wrong in a test. */
import { describe, expect, it } from 'vitest'

import { copyProject, type Outcome } from '../support/project-copy.ts'

const passing = "it('passes', () => {})\n"

describe('npm test', () => {
  it('counts passed, failed and skipped tests', async () => {
    const { code, stdout } = await testWith({
      'test/a.test.ts': `${passing}it.skip('skips', () => {})\nit.todo('comes later')\n`,
      'test/b.test.ts': `${passing}it('fails', () => { throw new Error('no') })\n`,
    })
    expect(lastLine(stdout)).toBe('2 passed, 1 failed, 2 skipped')
    expect(code).toBe(1)
  })

  it('leaves skipped tests out of the line where there are none', async () => {
    const { code, stdout } = await testWith({ 'test/a.test.ts': passing })
    expect(lastLine(stdout)).toBe('1 passed, 0 failed')
    expect(code).toBe(0)
  })

  it('counts a file that cannot be loaded, and a failing hook, as failures', async () => {
    const { code, stdout } = await testWith({
      'test/a.test.ts': `${passing}import './absent.ts'\n`,
      'test/b.test.ts': `${passing}afterAll(() => { throw new Error('no') })\n`,
    })
    expect(lastLine(stdout)).toMatch(/^\d passed, 2 failed$/)
    expect(code).toBe(1)
  })

  it('counts an error after the last test as a failure', async () => {
    const { code, stdout } = await testWith({
      'test/a.test.ts': "it('passes', () => { void Promise.reject(new Error('late')) })\n",
    })
    expect(lastLine(stdout)).toBe('1 passed, 1 failed')
    expect(code).toBe(1)
  })

  it('fails where no test matches the pattern', async () => {
    const { code, stdout } = await testWith({ 'other/a.test.ts': passing })
    expect(lastLine(stdout)).toBe('0 passed, 1 failed')
    expect(code).toBe(1)
  })
})

/** Runs the tests given as files, without the checks, as with a pattern. */
function testWith(files: Readonly<Record<string, string>>): Promise<Outcome> {
  const project = copyProject()
  project.linkPackages()
  project.write('vitest.config.mjs', 'export default { test: { globals: true } }\n')
  for (const [file, content] of Object.entries(files)) project.write(file, content)
  return project.run(['test', 'test/'], { env: { NO_COLOR: '1', CI: 'true' } })
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1)
}
