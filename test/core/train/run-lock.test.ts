/** @file One writer per run: a second one is refused, and nothing of the run is lost. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { readMetrics, readRecord, removeRun } from '../../../core/train/run-folder.ts'
import { resumeRun, startRun } from '../../../core/train/start.ts'
import { train } from '../../../core/train/trainer.ts'
import { begin, cpu, ofType, tinyRequest, trainUntil } from '../../support/tiny-run.ts'

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

it('of two that begin a run in one folder at once, one wins', async () => {
  const request = await tinyRequest({ steps: 2 })
  const start = async () => startRun(request, { engine: 'cpu', cacheDirectory: `${request.out}-cache` })
  const all = await Promise.allSettled([start(), start()])
  const reasons = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  expect(reasons.map(String)).toHaveLength(1)
  expect(reasons[0]).toMatchObject({
    message: expect.stringMatching(/already holds a run|trains the run in/),
  })
  expect((await readRecord(request.out)).status).toBe('running')
})
