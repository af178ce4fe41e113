/** @file What a run says of its images: those that changed or went while it was stopped, those that go while it trains. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { TrainEvent } from '../../../../core/train/events.ts'
import { sentenceOfNote } from '../../../../core/train/run/run-note.ts'
import { resumeRun } from '../../../../core/train/start.ts'
import { begin, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'
import { writeImage } from '../../data/folders.ts'
import { say } from '../../../../core/sentence.ts'

const stopAtThree = (event: TrainEvent): boolean => event.type === 'step' && event.step === 3

describe('a run that was stopped', () => {
  it('says nothing where its images are as they were', async () => {
    const run = await begin(await tinyRequest())
    await expect(trainUntil(run, [], stopAtThree)).rejects.toMatchObject({ code: 'cancelled' })
    expect((await resumeRun(run.directory)).notes).toEqual([])
  })

  it('says which images are others by now, and goes on with these as they are', async () => {
    const request = await tinyRequest()
    const run = await begin(request)
    await expect(trainUntil(run, [], stopAtThree)).rejects.toMatchObject({ code: 'cancelled' })
    await writeImage(request.data, 'bee/001.png', [1, 2, 3], 90, 70)
    await rm(join(request.data, 'cat/002.png'))
    const resumed = await resumeRun(run.directory)
    expect(resumed.notes).toEqual([
      { type: 'imagesChanged', images: 1, example: 'bee/001.png' },
      { type: 'imagesMissing', images: 1, example: 'cat/002.png' },
    ])
    expect(resumed.notes.map(sentenceOfNote).join(' ')).toMatch(
      /1 image has changed since the run began, such as bee\/001\.png.*1 image is no longer there/,
    )
    const all = [...resumed.data.training, ...resumed.data.validation]
    expect(all.find(({ path }) => path === 'bee/001.png')).toMatchObject({ width: 90, height: 70 })
    await trainUntil(resumed)
    // The record keeps what the run began with.
    await expect(resumeRun(run.directory)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('an image that goes while a run trains', () => {
  it('is told once, however many evaluations miss it', async () => {
    const request = await tinyRequest({ steps: 6 })
    const run = await begin(request, { evaluateEvery: 2 })
    const [gone] = run.data.validation
    await rm(join(run.data.validationRoot, gone?.path ?? ''))
    const events = await trainUntil(run)
    expect(events.filter(({ type }) => type === 'evaluation')).toHaveLength(3)
    expect(events.filter(({ type }) => type === 'skipped')).toEqual([
      { type: 'skipped', file: { path: gone?.path, reason: say`The file is no longer there.` } },
    ])
  })
})
