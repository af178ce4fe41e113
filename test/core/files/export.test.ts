/** @file Exports: each layout reopened gives the same model, and what a layout cannot express is refused. */
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { openCheckpoint } from '../../../core/files/checkpoint.ts'
import { writeHuggingFace } from '../../../core/files/export-hf.ts'
import { writeJax } from '../../../core/files/export-jax.ts'
import { writeTimm } from '../../../core/files/export-timm.ts'
import type { ModelToExport } from '../../../core/files/model-to-export.ts'
import { parameter } from '../../../core/tensor/tensor.ts'
import type { VitConfig } from '../../../core/vit/config.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { plain, tinyModel } from './tiny-models.ts'

type Writer = (folder: string, model: ModelToExport) => Promise<string[]>

const writers: Readonly<Record<string, Writer>> = {
  hf: writeHuggingFace,
  timm: writeTimm,
  jax: (folder, model) => writeJax(join(folder, 'model.npz'), model),
}

const readJson = async (path: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>

const wide = { grid: { rows: 2, columns: 6 } }

const clip: Partial<VitConfig> = { gelu: 'quick', layerNormEpsilon: 1e-5, preNorm: true, patchBias: false }
const siglip: Partial<VitConfig> = { gelu: 'tanh', pooling: 'attention', classToken: false }
const dinov2: Partial<VitConfig> = { layerScale: true, pooling: 'classAndMean' }

const expressible: [format: string, what: string, changes: Partial<VitConfig>, layout?: string][] = [
  ['hf', 'a plain ViT', {}],
  [
    'hf',
    'tanh GELU, another epsilon, no bias for queries, a wide grid',
    { gelu: 'tanh', layerNormEpsilon: 1e-12, qkvBias: false, ...wide },
  ],
  ['hf', 'quick GELU', { gelu: 'quick' }],
  ['hf', 'a distilled model', { pooling: 'distilled', ...wide }],
  ['timm', 'a plain ViT', {}],
  [
    'timm',
    'tanh GELU, a small epsilon, no bias for queries, a wide grid',
    { gelu: 'tanh', layerNormEpsilon: 1e-12, qkvBias: false, ...wide },
  ],
  [
    'timm',
    'quick GELU and LayerScale without prefix positions',
    { gelu: 'quick', layerScale: true, prefixPositions: false },
  ],
  ['timm', 'a distilled model', { pooling: 'distilled' }],
  ['timm', 'the mean of the patches, norm before', { pooling: 'mean' }],
  ['timm', 'the mean of the patches, norm after', { pooling: 'mean', finalNorm: 'afterPooling' }],
  ['timm', 'the mean without a class token, norm before', { pooling: 'mean', classToken: false }],
  [
    'timm',
    'the mean without a class token, norm after',
    { pooling: 'mean', classToken: false, finalNorm: 'afterPooling' },
  ],
  ['timm', 'the class token, norm after', { finalNorm: 'afterPooling' }],
  ['jax', 'a plain ViT', {}],
  ['jax', 'exact GELU, another epsilon and a wide grid', { layerNormEpsilon: 1e-12, ...wide }],
  ['jax', 'tanh GELU', { gelu: 'tanh' }],
  ['jax', 'the mean without a class token', { pooling: 'mean', classToken: false }, 'bigVision'],
  ['jax', 'a class token without a position', { prefixPositions: false }, 'bigVision'],
  ['jax', 'SigLIP', siglip, 'bigVision'],
  ['hf', 'DINOv2', dinov2, 'hfDinov2'],
  ['hf', 'DINOv2 giant with registers', { ...dinov2, registers: 4, swiglu: true }, 'hfDinov2'],
  ['hf', 'CLIP', clip, 'hfVision'],
  ['hf', 'SigLIP', siglip, 'hfVision'],
  ['hf', 'SigLIP with the mean of the patches', { ...siglip, pooling: 'mean' }, 'hfVision'],
  ['timm', 'DINOv2 with registers', { layerScale: true, registers: 4, prefixPositions: false }],
  ['timm', 'DINOv2 giant', { layerScale: true, swiglu: true }],
  ['timm', 'CLIP', clip],
  ['timm', 'an epsilon of CLIP in another model', { layerNormEpsilon: 1e-5 }],
  ['timm', 'SigLIP', siglip],
]

describe('a model exported and opened again', () => {
  it.each(expressible)('as %s is the same: %s', async (format, _, changes, layout = format) => {
    const model = { ...tinyModel(changes), positionResize: 'dino' } as const
    const folder = join(temporaryFolder(), 'export')
    const paths = await writers[format]!(folder, model)
    expect(paths.toSorted()).toEqual((await readdir(folder)).map((name) => join(folder, name)).toSorted())
    const opened = await openCheckpoint(folder)
    const { config, normalisation, labels, positionResize } = model
    expect(opened).toMatchObject({ layout, normalisation, labels, positionResize })
    expect(opened.config).toEqual(config)
    expect(plain(opened.parameters)).toEqual(plain(model.parameters))
  })

  it('replaces an earlier export in the same place', async () => {
    const folder = temporaryFolder()
    await writeTimm(folder, tinyModel())
    const paths = await writeTimm(folder, tinyModel({ pooling: 'distilled' }))
    expect((await openCheckpoint(folder)).config.pooling).toBe('distilled')
    expect(await readdir(folder)).toHaveLength(paths.length)
  })

  it('keeps two different heads of a distilled model apart', async () => {
    const model = tinyModel({ pooling: 'distilled' })
    const other = tinyModel({ pooling: 'distilled', width: 16 }).parameters
    const parameters = new Map([
      ...model.parameters,
      [
        'headDistillation.weight',
        { ...parameter(other, 'head.weight'), data: new Float32Array(48).fill(2) },
      ] as const,
      ['headDistillation.bias', parameter(other, 'head.bias')] as const,
    ])
    for (const write of [writeHuggingFace, writeTimm]) {
      const folder = temporaryFolder()
      await write(folder, { ...model, parameters })
      expect(plain((await openCheckpoint(folder)).parameters)).toEqual(plain(parameters))
    }
  })

  it('gets rows of zeros where a layout wants positions for prefix tokens', async () => {
    const model = tinyModel({ prefixPositions: false })
    const folder = temporaryFolder()
    await writeHuggingFace(folder, model)
    const { config, parameters } = await openCheckpoint(folder)
    expect(config).toEqual({ ...model.config, prefixPositions: true })
    const positions = parameter(parameters, 'positionEmbedding')
    expect(positions.shape).toEqual([10, 16])
    expect([...positions.data]).toEqual([
      ...new Array<number>(16).fill(0),
      ...parameter(model.parameters, 'positionEmbedding').data,
    ])
  })

  it('gets weights of zero for the mean of the patches where a head always reads that', async () => {
    const model = tinyModel({ layerScale: true })
    const folder = temporaryFolder()
    await writeHuggingFace(folder, model)
    const { config, parameters } = await openCheckpoint(folder)
    expect(config).toEqual({ ...model.config, pooling: 'classAndMean' })
    const head = parameter(model.parameters, 'head.weight').data
    const rows = [0, 1, 2].flatMap((row) => [
      ...head.subarray(row * 16, (row + 1) * 16),
      ...new Array<number>(16).fill(0),
    ])
    expect([...parameter(parameters, 'head.weight').data]).toEqual(rows)
  })

  it("gets the class token's position added to the token where timm has none beside registers", async () => {
    const model = tinyModel({ layerScale: true, registers: 2 })
    const folder = temporaryFolder()
    await writeTimm(folder, model)
    const { config, parameters } = await openCheckpoint(folder)
    expect(config).toEqual({ ...model.config, prefixPositions: false })
    const [token, positions] = [
      parameter(model.parameters, 'classToken'),
      parameter(model.parameters, 'positionEmbedding'),
    ]
    expect([...parameter(parameters, 'classToken').data]).toEqual(
      [...token.data].map((value, i) => Math.fround(value + positions.data[i]!)),
    )
    expect([...parameter(parameters, 'positionEmbedding').data]).toEqual([...positions.data.subarray(16)])
  })
})

describe('without what only this program writes', () => {
  it.each(['hf', 'timm'])('%s still says everything in its own fields', async (format) => {
    const model = tinyModel({ gelu: 'tanh', ...wide })
    const folder = temporaryFolder()
    await writers[format]!(folder, model)
    const { vit_studio: own, ...config } = await readJson(join(folder, 'config.json'))
    expect(own).toBeDefined()
    await writeFile(join(folder, 'config.json'), JSON.stringify(config))
    const opened = await openCheckpoint(folder)
    expect(opened.config).toEqual(model.config)
    expect(opened).toMatchObject({
      normalisation: model.normalisation,
      labels: model.labels,
      positionResize: format,
    })
  })
})

describe('the files', () => {
  it('of Hugging Face have the classic names, labels as strings and the squash to the resolution', async () => {
    const folder = temporaryFolder()
    await writeHuggingFace(folder, tinyModel(wide))
    expect(await readJson(join(folder, 'config.json'))).toMatchObject({
      architectures: ['ViTForImageClassification'],
      model_type: 'vit',
      image_size: [8, 24],
      patch_size: 4,
      layer_norm_eps: 1e-6,
      hidden_act: 'gelu',
      id2label: { '0': 'ant', '1': 'bee', '2': 'cat' },
      label2id: { ant: 0, bee: 1, cat: 2 },
    })
    expect(await readJson(join(folder, 'preprocessor_config.json'))).toMatchObject({
      size: { height: 8, width: 24 },
      resample: 2,
      rescale_factor: 1 / 255,
      image_mean: [0.485, 0.456, 0.406],
    })
    const weights = (await readFile(join(folder, 'model.safetensors'))).toString('latin1')
    expect(weights).toContain('"vit.encoder.layer.1.attention.attention.query.weight"')
    expect(weights).toContain('"classifier.weight"')
  })

  it('of timm name the architecture and the preprocessing', async () => {
    const folder = temporaryFolder()
    const sized = (changes: Partial<VitConfig>) =>
      tinyModel({
        mlpWidth: 4,
        depth: 12,
        width: 192,
        heads: 3,
        patch: 16,
        grid: { rows: 1, columns: 1 },
        ...changes,
      })
    await writeTimm(folder, sized({}))
    expect(await readJson(join(folder, 'config.json'))).toMatchObject({
      architecture: 'vit_tiny_patch16_224',
      num_classes: 3,
      label_names: ['ant', 'bee', 'cat'],
      model_args: { img_size: [16, 16], embed_dim: 192 },
      pretrained_cfg: {
        input_size: [3, 16, 16],
        interpolation: 'bilinear',
        crop_pct: 1,
        crop_mode: 'squash',
      },
    })
    await writeTimm(folder, sized({ pooling: 'distilled' }))
    expect(await readJson(join(folder, 'config.json'))).toMatchObject({
      architecture: 'deit_tiny_distilled_patch16_224',
      pretrained_cfg: { classifier: ['head', 'head_dist'] },
    })
  })
})

describe('what a layout cannot say', () => {
  const refused: [string, string, Partial<VitConfig>, string][] = [
    ['hf', 'the mean of the patches', { pooling: 'mean' }, 'timm or ONNX'],
    ['hf', 'attention pooling beside a class token', { pooling: 'attention' }, 'timm or ONNX'],
    ['hf', 'registers without LayerScale', { registers: 2 }, 'timm or ONNX'],
    ['hf', "DINOv2's MLP when it is no whole multiple", { layerScale: true, mlpWidth: 40 }, 'timm or ONNX'],
    ['hf', 'a norm before with a bias of the patches', { preNorm: true }, 'timm or ONNX'],
    ['hf', 'a norm after pooling two tokens', { pooling: 'distilled', finalNorm: 'afterPooling' }, 'ONNX'],
    ['timm', 'a norm after pooling two tokens', { pooling: 'distilled', finalNorm: 'afterPooling' }, 'ONNX'],
    ['timm', 'a large epsilon', { layerNormEpsilon: 1e-4 }, 'Hugging Face or ONNX'],
    ['timm', "DINOv2's two features", dinov2, 'Hugging Face or ONNX'],
    ['timm', 'a norm before with a bias of the patches', { preNorm: true }, 'ONNX'],
    ['jax', 'distillation', { pooling: 'distilled' }, 'Hugging Face, timm or ONNX'],
    ['jax', 'LayerScale', { layerScale: true }, 'timm or ONNX'],
    ['jax', 'CLIP', clip, 'timm or ONNX'],
    ['jax', 'registers', { registers: 1 }, 'timm or ONNX'],
    ['jax', 'missing biases', { qkvBias: false }, 'Hugging Face, timm or ONNX'],
    ['jax', 'the mean beside a class token', { pooling: 'mean' }, 'timm or ONNX'],
    [
      'jax',
      'a norm after pooling',
      { pooling: 'mean', classToken: false, finalNorm: 'afterPooling' },
      'timm or ONNX',
    ],
  ]
  it.each(refused)('%s refuses %s and writes nothing', async (format, _, changes, instead) => {
    const folder = temporaryFolder()
    await expect(writers[format]!(folder, tinyModel(changes))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(`Export as ${instead} instead.`),
    })
    expect(await readdir(folder)).toEqual([])
  })
})
