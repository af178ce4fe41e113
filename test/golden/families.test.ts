/**
 * @file Every supported family, from files as their own programs write them, against what those programs compute:
 * features and logits, features at another resolution, and the length of the gradient.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { openCheckpoint, type CheckpointOverrides, type Pretrained } from '../../core/files/checkpoint.ts'
import { writeHuggingFace } from '../../core/files/export-hf.ts'
import { writeJax } from '../../core/files/export-jax.ts'
import { writeTimm } from '../../core/files/export-timm.ts'
import type { ModelToExport } from '../../core/files/model-to-export.ts'
import { createRandom, normal } from '../../core/tensor/random.ts'
import {
  byteTensor,
  filled,
  floats,
  floatTensor,
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
  pixelShape,
} from '../../core/train/step/graphs.ts'
import { atGrid, gridOf, withZeroHead, type Model } from '../../core/train/model/prepare.ts'
import { plainVit, type PositionResize, type VitConfig } from '../../core/vit/config.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { momentumName } from '../support/momentum-name.ts'

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

const fixtures = fileURLToPath(new URL('families/', import.meta.url))
const golden = JSON.parse(readFileSync(join(fixtures, 'golden.json'), 'utf8')) as Record<string, GoldenFamily>
const engine = createOrtEngine('cpu')
const images = 2

/** What each file is recognised as, how it resizes positions, and how its configuration differs from a plain ViT's. */
const recognised: Readonly<
  Record<string, [family: string, resize: PositionResize, changes?: Partial<VitConfig>]>
> = {
  'timm-vit': ['ViT (timm layout)', 'timm'],
  'timm-deit-distilled': ['distilled DeiT (timm layout)', 'timm', { pooling: 'distilled' }],
  'timm-deit3': ['DeiT-3 (timm layout)', 'timm', { layerScale: true, prefixPositions: false }],
  'timm-dinov2-registers': [
    'DINOv2 with registers (timm layout)',
    'timm',
    { layerScale: true, prefixPositions: false, registers: 4 },
  ],
  'timm-clip': ['CLIP (timm layout)', 'timm', clip()],
  'timm-siglip': ['SigLIP (timm layout)', 'timm', siglip()],
  'vit-jax': ['ViT (vit_jax layout)', 'jax', { gelu: 'tanh' }],
  'big-vision-gap': ['ViT (big_vision layout)', 'jax', { gelu: 'tanh', pooling: 'mean', classToken: false }],
  'big-vision-siglip': ['SigLIP or LiT (big_vision layout)', 'jax', siglip()],
  deit3: ['DeiT-3 (timm layout)', 'timm', { layerScale: true, prefixPositions: false }],
  dino: ['DINO (timm layout)', 'dino'],
  dinov2: ['DINOv2 (timm layout)', 'dino', { layerScale: true }],
  'dinov2-giant-registers': [
    'DINOv2 with registers (timm layout)',
    'timm',
    { layerScale: true, registers: 4, swiglu: true },
  ],
  mae: ['MAE (timm layout)', 'hf', { pooling: 'mean', finalNorm: 'afterPooling' }],
  'openai-clip': ['CLIP (OpenAI layout)', 'timm', clip()],
  'hf-vit': ['ViT (Hugging Face layout)', 'hf', { layerNormEpsilon: 1e-12 }],
  'hf-deit-distilled': [
    'distilled DeiT (Hugging Face layout)',
    'hf',
    { pooling: 'distilled', layerNormEpsilon: 1e-12 },
  ],
  'hf-dinov2': ['DINOv2 (Hugging Face layout)', 'hf', { layerScale: true }],
  'hf-dinov2-registers': [
    'DINOv2 with registers (Hugging Face layout)',
    'timm',
    { layerScale: true, registers: 4, swiglu: true, pooling: 'classAndMean' },
  ],
  'hf-clip': ['CLIP (Hugging Face layout)', 'hf', clip()],
  'hf-siglip': ['SigLIP (Hugging Face layout)', 'hf', siglip()],
  'hf-siglip-classifier': ['SigLIP (Hugging Face layout)', 'hf', { ...siglip(), pooling: 'mean' }],
  'hf-mae': [
    'MAE (Hugging Face layout)',
    'hf',
    { pooling: 'mean', finalNorm: 'afterPooling', layerNormEpsilon: 1e-12 },
  ],
}

function clip(): Partial<VitConfig> {
  return { gelu: 'quick', layerNormEpsilon: 1e-5, preNorm: true, patchBias: false }
}

function siglip(): Partial<VitConfig> {
  return { gelu: 'tanh', pooling: 'attention', classToken: false }
}

/** What a layout's own export does to a model so that it has a place there; nothing else changes. */
const ownExport: Readonly<Record<string, (folder: string, model: ModelToExport) => Promise<string[]>>> = {
  timm: writeTimm,
  // It has no place for a classifier, and timm reads its encoder.
  clip: writeTimm,
  hf: writeHuggingFace,
  hfDinov2: writeHuggingFace,
  hfVision: writeHuggingFace,
  jax: (folder, model) => writeJax(join(folder, 'model.npz'), model),
  bigVision: (folder, model) => writeJax(join(folder, 'model.npz'), model),
}

describe.each(Object.entries(golden))('%s', (name, family) => {
  const model = openCheckpoint(join(fixtures, family.path), family.overrides)

  it('is recognised', async () => {
    const [taken, resize, changes = {}] = recognised[name] ?? []
    const { family: found, positionResize, config } = await model
    expect([found, positionResize]).toEqual([taken, resize])
    const { width, depth, heads, mlpWidth, patch, grid, classes } = config
    expect(config).toEqual({
      ...plainVit({ width, depth, heads, mlpWidth, patch, grid, classes }),
      ...changes,
    })
    expect([width, depth, heads, classes > 0]).toEqual([24, 2, 2, family.logits !== null])
  })

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

  it('fine-tunes from a zero head, is exported in its own layout and comes back the same', async () => {
    const opened = await model
    const tuned = withNewHead(opened)
    const folder = temporaryFolder()
    const exported = ownExport[opened.layout]!(folder, { ...opened, ...tuned, labels: ['a', 'b', 'c'] })
    if (name === 'hf-mae') {
      await expect(exported).rejects.toMatchObject({ code: 'unsupported' })
      return
    }
    await exported
    const again = await openCheckpoint(folder)
    const { normalisation, positionResize } = opened
    expect(again).toMatchObject({ normalisation, positionResize, labels: ['a', 'b', 'c'] })
    if (opened.layout !== 'clip') expect(again.layout).toBe(opened.layout)
    const changed = [...again.parameters].filter(
      ([key, { data }]) => !sameData(data, tuned.parameters.get(key)?.data),
    )
    expect(changed.map(([key]) => key)).toEqual(fitted[name] ?? [])
    const [before, after] = [await forward(opened, tuned), await forward(again, again)]
    expect(parameter(after, 'logits')).toBeAllclose(parameter(before, 'logits'), close)
  })
})

const withGradient = Object.entries(golden).flatMap(([name, { path, gradient }]) =>
  gradient === null ? [] : [{ name, path, gradient }],
)

it.each(withGradient)('$name has the loss and the length of its gradient', async ({ path, gradient }) => {
  const results = await firstStep(await openCheckpoint(join(fixtures, path)), gradient.labels)
  expect(results.loss).toBeCloseTo(gradient.loss, 5)
  expect(results.norm / gradient.norm).toBeCloseTo(1, 5)
})

const close = { rtol: 1e-5, atol: 1e-5 }

/** Parameters that a layout stores in another form. */
const fitted: Readonly<Record<string, readonly string[]>> = {
  // The class token's position is added to the token.
  'dinov2-giant-registers': ['classToken', 'positionEmbedding'],
  // The head has zeros for the mean of the patches.
  'hf-dinov2': ['head.weight'],
}

/** A head as after some training: random numbers in place of the zeros. */
function withNewHead(opened: Pretrained): Model {
  const { config, parameters } = withZeroHead(opened, 3)
  const { shape, data } = parameter(parameters, 'head.weight')
  expect(data.every((value) => value === 0)).toBe(true)
  const random = createRandom(1)
  const head = floatTensor(
    shape,
    data.map(() => normal(random)),
  )
  return { config, parameters: new Map([...parameters, ['head.weight', head]]) }
}

function sameData(a: Float32Array, b: Float32Array | undefined): boolean {
  return (
    b !== undefined &&
    Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(
      Buffer.from(b.buffer, b.byteOffset, b.byteLength),
    )
  )
}

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
    [...parameters].map(([key, { shape }]) => [name(key), filled(shape, 0)])
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
