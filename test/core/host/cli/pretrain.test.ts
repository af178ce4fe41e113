/** @file `pretrain` on a network that takes a moment. */
import { readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { openCheckpoint } from '../../../../core/files/checkpoint.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { studio, studioJson } from './studio.ts'

const sizes = ['--classes', '3', '--resolution', '16', '--width', '16', '--depth', '1', '--heads', '2']
const rates = ['--patch', '8', '--batch', '2', '--warmup', '0', '--engine', 'cpu']

function pretrain(out: string, ...more: readonly string[]): string[] {
  return ['pretrain', '--out', out, ...sizes, ...rates, ...more]
}

describe('pretrain', () => {
  it('reports its start and every step, and ends with a network without a head', async () => {
    const out = join(temporaryFolder(), 'run')
    const { code, lines, last, stderr } = await studioJson(...pretrain(out, '--steps', '3'))
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({
      type: 'start',
      classes: 3,
      resolution: 16,
      width: 16,
      step: 0,
      steps: 3,
    })
    const steps = lines.filter(({ type }) => type === 'step')
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3])
    const network = join(out, 'network')
    expect(last).toEqual({ type: 'done', steps: 3, run: out, network })
    expect((await openCheckpoint(network)).config).toMatchObject({ width: 16, depth: 1, classes: 0 })
    const described = await studio('describe', out)
    expect(described.stdout).toMatch(/^From +plain ViT, pretrained on formulas$/m)
    expect(described.stdout).not.toContain('Recognised')
  })

  it('is continued, longer, to the numbers of one that was not stopped, and names what does not apply', async () => {
    const folder = temporaryFolder()
    const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')]
    await studio(...pretrain(whole, '--steps', '4', '--lr', '0.001'))
    await studio(...pretrain(parts, '--steps', '2', '--lr', '0.001'))
    const options = ['--resume', '--steps', '4', '--width', '16', '--lr', '0.5', '--label-smoothing', '0.1']
    const again = await studioJson('pretrain', '--out', parts, ...options, '--from', whole)
    expect(again.code).toBe(0)
    const notes = again.lines.filter(({ type }) => type === 'note').map(({ message }) => message)
    expect(notes).toEqual([
      '--lr 0.5 does not apply to this run, which has 0.001.',
      `--from ${whole} does not apply to this run.`,
      '--label-smoothing 0.1 does not apply to this run, which has 0.',
    ])
    const steps = again.lines.filter(({ type }) => type === 'step')
    expect(steps.map(({ step }) => step)).toEqual([3, 4])
    // What is known of a schedule only when it is longer: the rate of the first step is that of both.
    const firstOf = (run: string): unknown =>
      JSON.parse(readFileSync(join(run, 'metrics.jsonl'), 'utf8').split('\n')[0] ?? '')
    expect(firstOf(parts)).toEqual(firstOf(whole))
    const finished = await studio('pretrain', '--out', parts, '--resume')
    expect(finished).toMatchObject({ code: 2, stderr: expect.stringContaining('4 of 4 steps') })
  })

  it('says in a sentence that there is nothing to continue, and that what there is is damaged', async () => {
    const out = join(temporaryFolder(), 'run')
    const nothing = await studio('pretrain', '--out', out, '--resume')
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no run in') })
    await studio(...pretrain(out, '--steps', '2'))
    const path = join(out, 'last.safetensors')
    truncateSync(path, 100)
    const { code, lines } = await studioJson('pretrain', '--out', out, '--resume', '--steps', '3')
    // Nothing else was kept of a run that had finished, so it starts over, and says so.
    expect(lines[0]).toMatchObject({ type: 'note', message: expect.stringContaining('damaged') })
    expect(code).toBe(0)
  })
})
