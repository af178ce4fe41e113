/** @file A search that is stopped, killed, damaged or paused ends as if nothing had happened. */
import { existsSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { optimiserSettings } from '../../../../core/optim/optimisers.ts'
import type { TrainEvent } from '../../../../core/train/events.ts'
import { createPauseSwitch } from '../../../../core/train/pause-switch.ts'
import { readRecord } from '../../../../core/train/run/run-folder.ts'
import { searchAndTrain } from '../../../../core/train/search/search.ts'
import { resumeRun, type FineTuneRequest, type FineTuneRun } from '../../../../core/train/start.ts'
import { cpu } from '../../../support/tiny-run.ts'
import { beginSearch, searchIn, searchRequest, searchUntil, tracesOf } from '../../../support/tiny-search.ts'

describe('a search that was interrupted', () => {
  const at =
    (trial: number, trialStep: number) =>
    (event: TrainEvent): boolean =>
      event.type === 'trial' && event.trial === trial && event.trialStep === trialStep

  const stopsIn = async (
    directory: string,
    from: FineTuneRun,
    stops: readonly ((event: TrainEvent) => boolean)[],
  ): Promise<FineTuneRun> => {
    let run = from
    for (const stopAt of stops) {
      await expect(searchUntil(run, stopAt)).rejects.toMatchObject({ code: 'cancelled' })
      expect((await readRecord(directory)).status).toBe('stopped')
      run = await resumeRun(directory)
    }
    return run
  }
  const atLastStep = (event: TrainEvent): boolean =>
    event.type === 'trial' && event.trialStep === event.trialSteps
  const afterTrial =
    (trial: number) =>
    (event: TrainEvent): boolean =>
      event.type === 'search' && event.judged === trial
  const inTraining = (event: TrainEvent): boolean => event.type === 'step' && event.step === 5

  it('in each of its phases ends with the very same bytes', async () => {
    const request = await searchRequest()
    const whole = await beginSearch({ ...request, out: `${request.out}-whole` })
    await searchUntil(whole)
    const run = await beginSearch(request)
    const inFirst = await stopsIn(run.directory, run, [at(1, 2)])
    const states = inFirst.record.search!.trials.map(({ state }) => state)
    expect(states.slice(0, 3)).toEqual(['done', 'running', 'waiting'])
    // At its last step, before it is judged; after it; in the second round; in the training.
    const later = await stopsIn(run.directory, inFirst, [atLastStep, afterTrial(3), at(10, 3), inTraining])
    // As a kill would: the loop is abandoned.
    for await (const event of searchAndTrain(later, { engine: cpu })) if (event.type === 'step') break
    await searchUntil(await resumeRun(run.directory))
    expect(await searchIn(run.directory)).toEqual(await searchIn(whole.directory))
    expect(tracesOf(run.directory)).toEqual(tracesOf(whole.directory))
  })

  it.each<[string, Partial<FineTuneRequest>]>([
    [
      'with the probe and AdamW at a lower resolution',
      {
        head: 'probe',
        resolution: 24,
        progressive: { resolution: 12, share: 0.8 },
        optimiser: optimiserSettings('adamw', {}),
      },
    ],
    [
      'behind a frozen front with balanced classes',
      { train: { part: 'lastBlocks', count: 1 }, cacheViews: 2, balance: 'full' },
    ],
  ])('ends with the very same bytes %s', async (_, changes) => {
    const request = await searchRequest({ augment: 'gentle', ...changes })
    const whole = await beginSearch({ ...request, out: `${request.out}-whole` })
    await searchUntil(whole)
    const run = await beginSearch(request)
    const probing = request.head === 'probe' ? [({ type }: TrainEvent) => type === 'probing'] : []
    const later = await stopsIn(run.directory, run, [...probing, at(1, 4), inTraining])
    await searchUntil(later)
    expect(await searchIn(run.directory)).toEqual(await searchIn(whole.directory))
    expect(tracesOf(run.directory)).toEqual(tracesOf(whole.directory))
  })

  it('repeats a trial whose files are damaged, and says so', async () => {
    const request = await searchRequest({ augment: 'none' })
    const whole = await beginSearch({ ...request, out: `${request.out}-whole` })
    await searchUntil(whole)
    const run = await beginSearch(request)
    await expect(searchUntil(run, at(1, 3))).rejects.toMatchObject({ code: 'cancelled' })
    truncateSync(join(run.directory, 'search', '02', 'last.safetensors'), 1000)
    const resumed = await resumeRun(run.directory)
    expect(resumed.notes).toEqual([{ type: 'trialRepeated', trial: 2 }])
    await expect(searchUntil(resumed, at(1, 4))).rejects.toMatchObject({ code: 'cancelled' })
    truncateSync(join(run.directory, 'search', '02', 'run.json'), 100)
    const again = await resumeRun(run.directory)
    expect(again.notes).toEqual([{ type: 'trialRepeated', trial: 2 }])
    await searchUntil(again)
    expect(existsSync(join(run.directory, 'search'))).toBe(false)
    expect(tracesOf(run.directory)).toEqual(tracesOf(whole.directory))
  })

  it('can be paused in a trial, and is nobody else’s meanwhile', async () => {
    const run = await beginSearch(await searchRequest({ augment: 'none' }))
    const pauseSwitch = createPauseSwitch()
    const seen: string[] = []
    for await (const event of searchAndTrain(run, { engine: cpu, pauseSwitch })) {
      if (at(0, 2)(event)) pauseSwitch.set(true)
      if (event.type === 'paused') {
        await expect(resumeRun(run.directory)).rejects.toMatchObject({ code: 'busy' })
        setTimeout(() => pauseSwitch.set(false), 30)
      }
      if (event.type === 'paused' || event.type === 'continued') seen.push(`${event.type} ${event.step}`)
    }
    expect(seen).toEqual(['paused 0', 'continued 0'])
  })
})
