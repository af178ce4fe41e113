import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { openCheckpoint } from '../../../core/files/checkpoint.ts'
import { beginPretraining, resumePretraining } from '../../../core/pretrain/begin.ts'
import { initialWeights } from '../../../core/pretrain/initial-weights.ts'
import { pretrain, type PretrainStep } from '../../../core/pretrain/pretrain.ts'
import {
  pretrainingModel,
  readPretraining,
  type Pretraining,
  type PretrainingSettings,
} from '../../../core/pretrain/pretraining-folder.ts'
import { saveNetwork } from '../../../core/pretrain/save-network.ts'
import { at } from '../../../core/tensor/shape.ts'
import { parameter, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const settings: PretrainingSettings = {
  width: 32,
  depth: 2,
  heads: 2,
  patch: 8,
  resolution: 32,
  classes: 3,
  classSeed: 1,
  steps: 60,
  batch: 16,
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
      await beginPretraining(folder, { ...settings, steps: 140, learningRate: 1e-3 }),
    )
    expect(steps.map(({ step }) => step)).toEqual([20, 40, 60, 80, 100, 120, 140])
    expect(at(steps, 0).loss).toBeGreaterThan(1)
    expect(at(steps, -1).loss).toBeLessThan(at(steps, 0).loss - 0.1)
    expect(at(steps, -1).accuracy).toBeGreaterThan(0.45)
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

  it('goes on at another resolution with what an earlier one learned', async () => {
    const [small, large] = [join(temporaryFolder(), 'small'), join(temporaryFolder(), 'large')]
    const earlier = await beginPretraining(small, { ...settings, seed: 5 })
    const larger = await beginPretraining(large, { ...settings, resolution: 48, classes: 4 }, small)
    const [from, to] = [earlier.state.parameters, larger.state.parameters]
    expect(parameter(to, 'blocks.1.mlp1.weight')).toEqual(parameter(from, 'blocks.1.mlp1.weight'))
    expect(parameter(to, 'positionEmbedding').shape).toEqual([37, 32])
    expect(parameter(to, 'head.weight').shape).toEqual([4, 32])
  })

  it('refuses to start from another network, to overwrite, and to continue what is finished', async () => {
    const folder = join(temporaryFolder(), 'run')
    await beginPretraining(folder, { ...settings, steps: 1, warmup: 0 })
    await expect(beginPretraining(folder, settings)).rejects.toMatchObject({ code: 'invalid_input' })
    const wider = beginPretraining(join(temporaryFolder(), 'wider'), { ...settings, width: 64 }, folder)
    await expect(wider).rejects.toThrow(/embedding\.weight/)
    await runAll(await resumePretraining(folder, 2))
    await expect(resumePretraining(folder)).rejects.toThrow(/2 of 2 steps/)
  })
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

describe('initialWeights', () => {
  const weights = initialWeights(pretrainingModel(settings).config, 1)
  const spreadOf = ({ data }: FloatTensor): number =>
    Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length)

  it('scales matrices by their inputs and outputs, and the patch kernel by its inputs', () => {
    // Of a uniform distribution from -a to a the spread is a / sqrt(3); of 4096 values it is known to about 1 %.
    expect(spreadOf(parameter(weights, 'blocks.0.mlp1.weight'))).toBeCloseTo(Math.sqrt(2 / (32 + 128)), 2)
    expect(spreadOf(parameter(weights, 'embedding.weight'))).toBeCloseTo(1 / Math.sqrt(3 * 8 * 8), 2)
    expect(spreadOf(parameter(weights, 'positionEmbedding'))).toBeCloseTo(0.02, 2)
  })

  it('starts norms at one, and biases, class token and head at zero', () => {
    expect(new Set(parameter(weights, 'norm.scale').data)).toEqual(new Set([1]))
    for (const name of ['norm.bias', 'blocks.0.mlp1.bias', 'classToken', 'head.weight', 'head.bias']) {
      expect(new Set(parameter(weights, name).data), name).toEqual(new Set([0]))
    }
  })
})
