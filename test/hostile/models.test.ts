/**
 * @file Models that somebody has made to do harm, and those that a disk has spoilt: whatever they are, each is used or
 * refused with a sentence within ten seconds and a gigabyte, and nothing of it runs.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { beforeAll, describe, expect, it } from 'vitest'

import { writeDataSet } from '../core/data/folders.ts'
import { bundled } from '../support/bundled.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { seeds } from './amount.ts'
import { forgedKinds, forgedModel } from './models/forged.ts'
import { createOpener, type Outcome } from './models/measured.ts'
import { writeModel, type ModelFolder } from './models/model-folder.ts'
import { soundModels } from './models/sound-models.ts'
import { spoiltModel } from './models/spoilt.ts'

const mostMs = 10_000
const mostMegabytes = 1000
const timeout = 900_000
// What a stack, a bug of ours or a file of the system would show.
const revealing = /\n\s+at |node:internal|invariant|TypeError|RangeError|root:x:0/

interface Tried {
  readonly model: ModelFolder
  readonly outcome: Outcome
}

describe.skipIf(process.platform !== 'linux')('hostile models (Linux, for its figures of memory)', () => {
  let sound: ModelFolder[] = []
  beforeAll(async () => {
    sound = await soundModels()
  })

  /** Opens each in turn, gone from the disk before the next; `check` gets what came of it. */
  async function openAll(
    make: Iterable<(canary: string) => ModelFolder>,
    check: (tried: Tried) => void,
  ): Promise<Tried[]> {
    const folder = temporaryFolder()
    const [canary, root, data] = ['canary', 'model', 'data'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    await writeDataSet(data, ['ant', 'bee'], 2)
    const image = join(data, 'ant', readdirSync(join(data, 'ant'))[0]!)
    const entry = await bundled(fileURLToPath(new URL('models/opener.ts', import.meta.url)))
    const env = { ...process.env, VIT_STUDIO_HOME: join(folder, 'home'), ORT_DISABLE_TELEMETRY: '1' }
    const opener = createOpener(entry, env, 2 * mostMs)
    const all: Tried[] = []
    try {
      for (const one of make) {
        const model = one(canary)
        const path = writeModel(root, model)
        const outcome = await opener.open({ path, image, data, out: join(folder, 'out') })
        rmSync(root, { recursive: true, force: true })
        rmSync(join(folder, 'out'), { recursive: true, force: true })
        expect(existsSync(canary), `${model.name} has run something`).toBe(false)
        all.push({ model, outcome })
        check({ model, outcome })
      }
    } finally {
      opener.close()
    }
    return all
  }

  it('what they are made from is sound', async () => {
    const made = sound.map((model) => (): ModelFolder => model)
    const tried = await openAll(made, expectHarmless)
    const useless = tried.filter(({ outcome }) => !('reached' in outcome) || outcome.reached === 'nothing')
    expect(
      useless.map(({ model, outcome }) => [model.name, (outcome as { message?: string }).message]),
    ).toEqual([])
  })

  it('made from sound ones, are used or refused with a sentence', { timeout }, async () => {
    const made = seeds(300, 30).map((seed) => () => spoiltModel(seed, sound))
    await openAll(made, expectHarmless)
  })

  it(`made to do harm in ${forgedKinds} ways, are used or refused with a sentence`, { timeout }, async () => {
    const made = seeds(3 * forgedKinds, 32).map(
      (seed) => (canary: string) => forgedModel(seed, { sound, canary }),
    )
    await openAll(made, expectHarmless)
  })
})

function expectHarmless({ model: { name }, outcome }: Tried): void {
  if ('ended' in outcome) throw new Error(`${name} ended the process that opened it: ${outcome.ended}`)
  const { code, message, ms, megabytes, startedProcess } = outcome
  expect(startedProcess, `${name} has started a process`).toBe(false)
  expect(ms, `${name} takes too long`).toBeLessThan(mostMs)
  expect(megabytes, `${name} takes too much memory`).toBeLessThan(mostMegabytes)
  if (code === null) return
  expect(code, `${name}: ${message}`).not.toBe('internal')
  expect(message, name).toMatch(/[.!]$/)
  expect(message, name).not.toMatch(revealing)
  expect(message.length, `${name}: ${message.slice(0, 300)}`).toBeLessThan(1000)
}
