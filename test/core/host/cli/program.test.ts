import { describe, expect, it } from 'vitest'

import { linesOf, studio, studioJson, studioUntil, useWorkplace } from './studio.ts'

describe('the command line', () => {
  it('gives help on stdout with exit code 0 when asked, and on stderr with 2 when nothing was asked', async () => {
    const asked = await studio('finetune', '--help')
    expect(asked.code).toBe(0)
    expect(asked.stdout).toContain('--val-split <share>')
    expect(asked.stderr).toBe('')
    const empty = await studio()
    expect(empty.code).toBe(2)
    expect(empty.stdout).toBe('')
    expect(empty.stderr).toContain('Commands:')
  })

  it('explains a wrong command or option in a sentence, with exit code 2', async () => {
    const command = await studio('fintune')
    expect(command.code).toBe(2)
    expect(command.stderr).toContain('(Did you mean finetune?)')
    const option = await studio('finetune', '--out', 'x', '--presett', 'quick')
    expect(option.code).toBe(2)
    expect(option.stderr).toContain("Unknown option '--presett'")
    const missing = await studio('evaluate', '--data', 'x')
    expect(missing.code).toBe(2)
    expect(missing.stderr).toContain('--model <path>')
    expect((await studio('finetune', '--out', 'x', '--preset', 'fast')).stderr).toContain(
      'quick, standard, thorough',
    )
  })

  it.each([
    ['finetune', '--steps', '0', 'a whole number from 1 to 1000000'],
    ['finetune', '--steps', '2.5', 'a whole number from 1 to 1000000'],
    ['finetune', '--batch', 'many', 'a whole number from 1 to 1000000'],
    ['finetune', '--lr', '0', 'a number above 0'],
    ['finetune', '--lr', '0x10', 'a number above 0'],
    ['finetune', '--lr', 'NaN', 'a number above 0'],
    ['finetune', '--momentum', '1', 'at least 0 and below 1'],
    ['finetune', '--val-split', '1', 'at least 0 and below 1'],
    ['finetune', '--clip', '-1', 'a number above 0'],
    ['finetune', '--seed', '4294967296', 'from 0 to 4294967295'],
    ['finetune', '--mean', '0.5,0.5', 'three numbers'],
    ['finetune', '--std', '0,1,1', 'above 0'],
    ['predict', '--top', '0', 'from 1 to'],
    ['bench', '--batch', '', 'a whole number'],
  ])('%s %s %s names the option, the value and the range', async (command, option, value, range) => {
    const { code, stderr, last } = await studioJson(command, `${option}=${value}`)
    expect(code).toBe(2)
    expect(stderr).toContain(option)
    expect(stderr).toContain(`“${value}”`)
    expect(stderr).toContain(range)
    expect(last).toEqual({ type: 'error', code: 'invalid_input', message: stderr.trimEnd() })
  })

  it('reports a bug with its stack and how to report it, with exit code 1', async () => {
    const broken = {
      write: () => {
        throw new TypeError('broken on purpose')
      },
    }
    const { runCli } = await import('../../../../core/host/cli/program.ts')
    const said: string[] = []
    const stderr = { write: (text: string) => said.push(text) }
    const { signal } = new AbortController()
    const code = await runCli(['start'], { stdout: broken, stderr, signal })
    expect(code).toBe(1)
    expect(said.join('')).toContain('TypeError: broken on purpose\n    at ')
    expect(said.join('')).toContain('Please report it')
  })
})

describe('a request to stop', () => {
  const { model, data, folder } = useWorkplace()

  it.each([
    ['finetune', ['--model', model, '--data', data, '--out', `${folder}/run`, '--engine', 'cpu']],
    ['evaluate', ['--model', model, '--data', data, '--engine', 'cpu']],
    ['predict', ['--model', model, data, '--engine', 'cpu']],
    ['check-data', [data]],
    ['bench', ['--model', model, '--batch', '1']],
  ])('ends %s with exit code 130', async (command, options) => {
    const { code, stdout, stderr } = await studioUntil(AbortSignal.abort(), [command, ...options, '--json'])
    expect(code).toBe(130)
    expect(stderr).toMatch(/^Stopped/)
    expect(linesOf(stdout).at(-1)).toMatchObject({ type: 'error', code: 'cancelled' })
  })
})
