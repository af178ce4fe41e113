/** @file A training that is paused: for every window, and without a trace in its numbers; and images as it sees them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import sharp from 'sharp'
import { expect, it } from 'vitest'

import type { Api } from '../../../../core/api/contract.ts'
import type { TrainEvent } from '../../../../core/api/contract/metrics.ts'
import type { FineTuneRequest } from '../../../../core/api/contract/runs.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { useWorkplace } from '../cli/studio.ts'
import { openStudio, openWindow } from './served.ts'

const { model, data } = useWorkplace()

const request: FineTuneRequest = {
  model,
  data,
  steps: 150,
  warmup: 2,
  batch: 6,
  validationSplit: 0.25,
  learningRate: 0.05,
  device: 'cpu',
}

async function start(api: Api): Promise<string> {
  for await (const item of api.runs.start(request)) if (item.type === 'done') return item.run
  throw new Error('the run was not made')
}

/** Waits for an event; the others are skipped. */
async function eventOf(api: Api, run: string, type: TrainEvent['type']): Promise<TrainEvent> {
  for await (const event of api.runs.follow({ run })) if (event.type === type) return event
  throw new Error(`${type} was not told`)
}

it('is paused for every window, and continues to the same numbers', async () => {
  const home = temporaryFolder()
  const studio = await openStudio(home)
  const [first, second] = [await openWindow(studio), await openWindow(studio)]
  const metricsOf = async (run: string): Promise<string> =>
    readFile(join(home, 'runs', run, 'metrics.jsonl'), 'utf8')

  const whole = await start(first)
  await eventOf(first, whole, 'done')

  const held = await start(first)
  await first.runs.pause({ run: held, paused: true })
  const paused = await eventOf(second, held, 'paused')
  const before = await metricsOf(held)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(await metricsOf(held)).toBe(before)
  expect((await second.runs.list())[0]).toMatchObject({ id: held, status: 'training' })
  expect(paused.type === 'paused' && paused.step).toBeLessThan(150)

  await second.runs.pause({ run: held, paused: false })
  await eventOf(first, held, 'done')
  expect(await metricsOf(held)).toBe(await metricsOf(whole))
})

it('can be stopped while it is paused', async () => {
  const api = await openWindow(await openStudio(temporaryFolder()))
  const run = await start(api)
  await api.runs.pause({ run, paused: true })
  await eventOf(api, run, 'paused')
  await api.runs.stop({ run })
  expect((await api.runs.list())[0]).toMatchObject({ id: run, status: 'stopped' })
})

it('shows an image as training varies it, of folders that were opened', async () => {
  const api = await openWindow(await openStudio(temporaryFolder()))
  const mean: [number, number, number] = [0.5, 0.5, 0.5]
  const wish = {
    folder: data,
    path: 'red/0.png',
    resolution: 24,
    augment: 'standard',
    framing: 'squash',
    mean,
    seed: 1,
    count: 4,
  } as const
  await expect(api.runs.augmented(wish)).rejects.toMatchObject({ code: 'not_found' })
  for await (const _ of api.data.check({ folder: data }));
  const drawn = await api.runs.augmented(wish)
  expect(drawn).toHaveLength(4)
  for (const image of drawn)
    expect(await sharp(image).metadata()).toMatchObject({ format: 'png', width: 24, height: 24 })
  expect(await api.runs.augmented(wish)).toEqual(drawn)
  expect(await api.runs.augmented({ ...wish, seed: 2 })).not.toEqual(drawn)
  const [plain, again] = await api.runs.augmented({ ...wish, augment: 'none', count: 2 })
  expect(again).toEqual(plain)
  const [cropped] = await api.runs.augmented({ ...wish, augment: 'none', framing: 'crop', count: 1 })
  expect(await sharp(cropped).metadata()).toMatchObject({ width: 24, height: 24 })
  await expect(api.runs.augmented({ ...wish, path: '../model/config.json' })).rejects.toMatchObject({
    code: 'invalid_input',
  })
})
