/** @file What is recognised from names, shapes and neighbouring files, and what is said about it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { describeCheckpoint, openCheckpoint } from '../../../core/files/checkpoint.ts'
import { clipLayout, hfVisionLayout } from '../../../core/files/layout-clip.ts'
import { hfLayout } from '../../../core/files/layout-hf.ts'
import { jaxLayout } from '../../../core/files/layout-jax.ts'
import type { Layout } from '../../../core/files/layout.ts'
import { tensorsToWrite, type ModelToExport } from '../../../core/files/model-to-export.ts'
import { writeNpz } from '../../../core/files/npz-write.ts'
import { inEnglish } from '../../../core/sentence.ts'
import { filled, parameter } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { plain, prefixed, saved, timmTensors, tinyConfig, tinyModel, withoutValues } from './tiny-models.ts'

const has = (part: string) => expect.stringContaining(part)

describe('recognition', () => {
  it('takes wrappers off the names and leaves other networks out', async () => {
    const model = tinyModel()
    const tensors = prefixed(timmTensors(model), 'module.backbone.')
    tensors.set('module.head.mlp.0.weight', filled([4, 4], 1))
    const opened = await openCheckpoint(await saved(tensors), { heads: 2 })
    expect(plain(opened.parameters)).toEqual(plain(model.parameters))
    expect(opened.notes.map(inEnglish)).toContain(
      '1 tensor outside the encoder, such as “module.head.mlp.0.weight”, is left out.',
    )
  })

  const recognised: [string, ModelToExport, Partial<ModelToExport['config']>][] = [
    ['LayerScale', tinyModel({ layerScale: true }), {}],
    ['no bias for queries, keys and values', tinyModel({ qkvBias: false }), {}],
    ['position embeddings for patches only', tinyModel({ prefixPositions: false }), {}],
    ['fc_norm', tinyModel({ pooling: 'mean', finalNorm: 'afterPooling' }), {}],
    ['no class token', tinyModel({ pooling: 'mean', classToken: false }), {}],
    ['a distillation token', tinyModel({ pooling: 'distilled' }), {}],
    ['no head', tinyModel({ classes: 0 }), {}],
  ]
  it.each(recognised)('sees %s in names and shapes', async (_, model) => {
    const opened = await openCheckpoint(await saved(timmTensors(model)), { heads: 2 })
    expect(opened.config).toEqual(model.config)
    expect(plain(opened.parameters)).toEqual(plain(model.parameters))
  })

  it('knows the heads of the standard widths', async () => {
    const heads = async (width: number, depth: number, swiglu = false): Promise<number> => {
      const config = tinyConfig({ swiglu, width, depth, mlpWidth: 4, patch: 2, heads: 1, classes: 0 })
      return (await describeCheckpoint(await withoutValues(config))).config.heads
    }
    expect(await heads(192, 1)).toBe(3)
    expect(await heads(768, 1)).toBe(12)
    expect(await heads(768, 8)).toBe(8)
    expect(await heads(1280, 1)).toBe(16)
    expect([await heads(1536, 1), await heads(1536, 1, true)]).toEqual([16, 24])
    await expect(heads(80, 1)).rejects.toMatchObject({ code: 'invalid_input', message: has('width of 80') })
  })

  it.each([
    ['dino_small.safetensors', 'DINO (timm layout)', 'dino', 0.485],
    ['dinov2_vits14.safetensors', 'DINOv2 (timm layout)', 'dino', 0.485],
    ['dinosaurs.safetensors', 'ViT (timm layout)', 'timm', 0.485],
    ['deit_small.safetensors', 'DeiT (timm layout)', 'timm', 0.485],
    ['vit_small.augreg.safetensors', 'ViT (timm layout)', 'timm', 0.5],
    ['vit_base_miil.safetensors', 'ViT of ImageNet-21K-P (MIIL) (timm layout)', 'timm', 0],
    ['vit_huge_gap.ijepa.safetensors', 'self-supervised ViT (timm layout)', 'timm', 0.485],
    ['model.safetensors', 'ViT (timm layout)', 'timm', 0.485],
  ])('%s is taken for %s', async (name, family, positionResize, red) => {
    const description = await describeCheckpoint(await saved(timmTensors(tinyModel()), name), { heads: 2 })
    expect(description).toMatchObject({ family, positionResize })
    expect(description.normalisation.mean[0]).toBe(red)
  })

  it('knows Google by the number of classes of ImageNet-21k', async () => {
    const config = tinyConfig({ classes: 21_843 })
    const { family, normalisation } = await describeCheckpoint(await withoutValues(config), { heads: 2 })
    expect(family).toBe('ViT of ImageNet-21k (timm layout)')
    expect(normalisation.std).toEqual([0.5, 0.5, 0.5])
  })

  it('says when mean and standard deviation are only assumed', async () => {
    const { notes } = await describeCheckpoint(await saved(timmTensors(tinyModel())), { heads: 2 })
    expect(notes.map(inEnglish)).toContainEqual(
      has('assumed, because the file does not say (AugReg and the original ViT'),
    )
  })

  it('gives MAE encoders a fresh final norm after the mean of the patches', async () => {
    const tensors = timmTensors(tinyModel({ classes: 0 }))
    tensors.set('mask_token', filled([1, 1, 4], 1)).set('decoder_pred.weight', filled([4, 4], 1))
    const { family, config, parameters } = await openCheckpoint(await saved(tensors), { heads: 2 })
    expect(family).toBe('MAE (timm layout)')
    expect(config).toEqual(tinyConfig({ classes: 0, pooling: 'mean', finalNorm: 'afterPooling' }))
    expect(parameter(parameters, 'norm.scale')).toEqual(filled([16], 1))
    expect(parameter(parameters, 'norm.bias')).toEqual(filled([16], 0))
    const asClass = await openCheckpoint(await saved(tensors), { heads: 2, pooling: 'class' })
    expect(asClass.config).toEqual(tinyConfig({ classes: 0 }))
    expect(parameter(asClass.parameters, 'norm.scale')).toEqual(
      parameter(tinyModel().parameters, 'norm.scale'),
    )
  })

  it('drops pre_logits together with the head that needs it', async () => {
    const tensors = timmTensors(tinyModel())
    tensors.set('pre_logits.fc.weight', filled([16, 16], 1)).set('pre_logits.fc.bias', filled([16], 1))
    const { config, parameters, notes } = await openCheckpoint(await saved(tensors), { heads: 2 })
    expect(config.classes).toBe(0)
    expect(parameters.has('head.weight')).toBe(false)
    expect(notes.map(inEnglish)).toContainEqual(has('head is left out: it expects the “pre_logits” layer'))
    const list = tensorsToWrite(jaxLayout, tinyModel())
    const path = join(temporaryFolder(), 'in21k.npz')
    await writeNpz(path, [
      ...list,
      { name: 'pre_logits/kernel', shape: [16, 16], load: () => filled([16, 16], 1) },
    ])
    expect((await openCheckpoint(path)).config).toEqual(tinyConfig({ classes: 0, gelu: 'tanh' }))
  })

  it('leaves out a DeiT head that reads the class token alone, and unused poolers', async () => {
    const list = tensorsToWrite(hfLayout, tinyModel({ pooling: 'distilled' }))
    const tensors = new Map(
      list.map(({ name, load }) => [name.replace('cls_classifier', 'classifier'), load()]),
    )
    for (const part of ['weight', 'bias']) tensors.delete(`distillation_classifier.${part}`)
    tensors.set('pooler.dense.bias', filled([16], 1))
    const { config, notes } = await openCheckpoint(await saved(tensors), { heads: 2 })
    expect(config).toMatchObject({ pooling: 'distilled', classes: 0, layerNormEpsilon: 1e-12 })
    expect(notes.map(inEnglish)).toContainEqual(has('it reads the class token alone'))
  })

  it('uses two equal heads as one', async () => {
    const { parameters, notes } = await openCheckpoint(
      await saved(timmTensors(tinyModel({ pooling: 'distilled' }))),
      {
        heads: 2,
      },
    )
    expect(parameters.has('headDistillation.weight')).toBe(false)
    expect(notes.map(inEnglish)).toContainEqual(has('Both heads are the same'))
  })

  it('lets every assumption be overridden', async () => {
    const overrides = {
      heads: 4,
      gelu: 'tanh',
      layerNormEpsilon: 1e-5,
      pooling: 'mean',
      normalisation: { mean: [0.1, 0.2, 0.3], std: [1, 2, 3] },
      positionResize: 'jax',
    } as const
    const { config, normalisation, positionResize } = await describeCheckpoint(
      await saved(timmTensors(tinyModel())),
      overrides,
    )
    expect(config).toEqual(tinyConfig({ heads: 4, gelu: 'tanh', layerNormEpsilon: 1e-5, pooling: 'mean' }))
    expect({ normalisation, positionResize }).toEqual({
      normalisation: overrides.normalisation,
      positionResize: 'jax',
    })
  })
})

const clip = { gelu: 'quick', layerNormEpsilon: 1e-5, preNorm: true, patchBias: false } as const
const siglip = { gelu: 'tanh', pooling: 'attention', classToken: false } as const

/** Path of a file with a model in a layout. */
const inLayout = async (
  layout: Layout,
  model: ModelToExport,
  prefix = '',
  name?: string,
): Promise<string> => {
  const tensors = new Map(tensorsToWrite(layout, model).map((tensor) => [tensor.name, tensor.load()]))
  return saved(prefixed(tensors, prefix), name)
}

const beside = async (path: string, file: string, content: object): Promise<void> =>
  writeFile(join(path, '..', file), JSON.stringify(content))

describe('CLIP and SigLIP', () => {
  it.each([
    ['ViT-B-16.pt', 'quick'],
    ['ViT-B-16-laion2b.pt', 'erf'],
    ['ViT-B-16-quickgelu-datacomp.pt', 'quick'],
  ])('the activation is guessed from the name %s', async (name, gelu) => {
    const path = await inLayout(clipLayout, tinyModel({ ...clip, classes: 0 }), 'visual.', name)
    expect((await describeCheckpoint(path, { heads: 2 })).config).toEqual(
      tinyConfig({ ...clip, classes: 0, gelu: gelu as 'quick' | 'erf' }),
    )
  })

  it("open_clip's configuration says the activation, the heads and the pixels", async () => {
    const path = await inLayout(clipLayout, tinyModel({ ...clip, classes: 0 }), 'visual.')
    await beside(path, 'open_clip_config.json', {
      model_cfg: { vision_cfg: { width: 16, layers: 2, head_width: 8, image_size: 12 } },
      preprocess_cfg: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    })
    const { config, normalisation } = await describeCheckpoint(path)
    expect(config).toEqual(tinyConfig({ ...clip, classes: 0, gelu: 'erf' }))
    expect(normalisation.std).toEqual([0.25, 0.25, 0.25])
  })

  it('a classifier is used only where a config.json says that it reads these features', async () => {
    const path = await inLayout(hfVisionLayout, tinyModel(clip))
    const without = await describeCheckpoint(path, { heads: 2 })
    expect(without.config).toEqual(tinyConfig({ ...clip, classes: 0 }))
    expect(without.notes.map(inEnglish)).toContainEqual(has('no config.json says what it reads'))
    const config = { model_type: 'clip', vision_config: { num_attention_heads: 2 } }
    await beside(path, 'config.json', { ...config, architectures: ['CLIPForImageClassification'] })
    const { config: found, notes } = await describeCheckpoint(path)
    expect(found).toEqual(without.config)
    expect(notes.map(inEnglish)).toContainEqual(
      has('it reads the mean of the patches without the final norm'),
    )
    await beside(path, 'config.json', { ...config, vit_studio: { pooling: 'class' } })
    expect((await describeCheckpoint(path)).config).toEqual(tinyConfig(clip))
  })

  it("SigLIP's attention pooling is left out where the mean is asked for", async () => {
    const path = await inLayout(hfVisionLayout, tinyModel({ ...siglip, classes: 0 }), 'vision_model.')
    const { config, notes, shapes } = await describeCheckpoint(path, { heads: 2, pooling: 'mean' })
    expect(config).toEqual(tinyConfig({ ...siglip, classes: 0, pooling: 'mean' }))
    expect(shapes.has('pool.probe')).toBe(false)
    expect(notes.map(inEnglish)).toContainEqual(
      has('“head.probe” and 10 more tensors of the encoder are not used here'),
    )
  })

  it.each([
    ['vit_base_patch16_siglip_224', 'erf'],
    ['vit_large_patch16_siglip_384', 'erf'],
    ['vit_large_patch16_siglip_512', 'tanh'],
    ['vit_so400m_patch14_siglip_384', 'erf'],
    ['vit_so400m_patch16_siglip_256', 'tanh'],
    ['vit_giantopt_patch16_siglip_gap_256', 'tanh'],
  ])('timm computes %s with %s', async (architecture, gelu) => {
    const path = await saved(timmTensors(tinyModel(siglip)))
    await beside(path, 'config.json', { architecture, model_args: { num_heads: 2 } })
    expect((await describeCheckpoint(path)).config.gelu).toBe(gelu)
  })

  it.each([
    ['openai', 'quick'],
    ['openai_ft_in1k', 'erf'],
    ['laion2b', 'erf'],
  ])('weights of timm called %s are computed as they were trained', async (tag, gelu) => {
    const path = await saved(timmTensors(tinyModel(clip)))
    const architecture = 'vit_base_patch16_clip_224'
    await beside(path, 'config.json', { architecture, model_args: { num_heads: 2 }, pretrained_cfg: { tag } })
    expect((await describeCheckpoint(path)).config).toEqual(
      tinyConfig({ ...clip, gelu: gelu as 'quick' | 'erf' }),
    )
  })

  it("the projection that timm keeps as CLIP's head is left out, and classes with names are not", async () => {
    const path = await saved(timmTensors({ ...tinyModel({ ...clip, classes: 256 }), labels: names(256) }))
    const { config, notes } = await describeCheckpoint(path, { heads: 2 })
    // Nothing says that it is QuickGELU: timm's CLIPs are not unless their name says so.
    expect(config).toEqual(tinyConfig({ ...clip, gelu: 'erf', classes: 0 }))
    expect(notes.map(inEnglish)).toContainEqual(has('it is the projection into the space shared with texts'))
    const architecture = 'vit_base_patch16_clip_quickgelu_224'
    await beside(path, 'config.json', { architecture, label_names: names(256), model_args: { num_heads: 2 } })
    expect((await describeCheckpoint(path)).config).toEqual(tinyConfig({ ...clip, classes: 256 }))
  })

  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `class ${index}`)
})

describe('DINOv2 and MAE', () => {
  it('blocks that are in chunks, as while DINOv2 trains, keep their numbers', async () => {
    const model = tinyModel({ layerScale: true, classes: 0 })
    const chunked = new Map(
      [...timmTensors(model)].map(([name, tensor]) => [name.replace(/^blocks\.(\d)/, 'blocks.0.$1'), tensor]),
    )
    const opened = await openCheckpoint(await saved(prefixed(chunked, 'teacher.backbone.')), { heads: 2 })
    expect(plain(opened.parameters)).toEqual(plain(model.parameters))
  })

  it("MAE's encoder is read for its mean, whatever pooling timm's config.json happens to have", async () => {
    const path = await saved(timmTensors(tinyModel({ classes: 0 })))
    await beside(path, 'config.json', {
      architecture: 'vit_base_patch16_224',
      global_pool: 'token',
      model_args: { num_heads: 2 },
      pretrained_cfg: { tag: 'mae' },
    })
    const { config, positionResize } = await describeCheckpoint(path)
    expect(config).toEqual(tinyConfig({ classes: 0, pooling: 'mean', finalNorm: 'afterPooling' }))
    expect(positionResize).toBe('timm')
  })
})

describe('neighbouring files', () => {
  async function withConfig(config: unknown, model = tinyModel(), file = 'config.json'): Promise<string> {
    const path = await saved(timmTensors(model))
    await writeFile(join(path, '..', file), typeof config === 'string' ? config : JSON.stringify(config))
    return path
  }

  it('a timm config.json tells heads, activation, pooling, pixels and labels', async () => {
    const config = {
      architecture: 'vit_tiny_patch16_224',
      label_names: ['x', 'y', 'z'],
      model_args: { num_heads: 2, act_layer: 'gelu_tanh' },
      global_pool: 'avg',
      pretrained_cfg: {
        mean: [0.5, 0.5, 0.5],
        std: [0.25, 0.25, 0.25],
        input_size: [3, 12, 12],
        tag: 'augreg',
      },
    }
    const description = await describeCheckpoint(await withConfig(config))
    expect(description.config).toEqual(tinyConfig({ gelu: 'tanh', pooling: 'mean' }))
    expect(description.normalisation).toEqual({ mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] })
    expect(description.labels).toEqual(['x', 'y', 'z'])
  })

  it('the image size settles a grid that is not square', async () => {
    const wide = tinyModel({ grid: { rows: 2, columns: 6 } })
    const config = { num_attention_heads: 2, image_size: [8, 24] }
    expect((await describeCheckpoint(await withConfig(config, wide))).config.grid).toEqual({
      rows: 2,
      columns: 6,
    })
    // 4 × 9 patches are as many as 6 × 6.
    const square = tinyModel({ grid: { rows: 4, columns: 9 } })
    const other = { num_attention_heads: 2, image_size: [16, 36] }
    expect((await describeCheckpoint(await withConfig(other, square))).config.grid).toEqual({
      rows: 4,
      columns: 9,
    })
    await expect(describeCheckpoint(await saved(timmTensors(wide)), { heads: 2 })).rejects.toMatchObject({
      code: 'invalid_input',
      message: has('has 13 rows; less 1 for prefix tokens'),
    })
  })

  it('a size that does not fit is reported and not used', async () => {
    const { config, notes } = await describeCheckpoint(
      await withConfig({ num_attention_heads: 2, image_size: 224 }),
    )
    expect(config.grid).toEqual({ rows: 3, columns: 3 })
    expect(notes.map(inEnglish)).toContainEqual(has('224 × 224 pixels (as config.json says) do not fit'))
  })

  it('preprocessor_config.json gives the pixel range, whatever its factor', async () => {
    const usual = {
      image_mean: [0.4, 0.4, 0.4],
      image_std: [0.2, 0.2, 0.2],
      rescale_factor: 0.00392156862745098,
    }
    const read = async (config: object) =>
      (
        await describeCheckpoint(await withConfig(config, tinyModel(), 'preprocessor_config.json'), {
          heads: 2,
        })
      ).normalisation
    expect(await read(usual)).toEqual({ mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] })
    expect(await read({ do_normalize: false })).toEqual({ mean: [0, 0, 0], std: [1, 1, 1] })
    // (pixel − 102) / 51 is (pixel / 255 − 0.4) / 0.2.
    const raw = await read({ do_rescale: false, image_mean: [102, 102, 102], image_std: [51, 51, 51] })
    expect(raw).toEqual({ mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] })
  })

  it('what is not a class name is not used, and does not stop anything', async () => {
    const odd = [
      { num_attention_heads: 2, id2label: { 0: 1, 1: 2, 2: 3 } },
      { architecture: 'x', label_names: 'imagenet', model_args: { num_heads: 2 } },
    ]
    for (const config of odd) expect((await describeCheckpoint(await withConfig(config))).labels).toBeNull()
  })

  it('labels that do not fit the head are not used', async () => {
    const config = { num_attention_heads: 2, id2label: { 0: 'a', 1: 'b' } }
    const { labels, notes } = await describeCheckpoint(await withConfig(config))
    expect(labels).toBeNull()
    expect(notes.map(inEnglish)).toContainEqual(has('The 2 class names (as config.json says) are not used'))
  })

  it.each([
    [
      { hidden_size: 32, num_hidden_layers: 2 },
      'invalid_input',
      '32 wide with 2 blocks, but weights.safetensors is 16 wide',
    ],
    [
      { model_type: 'swin' },
      'unsupported',
      'a Swin Transformer, whose positions are relative (config.json says “swin”)',
    ],
    [{ hidden_act: 'relu' }, 'unsupported', '“relu”'],
    [{ architecture: 'vit_huge_patch16_radio_v4' }, 'unsupported', '“vit_huge_patch16_radio_v4”'],
    [
      { architecture: 'vit_small_patch16_rope_ape_224' },
      'unsupported',
      'a RoPE-ViT, whose positions are rotary',
    ],
    [{ architecture: 'vit_x', global_pool: 'max' }, 'unsupported', 'pooling “max”'],
    [{ architecture: 'vit_x', global_pool: 'map' }, 'unsupported', 'a class token and no attention pooling'],
    [{ architecture: 'vit_x', model_args: { act_layer: 'silu' } }, 'unsupported', '“silu”'],
    [{ hidden_size: 'many' }, 'invalid_input', '“hidden_size”'],
    ['{', 'invalid_input', 'config.json is not valid JSON'],
  ])('%j is refused', async (config, code, message) => {
    await expect(describeCheckpoint(await withConfig(config), { heads: 2 })).rejects.toMatchObject({
      code,
      message: has(message),
    })
  })
})
