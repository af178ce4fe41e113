import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import type { SampleSet } from '../../../../core/data/sample-set.ts'
import { starterFolder } from '../../../../core/studio/assets.ts'
import { demonstrate } from '../../../../core/host/cli/demo.ts'
import { createReporter } from '../../../../core/host/cli/report.ts'
import { beginPretraining } from '../../../../core/pretrain/begin.ts'
import { saveNetwork } from '../../../../core/pretrain/network.ts'
import { openCheckpoint } from '../../../../core/files/checkpoint.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const colours = { blue: '#2040e0', red: '#e04020', yellow: '#e0d020' }

/** Plain pictures of three colours, twice. */
async function colourSet(folder: string): Promise<SampleSet> {
  for (const half of ['train', 'test']) {
    for (const [name, background] of Object.entries(colours)) {
      await mkdir(join(folder, half, name), { recursive: true })
      for (let index = 0; index < 5; index++) {
        const size = 30 + index + (half === 'test' ? 10 : 0)
        const picture = sharp({ create: { width: size, height: size, channels: 3, background } })
        await picture.png().toFile(join(folder, half, name, `${index}.png`))
      }
    }
  }
  return { train: join(folder, 'train'), test: join(folder, 'test') }
}

/** An untrained network of 32 x 32 pixels. */
async function tinyNetwork(folder: string): Promise<string> {
  const sizes = { width: 32, depth: 1, heads: 2, patch: 8, resolution: 32, classes: 2, classSeed: 1 }
  const rates = { learningRate: 1, warmup: 0, weightDecay: 0, clip: 1, labelSmoothing: 0 }
  const settings = { ...sizes, ...rates, steps: 1, batch: 1, seed: 1 }
  const { record, parameters } = await beginPretraining(
    { out: join(folder, 'pretraining'), ...settings },
    { engine: 'cpu', renderer: { workers: 0 } },
  )
  await saveNetwork(join(folder, 'network'), record, parameters)
  return join(folder, 'network')
}

async function run(folder: string, json: boolean, signal = new AbortController().signal): Promise<string> {
  const set = await colourSet(join(folder, 'pictures'))
  const starter = await tinyNetwork(folder)
  let text = ''
  const report = createReporter({ write: (part) => (text += part) }, json)
  await demonstrate({ report, signal }, { set, folder, starter, engine: 'cpu', steps: 10 })
  return text
}

describe('demonstrate', () => {
  it('learns, exports in four formats and predicts three pictures, one record a line', async () => {
    const folder = temporaryFolder()
    const records = (await run(folder, true))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    const ofType = (type: string): unknown[] => records.filter((record) => record.type === type)
    expect(ofType('start')).toEqual([
      { type: 'start', classes: ['blue', 'red', 'yellow'], training: 15, validation: 15, before: 1 / 3 },
    ])
    expect(ofType('step')).toHaveLength(10)
    expect(ofType('prediction')).toHaveLength(3)
    const done = records.at(-1) as unknown as { after: number; exported: string[] }
    expect(done).toMatchObject({ type: 'done', before: 1 / 3, folder })
    expect(done.after).toBeGreaterThan(0.6)
    expect(done.exported).toHaveLength(4)
    expect(done.exported.every((path) => existsSync(path))).toBe(true)
  })

  it('shows people the accuracy before and after, the exports and where everything is', async () => {
    const folder = temporaryFolder()
    const text = await run(folder, false)
    expect(text).toMatch(/Before: 33\.3 % correct.*After: [\d.]+ % \(95 % confidence: /)
    expect(text).toMatch(/no output differs by more than \d/)
    expect(text).toContain(join('blue', '2.png'))
    expect(text).toContain(join(folder, 'run'))
  })

  it('stops when asked', async () => {
    await expect(run(temporaryFolder(), true, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

describe('the starter', () => {
  it('is a Vision Transformer without a head, small enough for the repository', async () => {
    const { config, parameters, normalisation } = await openCheckpoint(starterFolder())
    expect(config).toMatchObject({
      width: 192,
      depth: 6,
      patch: 16,
      classes: 0,
      grid: { rows: 7, columns: 7 },
    })
    expect(normalisation).toEqual({ mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] })
    expect([...parameters.values()].every(({ data }) => data.every(Number.isFinite))).toBe(true)
  })
})
