/** @file A studio that is killed: its engine saves and exits, and until then nothing else writes to its run. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { expect, it, onTestFinished, vi } from 'vitest'

import { bundlePath, ensureBundled } from '../../../../build/bundle.mjs'
import type { Api } from '../../../../core/api/contract.ts'
import { AppError } from '../../../../core/errors.ts'
import { readLast } from '../../../../core/train/run/checkpoint-files.ts'
import { readRecord } from '../../../../core/train/run/run-folder.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { useWorkplace } from '../cli/studio.ts'
import { openWindow } from './served.ts'

const { model, data } = useWorkplace()

interface Served {
  readonly server: ChildProcess
  readonly url: string
  secret: string | null
}

async function serve(home: string): Promise<Served> {
  await ensureBundled()
  const server = spawn(process.execPath, [bundlePath('cli'), 'serve', '--json'], {
    env: { ...process.env, VIT_STUDIO_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void server.kill('SIGKILL'))
  for await (const line of createInterface({ input: server.stdout })) {
    const { url } = JSON.parse(line) as { url: string }
    return { server, url, secret: null }
  }
  throw new Error('the server ended before it gave an address')
}

async function start(api: Api): Promise<string> {
  const request = { model, data, steps: 100_000, batch: 6, validationSplit: 0.25, device: 'cpu' }
  for await (const item of api.runs.start(request)) if (item.type === 'done') return item.run
  throw new Error('the run was not made')
}

async function untilStep(api: Api, run: string): Promise<void> {
  for await (const event of api.runs.follow({ run })) if (event.type === 'step') return
}

function engineOf({ server: { pid } }: Served): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())
}

it.skipIf(process.platform !== 'linux')(
  'leaves the run to its engine as long as that lives, and the engine ends soon',
  async () => {
    const home = join(temporaryFolder(), 'home')
    const first = await serve(home)
    const api = await openWindow(first)
    const run = await start(api)
    await untilStep(api, run)
    const engine = engineOf(first)
    // As if it were in a long step.
    process.kill(engine, 'SIGSTOP')
    first.server.kill('SIGKILL')

    const second = await openWindow(await serve(home))
    const refused = await second.runs.resume({ run }).then(
      () => expect.fail('it was continued'),
      (error: unknown) => AppError.from(error),
    )
    const folder = join(home, 'runs', run)
    expect(refused).toMatchObject({
      code: 'busy',
      message: `Another process of ViT Studio (number ${engine}) trains the run in ${folder}. Wait until it has finished, or stop it there.`,
    })

    process.kill(engine, 'SIGCONT')
    await vi.waitFor(() => expect(() => process.kill(engine, 0)).toThrow(), { timeout: 20_000, interval: 50 })
    const record = await readRecord(folder)
    expect(record.status).toBe('stopped')
    const saved = (await readLast(folder, record))?.progress.step ?? 0
    expect(saved).toBeGreaterThan(0)
    await second.runs.resume({ run })
    for await (const event of second.runs.follow({ run })) {
      expect(event).toMatchObject({ type: 'start', step: saved })
      break
    }
    await second.runs.stop({ run })
  },
)
