/** @file What files beside a model declare, in every form that transformers and timm accept, and what they may not declare. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { describeCheckpoint, type Description } from '../../../core/files/checkpoint.ts'
import { inEnglish } from '../../../core/sentence.ts'
import { squashed } from '../../../core/vit/config.ts'
import { saved, timmTensors, tinyModel } from './tiny-models.ts'

/** A tiny model, of 12 pixels, beside files of this content. */
async function describeBeside(files: Readonly<Record<string, unknown>>, classes = 3): Promise<Description> {
  const path = await saved(timmTensors(tinyModel({ classes })))
  for (const [name, content] of Object.entries(files))
    await writeFile(join(path, '..', name), typeof content === 'string' ? content : JSON.stringify(content))
  return describeCheckpoint(path, { heads: 2 })
}

const square = (side: number) => ({ height: side, width: side })
const clip = 'CLIPImageProcessor'

describe('preprocessor_config.json', () => {
  const half = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
  it.each([
    ['three numbers', { image_mean: [0.1, 0.2, 0.3], image_std: [1, 2, 3] }, [0.1, 0.2, 0.3], [1, 2, 3]],
    ['one number for all', { image_mean: 0.4, image_std: 0.2 }, [0.4, 0.4, 0.4], [0.2, 0.2, 0.2]],
    ['one in a list', { image_mean: [0.4], image_std: [0.2] }, [0.4, 0.4, 0.4], [0.2, 0.2, 0.2]],
    ['no numbers, of ViT', { image_processor_type: 'ViTImageProcessorFast' }, half.mean, half.std],
    [
      'null, of DeiT',
      { feature_extractor_type: 'DeiTFeatureExtractor', image_mean: null },
      half.mean,
      half.std,
    ],
  ])('normalises by %s', async (_, config, mean, std) => {
    expect((await describeBeside({ 'preprocessor_config.json': config })).normalisation).toEqual({
      mean,
      std,
    })
  })

  it.each([
    ['a number of ViT', { image_processor_type: 'ViTImageProcessor', size: 12 }, squashed],
    [
      'a number of CLIP',
      { image_processor_type: clip, size: 16, crop_size: 12 },
      { resize: { cover: square(16) }, kernel: 'cubic' },
    ],
    [
      'shortest edge, at twice the size',
      { image_processor_type: clip, size: { shortest_edge: 32 }, crop_size: square(24) },
      { resize: { cover: square(16) }, kernel: 'cubic' },
    ],
    [
      'old DeiT',
      { feature_extractor_type: 'DeiTFeatureExtractor', size: 16, crop_size: 12, resample: 3 },
      { resize: { squash: square(16) }, kernel: 'cubic' },
    ],
    ['a list', { size: [12, 12], resample: 2 }, squashed],
    ['bicubic squashing', { size: square(12), resample: 3 }, { resize: 'squash', kernel: 'cubic' }],
    [
      'nothing but a crop that cuts nothing',
      { size: square(12), do_center_crop: true, crop_size: 12 },
      squashed,
    ],
    ['no size', { image_mean: 0.5, image_std: 0.5 }, squashed],
  ])('asks for %s', async (_, config, framing) => {
    const described = await describeBeside({ 'preprocessor_config.json': config })
    expect(described.framing).toEqual(framing)
  })

  it('is in processor_config.json too', async () => {
    const images = { image_processor_type: clip, size: { shortest_edge: 16 }, crop_size: square(12) }
    const { framing } = await describeBeside({ 'processor_config.json': { image_processor: images } })
    expect(framing.resize).toEqual({ cover: square(16) })
  })

  it('takes the class that goes with the type of the model where it names none', async () => {
    const { framing } = await describeBeside({
      'config.json': { model_type: 'deit', num_attention_heads: 2 },
      'preprocessor_config.json': { image_mean: 0.5, image_std: 0.5, size: 16, crop_size: 12 },
    })
    expect(framing).toEqual({ resize: { squash: square(16) }, kernel: 'cubic' })
  })

  it.each([
    [{ size: { longest_edge: 12 } }, 'asks for a way of resizing that is not followed here'],
    [{ size: square(12), resample: 1 }, 'asks for another filter than bilinear and bicubic (1)'],
    [{ do_resize: false }, 'asks for images that have its size already'],
  ])('%j is told where it is not followed', async (config, sentence) => {
    const { notes } = await describeBeside({ 'preprocessor_config.json': config })
    expect(notes.map(inEnglish)).toContainEqual(expect.stringContaining(sentence))
  })

  it('is said to hold for the model as it is', async () => {
    const config = { image_processor_type: clip, size: 16, crop_size: 12 }
    const { notes } = await describeBeside({ 'preprocessor_config.json': config })
    expect(notes.map(inEnglish)).toContain(
      'Images keep their shape and are resized until they cover 16 × 16 pixels (bicubic), of which the middle 12 × 12 is read: as preprocessor_config.json says.',
    )
    expect(notes.map(inEnglish)).toContainEqual(
      expect.stringContaining('training squashes whole images unless another framing is chosen'),
    )
  })
})

describe("timm's config.json", () => {
  const input = { input_size: [3, 12, 12], mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
  it.each([
    [
      { crop_pct: 0.75, interpolation: 'bilinear' },
      { resize: { cover: square(16) }, kernel: 'linear' },
    ],
    [{}, { resize: { cover: square(13) }, kernel: 'cubic' }],
    [{ crop_pct: 1, crop_mode: 'squash', interpolation: 'bilinear' }, squashed],
    [
      { crop_pct: 0.9, crop_mode: 'squash' },
      { resize: { squash: square(13) }, kernel: 'cubic' },
    ],
    [
      { crop_pct: 1, crop_mode: 'border' },
      { resize: 'letterbox', kernel: 'cubic' },
    ],
  ])('%j', async (crop, framing) => {
    const config = { architecture: 'vit_x', pretrained_cfg: { ...input, ...crop } }
    expect((await describeBeside({ 'config.json': config })).framing).toEqual(framing)
  })

  it('knows the heads of an architecture that has others than its width lets expect', async () => {
    const path = await saved(timmTensors(tinyModel({ pooling: 'mean', classToken: false })))
    await writeFile(join(path, '..', 'config.json'), '{"architecture":"vit_base_patch16_gap_224"}')
    expect((await describeCheckpoint(path)).config.heads).toBe(16)
  })
})

describe('what outputs are', () => {
  const type = (problem: string) => ({ 'config.json': { model_type: 'vit', problem_type: problem } })

  it('they compete unless something says otherwise', async () => {
    expect((await describeBeside({})).scores).toBe('softmax')
    expect((await describeBeside(type('single_label_classification'))).scores).toBe('softmax')
  })

  it('labels, and an output that is alone, do not', async () => {
    const several = await describeBeside(type('multi_label_classification'))
    expect(several.scores).toBe('sigmoid')
    expect(several.notes.map(inEnglish)).toContainEqual(
      expect.stringContaining('(sigmoid): as config.json says'),
    )
    const one = await describeBeside({}, 1)
    expect(one.scores).toBe('sigmoid')
    expect(one.notes.map(inEnglish)).toContainEqual(expect.stringContaining('(sigmoid): there is one output'))
  })

  it('quantities are no classes', async () => {
    const { config, notes } = await describeBeside(type('regression'))
    expect(config.classes).toBe(0)
    expect(notes.map(inEnglish)).toContainEqual(expect.stringContaining('its outputs are quantities'))
  })
})

describe('a description that means harm or nothing', () => {
  it.each([
    ['config.json', { layer_norm_eps: 1e308 }],
    ['config.json', { layer_norm_eps: -1 }],
    ['config.json', { num_attention_heads: -2 }],
    ['config.json', { num_attention_heads: 0.5 }],
    ['config.json', { hidden_size: 1e300 }],
    ['config.json', { image_size: [-12, -12] }],
    ['config.json', { vision_config: { image_size: 0 } }],
    ['config.json', { architecture: 'vit_x', pretrained_cfg: { std: [0, 0, 0] } }],
    ['config.json', { architecture: 'vit_x', pretrained_cfg: { crop_pct: 0 } }],
    ['config.json', { architecture: 'vit_x', pretrained_cfg: { input_size: [3, -12, -12] } }],
    ['config.json', { vit_studio: { labels: new Array(1e5).fill(7) } }],
    ['preprocessor_config.json', { image_std: [0.5, 0, 0.5] }],
    ['preprocessor_config.json', { image_mean: [1e300, 0, 0] }],
    ['preprocessor_config.json', { rescale_factor: 0 }],
    ['preprocessor_config.json', { size: { height: -1, width: 12 } }],
  ])('%s %j is refused in one short sentence', async (name, content) => {
    const refusal = describeBeside({ [name]: content })
    await expect(refusal).rejects.toMatchObject({ code: 'invalid_input' })
    const { message } = (await refusal.catch((error: unknown) => error)) as Error
    expect(message).toContain(`${name} is not understood`)
    expect(message.length).toBeLessThan(1000)
  })

  it.each(['constructor', '__proto__', 'toString'])('“%s” is no activation and no class', async (name) => {
    await expect(describeBeside({ 'config.json': { hidden_act: name } })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(`asks for the activation “${name}”`),
    })
    const config = { architectures: [name], problem_type: name }
    const processor = { image_processor_type: name, resample: name }
    const { scores, framing } = await describeBeside({
      'config.json': config,
      'preprocessor_config.json': processor,
    })
    expect([scores, framing]).toEqual(['softmax', squashed])
  })

  it('names that are no texts are left out, and a hundred thousand of them cost no more', async () => {
    const numbers = Object.fromEntries(Array.from({ length: 1e5 }, (_, index) => [String(index), index]))
    expect((await describeBeside({ 'config.json': { id2label: numbers } })).labels).toBeNull()
  })
})
