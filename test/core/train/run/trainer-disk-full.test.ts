import { readFileSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it, vi } from 'vitest'

import { AppError } from '../../../../core/errors.ts'
import { readBest, readLast } from '../../../../core/train/run/checkpoint-files.ts'
import { readRecord } from '../../../../core/train/run/run-folder.ts'
import { resumeRun } from '../../../../core/train/start.ts'
import { begin, ofType, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'

const disk = vi.hoisted(() => ({ full: false, refusesRecords: false }))

vi.mock('../../../../core/files/atomic.ts', async (importOriginal) => {
  const atomic = await importOriginal<typeof import('../../../../core/files/atomic.ts')>()
  const halfOf = async (file: FileHandle): Promise<void> => {
    await file.writeFile('the first half')
    throw Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' })
  }
  return {
    ...atomic,
    writeAtomic: (path: string, write: (file: FileHandle) => Promise<void>, keepAs?: string) =>
      atomic.writeAtomic(path, disk.full ? halfOf : write, keepAs),
    writeFileAtomic: async (path: string, data: string) => {
      if (disk.refusesRecords) throw Object.assign(new Error('another failure'), { code: 'EROFS' })
      await atomic.writeFileAtomic(path, data)
    },
  }
})

it('a full disk ends the run, leaves the older checkpoint, and is no obstacle once there is space', async () => {
  const request = await tinyRequest({ steps: 4 })
  const whole = await begin({ ...request, out: `${request.out}-whole` }, { evaluateEvery: 2 })
  await trainUntil(whole)
  const run = await begin(request, { evaluateEvery: 2 })
  const failed = await trainUntil(run, [], (event) => {
    disk.full ||= event.type === 'step' && event.step >= 3
    return false
  }).catch((error: unknown) => AppError.from(error))
  disk.full = false
  expect(failed).toMatchObject({ code: 'io', message: expect.stringContaining('The disk is full') })
  expect((await readRecord(run.directory)).status).toBe('failed')
  expect((await readLast(run.directory, run.record))?.progress.step).toBe(2)
  expect((await readBest(run.directory, run.record)).parameters.size).toBeGreaterThan(0)
  const events = await trainUntil(await resumeRun(run.directory))
  expect(ofType(events, 'step').map(({ step }) => step)).toEqual([3, 4])
  const [last, expected] = [run, whole].map(({ directory }) =>
    readFileSync(join(directory, 'last.safetensors')),
  )
  expect(last?.equals(expected!)).toBe(true)
})

it('a disk so full that not even the end can be noted still says that it is full', async () => {
  const run = await begin(await tinyRequest({ steps: 4 }), { evaluateEvery: 2 })
  const failed = await trainUntil(run, [], (event) => {
    disk.full ||= event.type === 'step' && event.step >= 3
    disk.refusesRecords = disk.full
    return false
  }).catch((error: unknown) => AppError.from(error))
  disk.full = false
  disk.refusesRecords = false
  expect(failed).toMatchObject({ code: 'io', message: expect.stringContaining('The disk is full') })
  expect((await readRecord(run.directory)).status).toBe('running')
  const events = await trainUntil(await resumeRun(run.directory))
  expect(ofType(events, 'step').map(({ step }) => step)).toEqual([3, 4])
})
