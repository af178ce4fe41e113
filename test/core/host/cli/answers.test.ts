/** @file `answers` from arguments to output, on a run of a tiny model whose classes are uneven. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { linesOf, studio, studioJson, useWorkplace } from './studio.ts'

const place = useWorkplace()
let run = ''

const answers = async (...more: string[]) => studioJson('answers', run, ...more)

describe('answers', () => {
  beforeAll(async () => {
    run = join(place.folder, 'uneven')
    for (const index of [3, 4, 5, 6, 7]) rmSync(join(place.data, 'red', `${index}.png`))
    const begun = ['finetune', '--model', place.model, '--data', place.data, '--out', run, '--engine', 'cpu']
    const { code, stderr } = await studio(...begun, '--steps', '3', '--batch', '4', '--val-split', '0.3')
    expect(stderr).not.toMatch(/rror/)
    expect(code).toBe(0)
  })

  it('says how a run answers, and which thresholds there are, without changing it', async () => {
    const { code, stdout } = await studio('answers', run)
    expect(code).toBe(0)
    expect(stdout).toMatch(/Answers +the trained weights/)
    expect(stdout).toMatch(/Unsure +not chosen/)
    expect(stdout).toMatch(/Accuracy +\d+\.\d % of \d+ held-out images; balanced \d+\.\d %/)
    expect(stdout).toMatch(/90\.0 % right/)
    const { last } = await answers()
    expect(last).toMatchObject({
      type: 'done',
      run,
      answers: { model: 'trained', fairness: 0, unsureBelow: null },
    })
    expect(last['probe']).toMatchObject({ accuracy: expect.any(Number), fiveFold: expect.anything() })
  })

  it('remembers what was chosen, one choice at a time, and honours it in predictions', async () => {
    const photo = join(place.data, 'blue', '0.png')
    const probabilityOf = async (label: string): Promise<number> => {
      const { lines } = await studioJson('predict', '--model', run, photo, '--top', '3', '--engine', 'cpu')
      const top = lines.find((line) => 'top' in line)!['top'] as { label: string; probability: number }[]
      return top.find((one) => one.label === label)!.probability
    }
    const before = await probabilityOf('red')
    const fair = await answers('--fair', '1')
    expect(fair.last).toMatchObject({ answers: { model: 'trained', fairness: 1, unsureBelow: null } })
    expect(await probabilityOf('red')).toBeGreaterThan(before)
    const unsure = await answers('--unsure', '0.8')
    expect(unsure.last).toMatchObject({ answers: { model: 'trained', fairness: 1, unsureBelow: 0.8 } })
    const { stdout } = await studio('answers', run)
    expect(stdout).toMatch(/Unsure +below 80\.0 %/)
    // What counts as unsure is marked, by the threshold that is stored with the run.
    const marked = async (): Promise<unknown[]> => {
      const { lines } = await studioJson('predict', '--model', run, photo, '--engine', 'cpu')
      return lines.flatMap((line) => (line['type'] === 'prediction' ? [line['unsure']] : []))
    }
    await answers('--unsure', '1')
    expect(await marked()).toEqual([true])
    expect((await studio('predict', '--model', run, photo, '--engine', 'cpu')).stdout).toContain('unsure: ')
    await answers('--unsure', '0')
    expect(await marked()).toEqual([false])
    await answers('--unsure', '0.8')
    const back = await answers('--fair', '0')
    expect(back.last).toMatchObject({ answers: { fairness: 0, unsureBelow: 0.8 } })
    expect(await probabilityOf('red')).toBeCloseTo(before, 6)
  })

  it('takes the linear probe instead, whose accuracy it then gives, and the trained weights again', async () => {
    const trained = await answers()
    const probe = await answers('--use', 'probe')
    expect(probe.last).toMatchObject({ answers: { model: 'probe' } })
    const figures = trained.last['probe'] as { accuracy: number }
    expect(probe.last['accuracy']).toBeCloseTo(figures.accuracy, 12)
    const back = await answers('--use', 'trained')
    expect(back.last).toEqual(trained.last)
  })

  it.each([
    ['--fair', '1.5'],
    ['--unsure', '80'],
    ['--use', 'both'],
  ])('with %s %s changes nothing and says why', async (...wrong) => {
    const before = await answers()
    const { code, stderr } = await studio('answers', run, ...wrong)
    expect(code).not.toBe(0)
    expect(stderr).toContain(wrong[0])
    expect((await answers()).last).toEqual(before.last)
  })

  it('refuses a folder that is no run, and a run that held out nothing', async () => {
    const { code, stderr } = await studio('answers', place.data)
    expect(code).not.toBe(0)
    expect(stderr).toContain(place.data)
    const all = join(place.folder, 'all')
    const begun = ['finetune', '--model', place.model, '--data', place.data, '--out', all, '--engine', 'cpu']
    await studio(...begun, '--steps', '2', '--batch', '4', '--val-split', '0')
    const none = await studio('answers', all, '--unsure', '0.5', '--json')
    expect(none.code).not.toBe(0)
    expect(none.stderr + none.stdout).toContain('held-out images')
    expect(linesOf(none.stdout).map(({ type }) => type)).not.toContain('done')
  })
})
