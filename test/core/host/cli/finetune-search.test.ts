/** @file `finetune --search`: what it prints, stops and continues. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { temporaryFolder } from '../../../support/temporary.ts'
import { studio, studioJson, useWorkplace, type Line } from './studio.ts'

const place = useWorkplace()

function finetune(out: string, ...more: readonly string[]): string[] {
  const { model, data } = place
  const sizes = ['--steps', '216', '--batch', '4', '--warmup', '4', '--head', 'zero', '--search']
  return ['finetune', '--model', model, '--data', data, '--out', out, '--engine', 'cpu', ...sizes, ...more]
}

function ofType(lines: readonly Line[], type: string): Line[] {
  return lines.filter((line) => line['type'] === type)
}

describe('finetune --search', () => {
  it('says what is tried, how each trial was judged, and what was found', async () => {
    const out = join(temporaryFolder(), 'run')
    const { code, stdout } = await studio(...finetune(out, '--augment', 'flip'))
    expect(code).toBe(0)
    expect(stdout).toMatch(/Training {2}216 steps of 4 images after 4 steps of warm-up, seed 0\n/)
    expect(stdout).toMatch(
      /Search {4}3 trials first \(3 of \d+ steps\): peak learning rate [\d., ]+ with the/,
    )
    expect(stdout).toContain(
      'Searching: each trial learns from 15 of the training images and is judged by the other 3.',
    )
    expect(stdout).toMatch(
      /trial {2}3\/3 {2}peak learning rate [\d.]+, augmentation flip: accuracy [\d.]+ %, loss [\d.]+ after \d+ steps\n/,
    )
    expect(stdout).toMatch(/ {2}flip\n {2}0\.0\d+ /)
    expect(stdout).toMatch(/Found: peak learning rate [\d.]+, augmentation flip\. The search took \d+ s\.\n/)
    expect(stdout).toContain('step 216/216')
    const again = await studio('finetune', '--out', out, '--resume', '--no-search')
    expect(again.stdout).toContain('Note: --search off does not apply to this run, which has on.')
  })

  it('reports the grid and the steps of trials as events of their own', async () => {
    const out = join(temporaryFolder(), 'run')
    const { lines, last } = await studioJson(...finetune(out, '--lr', '0.02'))
    expect(lines[0]).toMatchObject({ type: 'start', search: { learningRates: [0.02], chosen: null } })
    const searches = ofType(lines, 'search')
    expect(searches.map(({ judged }) => judged)).toEqual([null, 0, 1, 2, null])
    const { chosen } = searches.at(-1)!['search'] as { chosen: object }
    expect(chosen).toMatchObject({
      learningRate: 0.02,
      augment: expect.stringMatching(/gentle|mild|standard/),
    })
    expect(ofType(lines, 'trial')[0]).toMatchObject({
      trial: 0,
      trialStep: 1,
      secondsLeft: expect.any(Number),
    })
    expect(ofType(lines, 'step')).toHaveLength(216)
    expect(last).toMatchObject({ type: 'done', steps: 216 })
    expect(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))).toMatchObject({ search: { chosen } })
  })

  it('explains itself, and refuses where nothing is left to find', async () => {
    const { stdout } = await studio('finetune', '--help')
    expect(stdout).toContain('--search')
    expect(stdout).toContain('--no-search')
    const out = join(temporaryFolder(), 'run')
    const refused = await studio(...finetune(out, '--lr', '0.02', '--augment', 'flip'))
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing to find') })
  })
})
