/** @file Export as a Hugging Face folder: ViTForImageClassification, or DeiT with both heads for distilled models. */
import { join } from 'node:path'

import type { VitConfig } from '../vit/config.ts'
import { writeFileAtomic } from './atomic.ts'
import { hfActivationNames } from './config-hf.ts'
import {
  imageSizeOf,
  refuseExport,
  tensorsToWrite,
  withPrefixRows,
  type ModelToExport,
} from './model-to-export.ts'
import { hfLayout } from './layout-hf.ts'
import { writeSafetensorsLazily, type SafetensorsOptions } from './safetensors-write.ts'

const torchTypes = { F32: 'float32', F16: 'float16' } as const

// PIL's number for bilinear, which its resize antialiases.
const bilinear = 2

/**
 * Writes model.safetensors, config.json and preprocessor_config.json, as transformers 4 and 5 read them.
 *
 * @param options element type of the weights and free text in the header of their file
 * @returns the paths written
 * @throws AppError `unsupported` for mean pooling and LayerScale, which ViTForImageClassification does not have
 */
export async function writeHuggingFace(
  directory: string,
  model: ModelToExport,
  options: SafetensorsOptions = {},
): Promise<string[]> {
  refuseInexpressible(model.config)
  const explicit = withPrefixRows(model)
  const paths = ['config.json', 'preprocessor_config.json', 'model.safetensors'].map((name) =>
    join(directory, name),
  )
  const [config = '', preprocessor = '', weights = ''] = paths
  const backbone = model.config.pooling === 'distilled' ? 'deit.' : 'vit.'
  const tensors = tensorsToWrite(hfLayout, explicit, (name) =>
    hfLayout.head.test(name) ? name : `${backbone}${name}`,
  )
  await writeFileAtomic(
    config,
    json({ ...configOf(explicit), torch_dtype: torchTypes[options.type ?? 'F32'] }),
  )
  await writeFileAtomic(preprocessor, json(preprocessorOf(explicit)))
  // The weights last: a folder without them cannot be mistaken for a complete one.
  await writeSafetensorsLazily(weights, tensors, options)
  return paths
}

function refuseInexpressible({ pooling, layerScale, finalNorm }: VitConfig): void {
  if (pooling === 'mean')
    refuseExport('The Hugging Face ViT', 'features that are the mean of the patches', 'timm or ONNX')
  if (layerScale) refuseExport('The Hugging Face ViT', 'LayerScale', 'timm or ONNX')
  if (pooling === 'distilled' && finalNorm === 'afterPooling') {
    refuseExport('The Hugging Face DeiT', 'a final norm after pooling', 'ONNX')
  }
}

function configOf({ config, labels, positionResize }: ModelToExport): object {
  const distilled = config.pooling === 'distilled'
  const { height, width } = imageSizeOf(config)
  return {
    architectures: [distilled ? 'DeiTForImageClassificationWithTeacher' : 'ViTForImageClassification'],
    model_type: distilled ? 'deit' : 'vit',
    hidden_size: config.width,
    num_hidden_layers: config.depth,
    num_attention_heads: config.heads,
    intermediate_size: config.mlpWidth,
    hidden_act: hfActivationNames[config.gelu],
    hidden_dropout_prob: 0,
    attention_probs_dropout_prob: 0,
    initializer_range: 0.02,
    layer_norm_eps: config.layerNormEpsilon,
    image_size: height === width ? height : [height, width],
    patch_size: config.patch,
    num_channels: 3,
    qkv_bias: config.qkvBias,
    encoder_stride: config.patch,
    problem_type: 'single_label_classification',
    id2label: Object.fromEntries(labels.map((label, index) => [String(index), label])),
    label2id: Object.fromEntries(labels.map((label, index) => [label, index])),
    vit_studio: { positionResize },
  }
}

function preprocessorOf({ config, normalisation }: ModelToExport): object {
  return {
    image_processor_type: 'ViTImageProcessor',
    do_resize: true,
    size: imageSizeOf(config),
    resample: bilinear,
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: normalisation.mean,
    image_std: normalisation.std,
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
