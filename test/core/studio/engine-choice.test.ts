/** @file Which engine answers for a model: the device that was chosen for a run holds for what comes after it. */
import { beforeEach, expect, it, vi } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { engineForModel } from '../../../core/studio/engine-choice.ts'
import { writeRecord } from '../../../core/train/run/run-folder.ts'
import { begin, tinyRequest } from '../../support/tiny-run.ts'

const devices = vi.hoisted(() => ({ asked: [] as string[], missing: [] as string[] }))

vi.mock('../../../core/engine/devices.ts', async (original) => ({
  ...(await original<typeof import('../../../core/engine/devices.ts')>()),
  chooseEngine: async (kind: string) => {
    devices.asked.push(kind)
    if (devices.missing.includes(kind)) throw new AppError('unsupported', `There is no ${kind} here.`)
    return Promise.resolve({ kind })
  },
}))

beforeEach(() => {
  devices.asked.length = 0
  devices.missing.length = 0
})

it('a run is evaluated, exported and predicted with on its own device, other models on the fastest', async () => {
  const request = await tinyRequest()
  const { directory, record } = await begin(request)
  expect(await engineForModel(directory)).toEqual({ kind: 'cpu' })
  expect(await engineForModel(request.model)).toEqual({ kind: 'auto' })
  await writeRecord(directory, { ...record, settings: { ...record.settings, engine: 'webgpu' } })
  expect(await engineForModel(directory)).toEqual({ kind: 'webgpu' })
})

it('where its device is gone, the fastest answers', async () => {
  const { directory, record } = await begin(await tinyRequest())
  await writeRecord(directory, { ...record, settings: { ...record.settings, engine: 'tensorflow' } })
  devices.missing.push('tensorflow')
  expect(await engineForModel(directory)).toEqual({ kind: 'auto' })
  expect(devices.asked).toContain('tensorflow')
})
