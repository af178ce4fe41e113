/** @file Sound weights with descriptions beside them that are not. */
import { integer, type Random } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { evilJson, evilTree, evilValue } from './evil-values.ts'
import type { Forgery, Material } from './forgery.ts'
import type { Content, ModelFolder } from './model-folder.ts'

type Files = Pick<ModelFolder, 'files' | 'opened'>
const pick = <T>(random: Random, items: readonly T[]): T => at(items, integer(random, items.length))

const descriptions = {
  hf: 'config.json',
  preprocessor: 'preprocessor_config.json',
  processor: 'processor_config.json',
  openClip: 'open_clip_config.json',
} as const

/** A sound model by its name. */
function soundOne({ sound }: Material, name: string): ModelFolder {
  const found = sound.find((model) => model.name === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}

/** A model of the Hub with another file beside it. */
function beside(material: Material, name: string, file: string, content: Content): Files {
  const { files } = soundOne(material, name)
  return { files: { ...files, [file]: content }, opened: '' }
}

/** A field of a description, and everything that it may be asked. */
function field(path: readonly string[], value: unknown): string {
  const [first, ...rest] = path
  if (first === undefined) return evilJson(value)
  return `{${JSON.stringify(first)}:${field(rest, value)}}`
}

const hfFields = [
  ['hidden_size'],
  ['num_hidden_layers'],
  ['num_attention_heads'],
  ['hidden_act'],
  ['layer_norm_eps'],
  ['image_size'],
  ['architectures'],
  ['problem_type'],
  ['model_type'],
  ['vision_config'],
  ['vision_config', 'hidden_act'],
  ['id2label'],
  ['id2label', '0'],
  ['vit_studio'],
  ['vit_studio', 'framing'],
  ['vit_studio', 'normalisation', 'std'],
  ['quantization_config'],
  ['vit_studio', 'pooling'],
  ['vit_studio', 'labels'],
  ['architecture'],
]
const preprocessorFields = [
  ['size'],
  ['crop_size'],
  ['resample'],
  ['do_center_crop'],
  ['image_mean'],
  ['image_std'],
  ['rescale_factor'],
  ['size', 'shortest_edge'],
  ['size', 'height'],
  ['image_processor_type'],
  ['do_rescale'],
  ['do_resize'],
]
const timmFields = [
  ['pretrained_cfg', 'mean'],
  ['pretrained_cfg', 'std'],
  ['pretrained_cfg', 'input_size'],
  ['pretrained_cfg', 'crop_pct'],
  ['pretrained_cfg', 'crop_mode'],
  ['pretrained_cfg', 'label_names'],
  ['pretrained_cfg', 'tag'],
  ['model_args', 'num_heads'],
  ['model_args', 'act_layer'],
  ['model_args', 'img_size'],
  ['model_args', 'global_pool'],
  ['global_pool'],
  ['label_names'],
]
const openClipFields = [
  ['vision_cfg', 'width'],
  ['vision_cfg', 'layers'],
  ['vision_cfg', 'head_width'],
  ['vision_cfg', 'image_size'],
  ['quick_gelu'],
]

/** A config.json of transformers, of a model that is there, with this field. */
function withField(
  material: Material,
  random: Random,
  model: string,
  file: string,
  fields: readonly string[][],
): Files {
  const forged = field(pick(random, fields), evilValue(random))
  const { files } = soundOne(material, model)
  const stated = files[file]
  const before = stated instanceof Uint8Array ? Buffer.from(stated).toString() : '{}'
  const both = before.trim() === '{}' ? forged : `${before.trimEnd().slice(0, -1)},${forged.slice(1)}`
  return { files: { ...files, [file]: both }, opened: '' }
}

const huge = { height: 1_000_000, width: 1_000_000 }

export const forgedConfigs: Readonly<Record<string, Forgery>> = {
  'a field of config.json': (random, material) =>
    withField(
      material,
      random,
      pick(random, ['hf-vit', 'hf-clip', 'hf-siglip', 'hf-dinov2']),
      descriptions.hf,
      hfFields,
    ),
  'a field of a model of timm': (random, material) =>
    withField(material, random, 'timm', descriptions.hf, timmFields),
  'a field of preprocessor_config.json': (random, material) =>
    withField(material, random, 'hf-vit', descriptions.preprocessor, preprocessorFields),
  'a field of open_clip_config.json': (random, { sound }) => {
    const weights = sound.find(({ name }) => name === 'families-ViT-B-8.pt')?.files['ViT-B-8.pt'] ?? ''
    const config = field(['model_cfg', ...pick(random, openClipFields)], evilValue(random))
    return { files: { 'ViT-B-8.pt': weights, [descriptions.openClip]: config }, opened: '' }
  },
  'a tree of config.json': (random, material) => {
    const { files } = soundOne(
      material,
      pick(random, ['hf-vit', 'timm', 'timm-siglip', 'hf-dinov2-registers']),
    )
    const text = Buffer.from(files['config.json'] as Uint8Array).toString()
    return { files: { ...files, 'config.json': evilJson(evilTree(JSON.parse(text), random, 4)) }, opened: '' }
  },
  'a description that is no file': (random, material) => {
    const content = pick<Content>(random, [
      { is: 'pipe' },
      { is: 'folder' },
      { is: 'link', to: '/dev/zero' },
      { is: 'link', to: '/dev/stdin' },
      { is: 'link', to: '/proc/self/mem' },
      { is: 'link', to: '/proc/self/environ' },
      { is: 'link', to: 'config.json' },
      { is: 'link', to: 'preprocessor_config.json' },
      { is: 'link', to: '/etc/passwd' },
      { is: 'link', to: 'nowhere' },
    ])
    return beside(
      material,
      pick(random, ['hf-vit', 'timm']),
      pick(random, Object.values(descriptions)),
      content,
    )
  },
  'a description that is too large': (random, material) =>
    beside(material, 'hf-vit', pick(random, Object.values(descriptions)), {
      is: 'hole',
      start: Buffer.from('{'),
      size: pick(random, [19e6, 30e6, 8e9]),
    }),
  'brackets without end': (random, material) =>
    beside(
      material,
      'hf-vit',
      pick(random, [descriptions.hf, descriptions.preprocessor]),
      '['.repeat(pick(random, [19_000_000, 100_000_000])),
    ),
  'objects without end': (_, material) =>
    beside(material, 'timm', descriptions.hf, '{"a":'.repeat(3_900_000)),
  'names without end': (random, material) =>
    beside(
      material,
      'hf-vit',
      descriptions.hf,
      `{"id2label":{${Array.from({ length: 700_000 }, (_, i) => `"${i}":"${pick(random, ['a', '\\u001b'])}"`).join(',')}}}`,
    ),
  'names that are none': (_, material) =>
    beside(
      material,
      'timm',
      descriptions.hf,
      `{"architecture":"vit","label_names":[${'5,'.repeat(5_000_000)}5]}`,
    ),
  'wrong values without end': (random, material) => {
    const list = `[${'5,'.repeat(5_000_000)}5]`
    const key = pick(random, ['architectures', 'image_size', 'vit_studio', 'id2label'])
    return beside(
      material,
      'hf-vit',
      descriptions.hf,
      `{${JSON.stringify(key)}:${key === 'vit_studio' ? `{"labels":${list}}` : list}}`,
    )
  },
  'texts that are not JSON': (random, material) =>
    beside(
      material,
      pick(random, ['hf-vit', 'timm']),
      pick(random, [descriptions.hf, descriptions.preprocessor]),
      pick<Content>(random, [
        '',
        '\u0000',
        'null',
        '5',
        '"x"',
        '[]',
        'NaN',
        '{"a":1',
        '// x',
        "{'a':1}",
        '{"layer_norm_eps":1e308}',
        '{"layer_norm_eps":-Infinity}',
        Buffer.from('{"model_type":"vit"}', 'utf16le'),
        Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"model_type":"vit"}')]),
        Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
      ]),
    ),
  'a photo that is resized to a million pixels': (random, material) =>
    beside(
      material,
      'hf-vit',
      descriptions.preprocessor,
      JSON.stringify(
        pick<unknown>(random, [
          { size: { shortest_edge: 1_000_000 }, crop_size: 4, do_center_crop: true },
          { size: huge, crop_size: 4, do_center_crop: true },
          { size: huge, crop_size: { height: 1, width: 1 }, do_center_crop: true },
          { size: { shortest_edge: 1 }, crop_size: 1_000_000, do_center_crop: true },
          { size: { height: 1, width: 1_000_000 } },
          {
            size: { height: 1_000_000, width: 1 },
            crop_size: { height: 1, width: 1_000_000 },
            do_center_crop: true,
          },
        ]),
      ),
    ),
  'a share of a photo': (random, material) => {
    const { files } = soundOne(material, 'timm')
    const shared = {
      crop_pct: pick(random, [1e-9, 1e-300, 5e-324, 1e-4, 1]),
      crop_mode: pick(random, ['center', 'squash', 'border']),
    }
    const config = { architecture: 'vit', pretrained_cfg: { input_size: [3, 12, 12], ...shared } }
    return { files: { ...files, 'config.json': JSON.stringify(config) }, opened: '' }
  },
  pixels: (random, material) =>
    beside(
      material,
      'hf-vit',
      descriptions.preprocessor,
      pick(random, [
        '{"image_std":0}',
        '{"image_std":[1e-4,1e-4,1e-4],"image_mean":[1e4,-1e4,0]}',
        '{"image_mean":1e308,"image_std":1}',
        '{"rescale_factor":1e-300,"image_mean":0.5,"image_std":0.5}',
        '{"rescale_factor":5e-324,"image_mean":1,"image_std":1}',
        '{"image_std":-1}',
        '{"image_mean":[0.5],"image_std":[0.5]}',
        '{"rescale_factor":1e6,"image_mean":1,"image_std":1}',
      ]),
    ),
}

/** A run of a stranger: its record states whatever they like. */
export const forgedRuns: Readonly<Record<string, Forgery>> = {
  'a tree of run.json': (random, material) => withRecord(material, (record) => evilTree(record, random, 1)),
  'sizes of run.json': (random, material) =>
    withRecord(material, (record) => {
      const { model } = record as { model: { config: Record<string, unknown> } }
      const key = pick(random, [
        'width',
        'depth',
        'heads',
        'mlpWidth',
        'patch',
        'classes',
        'registers',
        'grid',
        'layerNormEpsilon',
        'stem',
      ])
      const large = pick(random, [1e6, 1e9, 2 ** 52])
      const values: Readonly<Record<string, unknown>> = {
        grid: { rows: large, columns: large },
        layerNormEpsilon: pick(random, [1e308, 5e-324]),
        stem: {
          width: 64,
          units: Array.from({ length: pick(random, [4, 100_000]) }, () => large),
          arithmetic: 'jax',
        },
      }
      model.config[key] = values[key] ?? large
      return record
    }),
  'classes of run.json': (random, material) =>
    withRecord(material, (record) => {
      const classes = pick<unknown>(random, [
        ['a'],
        ['a', 'b'],
        Array.from({ length: 1_000_000 }, (_, i) => `c${i}`),
        Array.from({ length: 3_000_000 }, () => 5),
      ])
      return { ...(record as object), classes }
    }),
  'preprocessing of run.json': (random, material) =>
    withRecord(material, (record) => {
      const { preprocessing } = record as { preprocessing: Record<string, unknown> }
      Object.assign(
        preprocessing,
        pick<unknown>(random, [
          {
            resolution: {
              height: 8192,
              width: 8192,
            },
          },
          {
            resolution: {
              height: 1,
              width: 8192,
            },
          },
          { std: [5e-324, 1, 1] },
          { mean: [1e308, 0, 0] },
          {
            resize: {
              cover: {
                height: 8192,
                width: 8192,
              },
            },
          },
          {
            resize: {
              squash: {
                height: 8192,
                width: 8192,
              },
            },
          },
        ]),
      )
      return record
    }),
  'run.json of brackets': (random, material) => {
    const { files } = soundOne(material, 'run')
    return {
      files: { ...files, 'run.json': '['.repeat(pick(random, [19_000_000, 100_000_000])) },
      opened: '',
    }
  },
  'run.json of numbers': (_, material) => {
    const { files } = soundOne(material, 'run')
    return { files: { ...files, 'run.json': `{"classes":[${'5,'.repeat(20_000_000)}5]}` }, opened: '' }
  },
  'run.json that is no file': (random, material) => {
    const { files } = soundOne(material, 'run')
    const content = pick<Content>(random, [
      { is: 'pipe' },
      { is: 'folder' },
      { is: 'link', to: '/dev/zero' },
      { is: 'link', to: 'run.json' },
    ])
    return { files: { ...files, 'run.json': content }, opened: '' }
  },
  'weights of a run': (random, material) => {
    const { files } = soundOne(material, 'run')
    const content = pick<Content>(random, [
      { is: 'pipe' },
      { is: 'folder' },
      { is: 'link', to: '/dev/zero' },
      '',
      Buffer.alloc(100),
    ])
    return { files: { ...files, 'best.safetensors': content, 'last.safetensors': content }, opened: '' }
  },
}

function withRecord(material: Material, change: (record: unknown) => unknown): Files {
  const { files } = soundOne(material, 'run')
  const { check: _, ...record } = JSON.parse(Buffer.from(files['run.json'] as Uint8Array).toString()) as {
    check: string
  }
  return { files: { ...files, 'run.json': evilJson(change(record)) }, opened: '' }
}
