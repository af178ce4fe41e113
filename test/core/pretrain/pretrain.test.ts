import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { openCheckpoint } from '../../../core/files/checkpoint.ts'
import { beginPretraining, resumePretraining } from '../../../core/pretrain/begin.ts'
import { pretrain, type PretrainStep } from '../../../core/pretrain/pretrain.ts'
import {
  pretrainingModel,
  readPretraining,
  type Pretraining,
  type PretrainingSettings,
} from '../../../core/pretrain/pretraining-folder.ts'
import { saveNetwork } from '../../../core/pretrain/save-network.ts'
import { at } from '../../../core/tensor/shape.ts'
import { parameter } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const settings: PretrainingSettings = {
  width: 64,
  depth: 2,
  heads: 2,
  patch: 8,
  resolution: 32,
  classes: 3,
  classSeed: 1,
  steps: 60,
  batch: 32,
  learningRate: 3e-3,
  warmup: 5,
  weightDecay: 0.05,
  clip: 1,
  labelSmoothing: 0.1,
  seed: 1,
}

async function runAll(pretraining: Pretraining, signal?: AbortSignal): Promise<PretrainStep[]> {
  const steps: PretrainStep[] = []
  const tools = { engine: createOrtEngine('cpu'), workers: 1, signal }
  for await (const event of pretrain(pretraining, tools)) if (event.type === 'step') steps.push(event)
  return steps
}

describe('pretrain', () => {
  it('learns to tell the formulas apart', async () => {
    const folder = join(temporaryFolder(), 'run')
    const steps = await runAll(
      await beginPretraining(folder, { ...settings, steps: 200, learningRate: 2e-3 }),
    )
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 10 }, (_, index) => 20 * (index + 1)))
    expect(at(steps, 0).loss).toBeGreaterThan(1)
    expect(at(steps, -1).loss).toBeLessThan(at(steps, 0).loss - 0.1)
    expect(at(steps, -1).accuracy).toBeGreaterThan(0.42)
    const written = readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual(steps)
  })

  it('continues a stopped pretraining to the same numbers', async () => {
    const short = { ...settings, steps: 24, batch: 4 }
    const [whole, parts] = [join(temporaryFolder(), 'whole'), join(temporaryFolder(), 'parts')]
    await runAll(await beginPretraining(whole, short))
    const stopped = runAll(await beginPretraining(parts, short), AbortSignal.abort())
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect((await readPretraining(parts)).step).toBe(1)
    await runAll(await resumePretraining(parts))
    const [expected, actual] = [await readPretraining(whole), await readPretraining(parts)]
    expect(actual.step).toBe(24)
    expect(actual.state).toEqual(expected.state)
  })

  it('continues at another resolution with what an earlier one learned', async () => {
    const [small, large] = [join(temporaryFolder(), 'small'), join(temporaryFolder(), 'large')]
    const earlier = await beginPretraining(small, { ...settings, seed: 5 })
    const larger = await beginPretraining(large, { ...settings, resolution: 48, classes: 4 }, small)
    const [from, to] = [earlier.state.parameters, larger.state.parameters]
    expect(parameter(to, 'blocks.1.mlp1.weight')).toEqual(parameter(from, 'blocks.1.mlp1.weight'))
    expect(parameter(to, 'positionEmbedding').shape).toEqual([37, 64])
    expect(parameter(to, 'head.weight').shape).toEqual([4, 64])
  })

  it('refuses to start from another network, to overwrite, and to continue what is finished', async () => {
    const folder = join(temporaryFolder(), 'run')
    await beginPretraining(folder, { ...settings, steps: 1, warmup: 0 })
    await expect(beginPretraining(folder, settings)).rejects.toMatchObject({ code: 'invalid_input' })
    const wider = beginPretraining(join(temporaryFolder(), 'wider'), { ...settings, width: 32 }, folder)
    await expect(wider).rejects.toThrow(/embedding\.weight/)
    await runAll(await resumePretraining(folder, 2))
    await expect(resumePretraining(folder)).rejects.toThrow(/2 of 2 steps/)
  })
})

it('says in a sentence that the settings are damaged', async () => {
  const folder = join(temporaryFolder(), 'run')
  await beginPretraining(folder, settings)
  const path = join(folder, 'pretraining.json')
  const text = readFileSync(path, 'utf8')
  for (const damaged of [
    text.slice(0, 60),
    '',
    '\0'.repeat(text.length),
    text.replace('"steps": 60', '"steps": 80'),
  ]) {
    writeFileSync(path, damaged)
    const refused = { code: 'invalid_input', message: expect.stringContaining(path) }
    await expect(resumePretraining(folder)).rejects.toMatchObject(refused)
  }
})

describe('saveNetwork', () => {
  it('writes a folder that opens as the same network without a head', async () => {
    const folder = temporaryFolder()
    const pretraining = await beginPretraining(join(folder, 'run'), settings)
    await saveNetwork(join(folder, 'network'), pretraining)
    const { config, parameters, normalisation } = await openCheckpoint(join(folder, 'network'))
    expect({ ...config, classes: 3 }).toEqual(pretrainingModel(settings).config)
    expect(normalisation.mean).toEqual([0.5, 0.5, 0.5])
    expect(parameters.has('head.weight')).toBe(false)
    for (const [name, { data }] of parameters) {
      expect(data).toBeAllclose(parameter(pretraining.state.parameters, name).data, {
        rtol: 1e-3,
        atol: 1e-7,
      })
    }
  })
})
