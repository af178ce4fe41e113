/** @file The studio without its window: a browser's connection, the real engine process, real training. */
import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import type { Api } from '../../../../core/api/contract.ts'
import type { TrainEvent } from '../../../../core/api/contract/metrics.ts'
import { unpackSteps } from '../../../../core/api/contract/step-table.ts'
import type { FineTuneRequest } from '../../../../core/api/contract/runs.ts'
import { AppError } from '../../../../core/errors.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { useWorkplace } from '../cli/studio.ts'
import { openStudio, openWindow } from './served.ts'

const { model, data } = useWorkplace()

const quick: FineTuneRequest = {
  model,
  data,
  name: 'Coloured squares',
  steps: 20,
  warmup: 2,
  batch: 6,
  validationSplit: 0.25,
  learningRate: 0.05,
  device: 'cpu',
}

async function lastOf<T>(items: AsyncIterable<T>): Promise<T> {
  const all = await readAll(items)
  const last = all.at(-1)
  if (last === undefined) throw new Error('the stream was empty')
  return last
}

async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

async function start(api: Api, request: FineTuneRequest): Promise<string> {
  const last = await lastOf(api.runs.start(request))
  if (last.type !== 'done') throw new Error('the run was not made')
  return last.run
}

/** Reads until `enough` says so, or until the failure. */
async function readUntil(
  items: AsyncIterable<TrainEvent>,
  enough: (event: TrainEvent) => boolean,
): Promise<TrainEvent[]> {
  const seen: TrainEvent[] = []
  for await (const event of items) {
    seen.push(event)
    if (enough(event)) break
  }
  return seen
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof AppError) return error
  throw new Error(`no AppError but ${String(error)}`)
}

const redSeven = { folder: data, path: join('red', '7.png') }

/** Predicts every image of the data, and one of them as it was predicted alone. */
async function expectFolderNamed(
  api: Api,
  folder: string,
  alone: { readonly label: string; readonly probability: number } | undefined,
): Promise<void> {
  const parts = await readAll(api.predict.folder({ model: folder, folder: data }))
  expect(parts[0]).toMatchObject({ done: 0, total: 24, images: [] })
  expect(parts.at(-1)).toMatchObject({ done: 24, total: 24 })
  const images = parts.flatMap((part) => part.images)
  expect(images).toHaveLength(24)
  const [best] = images.find(({ path }) => path === redSeven.path)?.top ?? []
  expect(best?.label).toBe(alone?.label)
  // Sixteen at once are summed in a different order from one alone.
  expect(best?.probability).toBeCloseTo(alone?.probability ?? -1, 5)
  const thumbnail = await api.data.thumbnail({ ...redSeven, size: 32 })
  expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg' })
}

async function expectAttention(api: Api, folder: string): Promise<void> {
  const { rollout, lastLayer } = await api.predict.attention({ model: folder, image: redSeven })
  for (const { rows, columns, shares } of [rollout, lastLayer]) {
    expect(shares).toHaveLength(rows * columns)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1.0001)
  }
}

/** Several formats and one alone, each in a folder of its own, with what their users need to know. */
async function expectExports(api: Api, run: string): Promise<void> {
  const several = await lastOf(api.results.export({ run, formats: ['onnx', 'hf'] }))
  const alone = await lastOf(api.results.export({ run, formats: ['timm'] }))
  if (several.type !== 'done' || alone.type !== 'done') throw new Error('not exported')
  const exported = [...several.result.exported, ...alone.result.exported]
  expect(exported.map(({ format }) => format)).toEqual(['onnx', 'hf', 'timm'])
  for (const { files, bytes } of exported) {
    expect(files.every((file) => existsSync(file))).toBe(true)
    expect(bytes).toBeGreaterThan(0)
  }
  expect(alone.result.exported[0]?.path).toBe(join(several.result.out, 'timm'))
  expect(several.result.model).toMatchObject({ labels: ['blue', 'green', 'red'], isPlain: true })
  const hidden = api.predict.attention({ model: exported[0]?.path ?? '', image: redSeven })
  expect(await failureOf(hidden)).toMatchObject({ code: 'unsupported' })
}

describe('a studio', () => {
  it('goes from a folder of images to predictions and an export', async () => {
    const home = temporaryFolder()
    const api = await openWindow(await openStudio(home))

    const checked = await lastOf(api.data.check({ folder: data }))
    expect(checked).toMatchObject({ type: 'done', data: { classes: [{ name: 'blue', images: 8 }, {}, {}] } })
    const thumbnail = await api.data.thumbnail({ folder: data, path: 'red/0.png', size: 16 })
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 16, height: 16 })

    expect(await api.models.describe({ path: model })).toMatchObject({
      patch: 8,
      labels: ['blue', 'green', 'red'],
    })
    expect((await api.models.list()).map(({ path }) => path)).toContain(model)
    expect(await api.models.estimate({ path: model, resolution: 64, batch: 6 })).toMatchObject({
      microBatch: 6,
    })

    const run = await start(api, quick)
    const events = await readAll(api.runs.follow({ run }))
    expect(events.filter(({ type }) => type === 'step')).toHaveLength(20)
    expect(events[0]).toMatchObject({ type: 'start', step: 0, steps: 20, training: 18, validation: 6 })
    expect(events.at(-1)).toMatchObject({ type: 'done' })
    const [listed] = await api.runs.list()
    expect(listed).toMatchObject({
      id: run,
      name: 'Coloured squares',
      status: 'finished',
      step: 20,
      steps: 20,
    })
    const stored = await api.runs.history({ run })
    expect(unpackSteps(stored.steps)).toHaveLength(20)
    expect(stored.examples.map(({ step }) => step)).toContain(20)

    const judged = await lastOf(api.results.evaluate({ run }))
    if (judged.type !== 'done') throw new Error('not evaluated')
    const { evaluation } = judged
    expect(evaluation.images).toHaveLength(6)
    expect(evaluation.accuracy).toBe(listed?.bestAccuracy)
    const right = evaluation.images.filter(({ label, predicted }) => label === predicted).length
    expect(right / 6).toBeCloseTo(evaluation.accuracy ?? -1, 12)

    expect(await api.results.stored({ run })).toEqual(evaluation)

    const bytes = new Uint8Array(await readFile(join(data, 'red/7.png')))
    const [dropped, named, broken] = await api.predict.images({
      model: join(home, 'runs', run),
      images: [
        { name: 'dropped.png', bytes },
        { path: join(data, 'red/7.png') },
        { name: 'x', bytes: bytes.slice(0, 9) },
      ],
      top: 3,
    })
    expect(dropped?.top).toEqual(named?.top)
    expect(dropped?.top.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6)
    expect(broken).toMatchObject({ top: [], reason: { text: expect.stringMatching(/\w+/) as string } })

    await expectFolderNamed(api, join(home, 'runs', run), named?.top[0])
    await expectAttention(api, join(home, 'runs', run))
    await expectExports(api, run)
  })

  it('keeps training through a reload, and reports everything to a second window', async () => {
    const studio = await openStudio(temporaryFolder())
    const first = await openWindow(studio)
    const run = await start(first, { ...quick, steps: 3000 })
    const before = await readUntil(
      first.runs.follow({ run }),
      (event) => event.type === 'step' && event.step === 5,
    )
    expect(await failureOf(start(first, quick))).toMatchObject({ code: 'busy' })
    first.close()

    const second = await openWindow(studio)
    expect((await second.runs.list())[0]).toMatchObject({ id: run, status: 'training' })
    const after = await readUntil(
      second.runs.follow({ run }),
      (event) => event.type === 'step' && event.step === 50,
    )
    expect(after.slice(0, before.length)).toEqual(before)

    const following = failureOf(readAll(second.runs.follow({ run })))
    await second.runs.stop({ run })
    expect(await following).toMatchObject({ code: 'cancelled' })
    const [stopped] = await second.runs.list()
    expect(stopped).toMatchObject({ id: run, status: 'stopped' })
    // What was reported was saved.
    await second.runs.resume({ run })
    const [resumed] = await readUntil(second.runs.follow({ run }), () => true)
    expect(resumed).toMatchObject({ type: 'start', step: stopped?.step })
  })

  it('survives the death of its engine in mid-training', async () => {
    const studio = await openStudio(temporaryFolder())
    const api = await openWindow(studio)
    const run = await start(api, { ...quick, steps: 3000 })
    const following = failureOf(
      (async () => {
        for await (const event of api.runs.follow({ run })) {
          if (event.type === 'checkpoint') process.kill(studio.engine.pid() ?? 0, 'SIGKILL')
        }
      })(),
    )
    const error = await following
    expect(error).toMatchObject({ code: 'internal', details: { reason: 'SIGKILL' } })
    expect(error.message).toMatch(/ended unexpectedly .* press Continue/)
    expect((await api.runs.list())[0]).toMatchObject({ id: run, status: 'interrupted' })

    await api.runs.resume({ run })
    const events = await readUntil(api.runs.follow({ run }), ({ type }) => type === 'step')
    const [begun, step] = events
    expect(begun).toMatchObject({ type: 'start', steps: 3000 })
    expect(begun?.type === 'start' && begun.step).toBeGreaterThanOrEqual(300)
    expect(step?.type === 'step' && begun?.type === 'start' && step.step - begun.step).toBe(1)
  })

  it.skipIf(process.platform === 'win32')('answers while its engine is stuck in a step', async () => {
    const studio = await openStudio(temporaryFolder())
    const api = await openWindow(studio)
    await readAll(api.data.check({ folder: data }))
    const run = await start(api, { ...quick, steps: 3000 })
    await readUntil(api.runs.follow({ run }), ({ type }) => type === 'step')
    const engine = studio.engine.pid() ?? 0
    process.kill(engine, 'SIGSTOP')
    try {
      const sizes = Array.from({ length: 40 }, (_, index) => 16 + index)
      const thumbnails = sizes.map(async (size) =>
        api.data.thumbnail({ folder: data, path: 'red/0.png', size }),
      )
      expect(await Promise.all(thumbnails)).toHaveLength(40)
      expect((await api.runs.list())[0]).toMatchObject({ id: run, status: 'training' })
      expect((await api.runs.history({ run })).steps.length).toBeGreaterThan(0)
      const again = await openWindow(studio)
      const [first] = await readUntil(again.runs.follow({ run }), () => true)
      expect(first).toMatchObject({ type: 'start' })
    } finally {
      process.kill(engine, 'SIGCONT')
    }
  })

  it('saves what it trains when it is closed, and opens it again where it was left', async () => {
    const home = temporaryFolder()
    const studio = await openStudio(home)
    const api = await openWindow(studio)
    const run = await start(api, { ...quick, steps: 3000 })
    await readUntil(api.runs.follow({ run }), ({ type }) => type === 'step')
    await studio.close()
    const again = await openWindow(await openStudio(home))
    const [left] = await again.runs.list()
    expect(left).toMatchObject({ id: run, status: 'stopped' })
    expect(left?.step).toBeGreaterThan(0)
  })

  it('is one per data folder, and a second one says where the first is', async () => {
    const home = temporaryFolder()
    const { url } = await openStudio(home)
    const error = await failureOf(openStudio(home))
    expect(error).toMatchObject({ code: 'busy', details: { url } })
    expect(error.message).toContain(home)
  })

  it('reports what is wrong with a request before anything is written', async () => {
    const api = await openWindow(await openStudio(temporaryFolder()))
    const missing = await failureOf(start(api, { ...quick, data: join(data, 'nowhere') }))
    expect(missing.code).toMatch(/not_found|invalid_input/)
    expect(await failureOf(api.runs.get({ run: '../models' }))).toMatchObject({ code: 'not_found' })
    expect(await failureOf(start(api, { ...quick, device: 'abacus' }))).toMatchObject({
      code: 'invalid_input',
    })
    expect(await api.runs.list()).toEqual([])
  })

  it.each(['../run.json', '/etc/hostname', 'red/../../model/config.json', 'red\0/0.png'])(
    'makes no thumbnail of %j, which is outside of the folder',
    async (path) => {
      const api = await openWindow(await openStudio(temporaryFolder()))
      expect(
        await failureOf(api.data.thumbnail({ folder: data, path: 'red/0.png', size: 32 })),
      ).toMatchObject({
        code: 'not_found',
      })
      await readAll(api.data.check({ folder: data }))
      expect(await failureOf(api.data.thumbnail({ folder: data, path, size: 32 }))).toMatchObject({
        code: 'invalid_input',
      })
    },
  )
})
