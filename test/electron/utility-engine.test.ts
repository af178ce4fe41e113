/** @file The real engine in a fake utility process: it answers, exits cleanly when asked, and its death is reported. */
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'

import { bundlePath, ensureBundled } from '../../build/bundle.mjs'
import { createEngineHost } from '../../core/host/engine/engine-host.ts'
import { startUtilityEngine } from '../../electron/utility-engine.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { utilityProcess } from './fake-electron.ts'
import { fakeFork } from './fake-utility.ts'

vi.mock('electron', async () => import('./fake-electron.ts'))

beforeAll(ensureBundled)

beforeEach(() => {
  vi.stubEnv('VIT_STUDIO_HOME', temporaryFolder())
  utilityProcess.fork = fakeFork
})

it('answers, and ends when it is asked to', async () => {
  const engine = createEngineHost(() => startUtilityEngine(bundlePath('engine')))
  const devices = await engine.api().devices.list()
  expect(devices.find(({ kind }) => kind === 'cpu')).toMatchObject({ reason: null })
  const pid = engine.pid()
  expect(isAlive(pid)).toBe(true)
  await engine.close()
  expect(isAlive(pid)).toBe(false)
})

it.skipIf(process.platform === 'win32')('is told of where it dies, and started again', async () => {
  const engine = createEngineHost(() => startUtilityEngine(bundlePath('engine')))
  const first = engine.api().devices.list()
  process.kill(engine.pid() ?? 0, 'SIGKILL')
  await expect(first).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining('memory runs out') as string,
  })
  expect((await engine.api().devices.list()).length).toBeGreaterThan(0)
  await engine.close()
})

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}
