/** @file Real disks without space: what was there before stays intact, and the sentence says what to do. */
import { copyFileSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { AppError } from '../../../../core/errors.ts'
import { ExportFormat } from '../../../../core/files/export-formats.ts'
import { exportRun } from '../../../../core/train/model/export.ts'
import { resumeRun } from '../../../../core/train/start.ts'
import { mountedDisk } from '../../../support/small-disk.ts'
import { begin, cpu, ofType, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'

/** Leaves this many bytes on a disk; removing the file frees the rest. */
function fill(disk: string, left: number): string {
  const { bsize, bavail } = statfsSync(disk)
  const path = join(disk, 'filler')
  writeFileSync(path, Buffer.alloc(Math.max(0, bsize * bavail - left), 1))
  return path
}

const failure = async (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.fail('it worked'),
    (error: unknown) => AppError.from(error),
  )

const diskIsFull = { code: 'io', message: expect.stringContaining('The disk is full') }

it('a run on a disk that fills up keeps its checkpoint, and continues to the same bytes', async (test) => {
  const disk = mountedDisk(test, 'size=4m')
  const request = await tinyRequest({ steps: 8 })
  const settings = { evaluateEvery: 2 }
  await trainUntil(await begin({ ...request, out: join(request.out, 'whole') }, settings))
  const run = await begin({ ...request, out: join(disk, 'run') }, settings)
  for (const [time, left] of [0, 4096, 40_000].entries()) {
    let filler = ''
    const training = trainUntil(time === 0 ? run : await resumeRun(run.directory), [], (event) => {
      if (event.type === 'checkpoint' && filler === '') filler = fill(disk, left)
      return false
    })
    expect(await failure(training)).toMatchObject(diskIsFull)
    rmSync(filler)
  }
  const events = await trainUntil(await resumeRun(run.directory))
  expect(ofType(events, 'done')).toHaveLength(1)
  for (const name of ['last.safetensors', 'best.safetensors', 'metrics.jsonl']) {
    const [own, expected] = [run.directory, join(request.out, 'whole')].map((folder) =>
      readFileSync(join(folder, name)),
    )
    expect(own, name).toEqual(expected)
  }
})

it('an export over an older one that finds no room leaves the older one', async (test) => {
  const disk = mountedDisk(test, 'size=4m')
  const run = await begin(await tinyRequest({ steps: 2 }))
  await trainUntil(run)
  for (const format of ExportFormat.options) {
    const folder = join(disk, format)
    await exportRun(run.directory, [format], folder, { engine: cpu })
    const names = readdirSync(folder)
    const kept = join(run.directory, format)
    await mkdir(kept)
    for (const name of names) copyFileSync(join(folder, name), join(kept, name))
    const filler = fill(disk, 12_000)
    expect(await failure(exportRun(run.directory, [format], folder, { engine: cpu })), format).toMatchObject(
      diskIsFull,
    )
    expect(readdirSync(folder)).toEqual(names)
    for (const name of names) expect(readFileSync(join(folder, name))).toEqual(readFileSync(join(kept, name)))
    rmSync(filler)
  }
})
