/** @file One writer per run: a second one is refused, and nothing of the run is lost. */
import { existsSync, rmSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { TrainEvent } from '../../../../core/train/events.ts'
import { readMetrics } from '../../../../core/train/run/history.ts'
import { readRecord, removeRun } from '../../../../core/train/run/run-folder.ts'
import { resumeRun, startRun } from '../../../../core/train/start.ts'
import { train } from '../../../../core/train/trainer.ts'
import { begin, cpu, ofType, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'

describe('a run in training', () => {
  it('is neither trained nor continued nor deleted by anybody else', async () => {
    const run = await begin(await tinyRequest({ steps: 3 }))
    const { directory } = run
    const training = train(run, { engine: cpu })
    await training.next()
    const refused = {
      code: 'busy',
      message: `Another process of ViT Studio (number ${process.pid}) trains the run in ${directory}. Wait until it has finished, or stop it there.`,
    }
    await expect(trainUntil(run)).rejects.toMatchObject(refused)
    await expect(resumeRun(directory)).rejects.toMatchObject(refused)
    await expect(removeRun(directory)).rejects.toMatchObject(refused)
    for await (const event of training) if (event.type === 'done') break
    expect((await readMetrics(directory)).filter(({ type }) => type === 'step')).toHaveLength(3)
    expect((await readdir(directory)).filter((name) => name.startsWith('.'))).toEqual([])
    await removeRun(directory)
    expect(existsSync(directory)).toBe(false)
  })

  it('is not trained from an older state by whoever read it before', async () => {
    const run = await begin(await tinyRequest({ steps: 4 }))
    const early = await resumeRun(run.directory)
    await expect(
      trainUntil(run, [], (event) => event.type === 'step' && event.step === 2),
    ).rejects.toMatchObject({ code: 'cancelled' })
    const further = { code: 'busy', message: expect.stringContaining('has trained the run in') }
    await expect(trainUntil(early)).rejects.toMatchObject(further)
    const late = await resumeRun(run.directory)
    const events = await trainUntil(late)
    expect(ofType(events, 'step').map(({ step }) => step)).toEqual([3, 4])
    await expect(trainUntil(late)).rejects.toMatchObject(further)
    expect((await readRecord(run.directory)).status).toBe('finished')
  })
})

it('what a killed writer left is removed by whoever trains next, and by nobody else', async () => {
  const run = await begin(await tinyRequest({ steps: 2 }))
  const { directory } = run
  const left = '.last.safetensors.0123456789ab.tmp'
  const ofStudio = '.studio.json.0123456789ab.tmp'
  for (const name of [left, ofStudio, 'notes.tmp']) await writeFile(join(directory, name), 'half')
  await resumeRun(directory)
  expect(await readdir(directory)).toContain(left)
  await trainUntil(run)
  const names = await readdir(directory)
  expect(names.filter((name) => name.endsWith('.tmp')).toSorted()).toEqual([ofStudio, 'notes.tmp'])
})

it('a run that is removed in the middle does not come back', async () => {
  const run = await begin(await tinyRequest({ steps: 6 }), { evaluateEvery: 2 })
  const { directory } = run
  const training = trainUntil(run, [], (event) => {
    if (event.type === 'step' && event.step === 3) rmSync(directory, { recursive: true })
    return false
  })
  await expect(training).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('was removed or replaced while it was being trained'),
  })
  expect(existsSync(directory)).toBe(false)
})

it('a run that is removed in the middle and started over belongs to the new one', async () => {
  const request = await tinyRequest({ steps: 6 })
  const run = await begin(request, { evaluateEvery: 2 })
  let isNew = false
  const events: TrainEvent[] = []
  const training = (async () => {
    for await (const event of train(run, { engine: cpu })) {
      events.push(event)
      if (event.type !== 'step' || isNew) continue
      isNew = true
      rmSync(run.directory, { recursive: true })
      await begin({ ...request, seed: 1 })
    }
  })()
  await expect(training).rejects.toMatchObject({ code: 'not_found' })
  expect((await readRecord(run.directory)).settings.seed).toBe(1)
  expect(await readMetrics(run.directory)).toEqual([])
  await trainUntil(await resumeRun(run.directory))
  expect((await readRecord(run.directory)).status).toBe('finished')
})

it('of two that start a run in one folder at once, one wins', async () => {
  const request = await tinyRequest({ steps: 2 })
  const start = async () => startRun(request, { engine: 'cpu', cacheDirectory: `${request.out}-cache` })
  const all = await Promise.allSettled([start(), start()])
  const reasons = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  expect(reasons.map(String)).toHaveLength(1)
  expect(reasons[0]).toMatchObject({
    message: expect.stringMatching(/already contains a run|trains the run in/),
  })
  expect((await readRecord(request.out)).status).toBe('running')
})
