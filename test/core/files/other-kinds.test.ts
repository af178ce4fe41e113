/**
 * @file Valid files of models that are not supported are refused as what they are: recognised by what config.json calls
 * them, and without it by their tensors' names and shapes, as timm, transformers and torchvision make them.
 */
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { describeCheckpoint } from '../../../core/files/checkpoint.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { hollowFile, saved, timmTensors, tinyModel } from './tiny-models.ts'

interface Kind {
  readonly tensors: Readonly<Record<string, readonly number[]>>
  readonly config?: object
}

const table = fileURLToPath(new URL('kinds/kinds.json', import.meta.url))
const kinds = JSON.parse(readFileSync(table, 'utf8')) as Record<string, Kind>

/** What each is called with its config.json, and without. */
const names: Readonly<Record<string, [declared: string, alone: string]>> = {
  vit_small_patch16_dinov3: ['DINOv3', 'DINOv3 or one of its kind'],
  vit_small_patch16_dinov3_qkvb: ['DINOv3', 'DINOv3 or one of its kind'],
  vit_small_plus_patch16_dinov3: ['DINOv3', 'DINOv3 or one of its kind'],
  eva02_tiny_patch14_224: ['EVA-02', 'EVA or EVA-02'],
  eva02_base_patch14_224: ['EVA-02', 'whose gated MLP is stored in three parts'],
  eva_giant_patch14_224: ['EVA or EVA-02', 'EVA or EVA-02'],
  vit_pe_core_tiny_patch16_384: ['Perception Encoder', 'Perception Encoder'],
  vit_base_patch16_rope_224: ['RoPE-ViT', 'positions are rotary'],
  vit_base_patch16_rope_mixed_ape_224: ['RoPE-ViT', 'positions are rotary'],
  vit_relpos_small_patch16_224: ['positions are relative', 'positions are relative'],
  vit_small_patch16_18x2_224: ['several parts side by side', 'several parts side by side'],
  vit_base_patch16_xp_224: ['several parts side by side', 'several parts side by side'],
  vit_intern300m_patch14_448: ['without a final norm', 'without a final norm'],
  vit_so400m_patch16_radio_v4: ['RADIO', 'without a final norm'],
  naflexvit_base_patch16_gap: ['NaFlexViT', 'NaFlexViT'],
  aimv2_large_patch14_224: ['AIMv2', 'three parts'],
  beit3_base_patch16_224: ['BEiT-3', 'such as BEiT-3'],
  beitv2_base_patch16_224: ['BEiT', 'BEiT'],
  cait_xxs24_224: ['CaiT', 'CaiT'],
  vit_base_patch16_rpn_224: ['norms after each part', ''],
  gmixer_12_224: ['MLP-Mixer', 'MLP-Mixer'],
  swin_tiny_patch4_window7_224: ['Swin Transformer', 'Swin Transformer'],
  swinv2_tiny_window8_256: ['Swin Transformer', 'Swin Transformer'],
  hiera_tiny_224: ['of timm', 'of another kind'],
  convnext_atto: ['ConvNeXt', 'ConvNeXt'],
  resnet10t: ['ResNet', 'ResNet'],
  pit_ti_224: ['“pit_ti_224”', 'of another kind'],
  DINOv3ViTModel: ['DINOv3', 'DINOv3'],
  BeitForImageClassification: ['BEiT', 'BEiT'],
  SwinForImageClassification: ['Swin Transformer', 'Swin Transformer'],
  VideoMAEModel: ['“videomae”', '4 axes were expected'],
  YolosForObjectDetection: ['object detector', 'object detector'],
  LlamaForCausalLM: ['language model', 'language model'],
  ViTMSNForImageClassification: ['“vit_msn”', ''],
  ASTForAudioClassification: ['“audio-spectrogram-transformer”', 'reads 1 channels'],
  'torchvision.VisionTransformer': ['', "torchvision's ViT"],
  'torchvision.mobilenet_v3_small': ['', 'a convolutional network'],
  lora: ['', 'LoRA'],
  gptq: ['', 'a quantised model'],
}

async function refusalOf(
  tensors: Kind['tensors'],
  config?: object,
): Promise<{ code: string; message: string }> {
  const folder = join(temporaryFolder(), 'models')
  await mkdir(folder)
  await hollowFile(join(folder, 'model.safetensors'), new Map(Object.entries(tensors)))
  if (config !== undefined) await writeFile(join(folder, 'config.json'), JSON.stringify(config))
  return describeCheckpoint(folder).then(
    ({ family }) => ({ code: 'opened', message: family }),
    (error: { code: string; message: string }) => error,
  )
}

describe.each(Object.entries(names))('%s', (name, [declared, alone]) => {
  const { tensors, config } = kinds[name] ?? { tensors: {} }

  it.runIf(config !== undefined)('is named beside its config.json', async () => {
    const { code, message } = await refusalOf(tensors, config)
    expect(code).toBe('unsupported')
    expect(message).toContain(declared)
    expect(message).not.toMatch(/incomplete|download it again|damaged/)
  })

  // A model that computes as a plain ViT does may be opened if nothing says what it is.
  it.runIf(alone !== '')('is named alone', async () => {
    const { code, message } = await refusalOf(tensors)
    expect(code).toBe('unsupported')
    expect(message).toContain(alone)
    expect(message).not.toMatch(/incomplete|download it again|damaged/)
  })
})

it('no kind is left out of the table, and a supported model is opened', async () => {
  const rest = Object.keys(kinds).filter((name) => !(name in names))
  expect(rest).toEqual(['Dinov2ForImageClassification'])
  const { tensors, config } = kinds['Dinov2ForImageClassification']!
  expect(await refusalOf(tensors, config)).toEqual({
    code: 'opened',
    message: 'DINOv2 (Hugging Face layout)',
  })
})

describe('what is beside a model', () => {
  it('a quantised one is recognised by its config.json', async () => {
    const path = await saved(timmTensors(tinyModel()))
    const config = { model_type: 'vit', quantization_config: { bits: 4 } }
    await writeFile(join(path, '..', 'config.json'), JSON.stringify(config))
    await expect(describeCheckpoint(path)).rejects.toThrow('a quantised model')
  })

  it('an adapter of any kind is recognised by its adapter_config.json', async () => {
    const folder = temporaryFolder()
    await hollowFile(join(folder, 'adapter_model.safetensors'), new Map([['base_model.x.ia3_l', [1, 8]]]))
    await writeFile(join(folder, 'adapter_config.json'), '{"peft_type":"IA3"}')
    await expect(describeCheckpoint(folder)).rejects.toThrow('an adapter (such as LoRA)')
  })

  it('the name of a plain ViT counts for more than a resemblance', async () => {
    const clip = tinyModel({ preNorm: true, patchBias: false, pooling: 'attention', classes: 0 })
    const path = await saved(timmTensors(clip))
    await expect(describeCheckpoint(path, { heads: 2 })).rejects.toThrow('Perception Encoder')
    const config = { architecture: 'vit_base_patch16_clip_224', model_args: { num_heads: 2 } }
    await writeFile(join(path, '..', 'config.json'), JSON.stringify(config))
    expect((await describeCheckpoint(path)).config.pooling).toBe('attention')
  })
})
