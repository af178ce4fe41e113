/**
 * @file Every family that people bring, from files as their own programs write them, against what those programs
 * compute: features and logits, features at another resolution, and the length of the gradient.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { openCheckpoint, type CheckpointOverrides, type Pretrained } from '../../core/files/checkpoint.ts'
import {
  byteTensor,
  floats,
  parameter,
  scalar,
  type FloatTensor,
  type Parameters,
  type Tensor,
} from '../../core/tensor/tensor.ts'
import {
  accumulateStep,
  applyStep,
  gradientSumName,
  inferenceGraph,
  momentumName,
  pixelShape,
} from '../../core/train/graphs.ts'
import { atGrid, gridOf, type Model } from '../../core/train/prepare.ts'
import type { VitConfig } from '../../core/vit/config.ts'

interface GoldenFamily {
  readonly path: string
  readonly mean: readonly number[]
  readonly std: readonly number[]
  readonly resolution: number
  /** What the file cannot say. */
  readonly overrides: CheckpointOverrides
  /** [2, D] */
  readonly features: readonly number[]
  readonly logits: readonly number[] | null
  readonly second: { readonly resolution: number; readonly features: readonly number[] }
  readonly gradient: {
    readonly labels: readonly number[]
    readonly loss: number
    readonly norm: number
  } | null
}

const folder = fileURLToPath(new URL('families/', import.meta.url))
const golden = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as Record<string, GoldenFamily>
const engine = createOrtEngine('cpu')
const images = 2

/** Who each file is taken for, and in what its configuration differs from a plain ViT's. */
const recognised: Readonly<Record<string, [family: string, changes: Partial<VitConfig>]>> = {
  'timm-vit': ['ViT (timm layout)', {}],
}

describe.each(Object.entries(golden))('%s', (name, family) => {
  const model = openCheckpoint(join(folder, family.path), family.overrides)

  it('has the features and logits of the reference implementation', async () => {
    const opened = await model
    expect(opened.normalisation).toEqual({ mean: family.mean, std: family.std })
    expect(opened.config.grid).toEqual(gridOf(family.resolution, opened.config.patch))
    const results = await forward(opened, opened)
    expect(parameter(results, 'features').data).toBeAllclose(family.features, close)
    if (family.logits === null) expect(opened.config.classes).toBe(0)
    else expect(parameter(results, 'logits').data).toBeAllclose(family.logits, close)
  })

  it('has its features at another resolution', async () => {
    const opened = await model
    const { resolution, features } = family.second
    const resized = atGrid(opened, gridOf(resolution, opened.config.patch), opened.positionResize)
    expect(parameter(await forward(opened, resized), 'features').data).toBeAllclose(features, close)
  })

  const { gradient } = family
  it.skipIf(gradient === null)('has the loss and the length of its gradient', async () => {
    if (gradient === null) return
    const results = await firstStep(await model, gradient.labels)
    expect(results.loss).toBeCloseTo(gradient.loss, 5)
    expect(results.norm / gradient.norm).toBeCloseTo(1, 5)
  })
})

const close = { rtol: 1e-5, atol: 1e-5 }

/** The two pictures of make-families.py. */
function pixelsOf(config: VitConfig): Tensor<'uint8'> {
  const shape = pixelShape(config, images)
  const size = shape.reduce((product, side) => product * side)
  return byteTensor(
    shape,
    Uint8Array.from({ length: size }, (_, i) => (i * 7919 + ((i * i) % 251) * 31) % 256),
  )
}

async function forward(opened: Pretrained, { config, parameters }: Model): Promise<Parameters> {
  const state = await engine.createState(parameters)
  const outputs = config.classes > 0 ? (['features', 'logits'] as const) : (['features'] as const)
  const graph = inferenceGraph({ config, normalisation: opened.normalisation }, images, {
    outputs,
    distillationHead: parameters.has('headDistillation.weight'),
  })
  const program = await engine.load(graph, state)
  const results = await program.run(new Map([['pixels', pixelsOf(config)]]))
  await program.dispose()
  state.dispose()
  return results
}

/** The loss before and the gradient norm of a training step. */
async function firstStep(
  opened: Pretrained,
  labels: readonly number[],
): Promise<{ loss: number; norm: number }> {
  const { config, parameters, normalisation } = opened
  const zeros = (name: (parameter: string) => string): [string, FloatTensor][] =>
    [...parameters].map(([key, { shape, data }]) => [
      name(key),
      { ...floats(shape, new Float32Array(data.length)) },
    ])
  const state = await engine.createState(
    new Map([...parameters, ...zeros(momentumName), ...zeros(gradientSumName)]),
  )
  const targets = floats(
    [images, config.classes],
    labels.flatMap((label) => Array.from({ length: config.classes }, (_, k) => (k === label ? 1 : 0))),
  )
  const accumulate = await engine.load(
    accumulateStep({ config, normalisation }, images, { recompute: true }),
    state,
  )
  const feeds = new Map<string, Tensor>([
    ['pixels', pixelsOf(config)],
    ['targets', targets],
    ['weight', scalar(1 / images)],
    ['keep', scalar(0)],
  ])
  const loss = parameter(await accumulate.run(feeds), 'loss').data[0] ?? Number.NaN
  const apply = await engine.load(applyStep({ config, normalisation }), state)
  const rates = new Map<string, Tensor>([
    ['learningRate', scalar(0)],
    ['momentum', scalar(0)],
    ['clip', scalar(1)],
  ])
  const norm = parameter(await apply.run(rates), 'gradientNorm').data[0] ?? Number.NaN
  for (const program of [accumulate, apply]) await program.dispose()
  state.dispose()
  return { loss, norm }
}
