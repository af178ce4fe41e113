/** @file A search for the best setting: what it tries and decides, and what it leaves behind. */
import { readdir } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { augmentations } from '../../../../core/data/augmentation.ts'
import { readRecord } from '../../../../core/train/run/run-folder.ts'
import { trialsOf } from '../../../../core/train/search/search-record.ts'
import { ofType } from '../../../support/tiny-run.ts'
import { beginSearch, searchIn, searchRequest, searchUntil, tracesOf } from '../../../support/tiny-search.ts'

describe('a search', () => {
  it('tries the grid, then the best of it for longer, and trains with what it found as if that had been given', async () => {
    const request = await searchRequest()
    const run = await beginSearch(request)
    const events = await searchUntil(run)
    const record = await readRecord(run.directory)
    const search = record.search!
    expect(search.learningRates.map((rate) => rate / search.usual.learningRate)).toBeAllclose([1 / 3, 1, 3])
    expect(search.augments).toEqual(['gentle', 'mild', 'standard'])
    expect([search.training, search.development, search.sparseClasses]).toEqual([6, 3, 3])
    expect(search.trials.map(({ round, state }) => `${round} ${state}`)).toEqual([
      ...Array.from({ length: 9 }, () => '1 done'),
      ...Array.from({ length: 3 }, () => '2 done'),
    ])
    const [first, second] = search.rounds
    expect(second!.steps).toBeGreaterThan(first!.steps)
    for (const { losses, steps } of search.trials) expect(losses).toHaveLength(Math.min(24, steps))
    const { chosen } = search
    const last = search.trials.filter(({ round }) => round === 2)
    expect(last.map(({ learningRate }) => learningRate)).toEqual(search.learningRates)
    expect(last).toContainEqual(expect.objectContaining(chosen))
    expect(record.settings.learningRate).toBe(chosen!.learningRate)
    expect(record.augmentation).toEqual(augmentations[chosen!.augment])
    expect(await readdir(run.directory)).not.toContain('search')
    // The steps of trials are told as such.
    const trialSteps = search.rounds.reduce((sum, { trials, steps }) => sum + trials * steps, 0)
    expect(ofType(events, 'trial')).toHaveLength(trialSteps)
    expect(ofType(events, 'step').map(({ step }) => step)).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 1),
    )
    expect(ofType(events, 'search')).toHaveLength(trialsOf(search) + 2)
    expect(ofType(events, 'start')).toHaveLength(1)
    expect(events[0]!.type).toBe('start')
    for (const { secondsLeft } of ofType(events, 'trial')) expect(secondsLeft).toBeGreaterThan(0)

    const plain = await beginSearch({ ...request, ...chosen, search: false, out: `${request.out}-plain` })
    expect(plain.record.identity).toEqual(record.identity)
    await searchUntil(plain)
    expect(tracesOf(run.directory)).toEqual(tracesOf(plain.directory))
  })

  it('finds the same for the same seed, and looks at no held-out image', async () => {
    const request = await searchRequest()
    const one = await beginSearch(request)
    const other = await beginSearch({
      ...request,
      out: `${request.out}-other`,
      validation: request.data,
      validationSplit: 0,
    })
    // With other held-out images, on the same training images.
    const same = { ...other, data: { ...other.data, training: one.data.training } }
    await expect(searchUntil(one, ({ type }) => type === 'step')).rejects.toMatchObject({ code: 'cancelled' })
    await expect(searchUntil(same, ({ type }) => type === 'step')).rejects.toMatchObject({
      code: 'cancelled',
    })
    const [found, again] = [await searchIn(one.directory), await searchIn(other.directory)]
    expect({ ...again, rounds: found.rounds }).toEqual(found)
  })

  it('has only the other axis where one is given', async () => {
    const rates = await beginSearch(await searchRequest({ augment: 'none' }))
    expect(rates.record.search).toMatchObject({ augments: ['none'], rounds: [{ trials: 3 }] })
    const crops = await beginSearch(await searchRequest({ learningRate: 0.02 }))
    expect(crops.record.search).toMatchObject({ learningRates: [0.02], rounds: [{ trials: 3 }] })
    await expect(
      searchRequest({ learningRate: 0.02, augment: 'none' }).then(beginSearch),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('nothing to find'),
    })
  })

  it('is left out where a preset would search and the run is too short, and refused where it was asked for', async () => {
    const short = await searchRequest({ preset: 'thorough', steps: 200, search: undefined })
    expect((await beginSearch(short)).record.search).toBeNull()
    await expect(beginSearch({ ...short, out: `${short.out}-2`, search: true })).rejects.toMatchObject({
      message: expect.stringContaining('200 steps is too short'),
    })
  })

  it('passes over settings that diverge', async () => {
    const run = await beginSearch(await searchRequest({ augment: 'none', warmup: 0 }))
    const search = { ...run.record.search!, learningRates: [0.01, 1e30, 1e31] }
    await searchUntil({ ...run, record: { ...run.record, search } })
    const found = await searchIn(run.directory)
    expect(found.trials.map(({ state }) => state)).toEqual(['done', 'failed', 'failed'])
    expect(found.chosen).toEqual({ learningRate: 0.01, augment: 'none' })
  })

  it('needs no held-out images of the run', async () => {
    const request = await searchRequest({ augment: 'none', validationSplit: 0, head: 'probe' })
    const events = await searchUntil(await beginSearch(request))
    expect(ofType(events, 'search').at(-1)?.search.chosen).not.toBeNull()
    expect(ofType(events, 'done')[0]?.result).toMatchObject({ bestAccuracy: null, steps: 30 })
  })

  it('uses the usual setting where every class has one image', async () => {
    const run = await beginSearch(await searchRequest())
    const training = run.data.training.filter(
      ({ label }, index, all) => all.findIndex((one) => one.label === label) === index,
    )
    const events = await searchUntil({ ...run, data: { ...run.data, training } })
    expect(ofType(events, 'trial')).toEqual([])
    const { chosen, usual, development } = await searchIn(run.directory)
    expect([development, chosen]).toEqual([0, usual])
  })
})
