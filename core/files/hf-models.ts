/** @file Which of transformers' models can express a configuration, and what its config.json then says. */
import type { Gelu, VitConfig } from '../vit/config.ts'
import { hfActivationNames } from './config-hf.ts'
import { hfDinov2Layout, hfLayout } from './layout-hf.ts'
import { hfVisionLayout } from './layout-clip.ts'
import type { Layout } from './layout.ts'
import { imageSizeOf, refuseExport } from './model-to-export.ts'

/** A model of transformers. */
export interface HfModel {
  readonly layout: Layout
  readonly architecture: string
  readonly type: string
  /** Prefix of the encoder's tensors, but not of the classifier's. */
  readonly prefix: string
  /** Whether what the classifier reads is for this program alone to know. */
  readonly headIsOurs: boolean
  /** The fields of config.json that describe the encoder. */
  fields(config: VitConfig): object
}

const vit: HfModel = {
  layout: hfLayout,
  architecture: 'ViTForImageClassification',
  type: 'vit',
  prefix: 'vit.',
  headIsOurs: false,
  fields: (config) => ({ ...vitFields(config), encoder_stride: config.patch, qkv_bias: config.qkvBias }),
}

const deit: HfModel = {
  ...vit,
  architecture: 'DeiTForImageClassificationWithTeacher',
  type: 'deit',
  prefix: 'deit.',
}

const dinov2: HfModel = {
  layout: hfDinov2Layout,
  architecture: 'Dinov2ForImageClassification',
  type: 'dinov2',
  prefix: 'dinov2.',
  headIsOurs: false,
  fields: dinov2Fields,
}

const dinov2WithRegisters: HfModel = {
  ...dinov2,
  architecture: 'Dinov2WithRegistersForImageClassification',
  type: 'dinov2_with_registers',
  prefix: 'dinov2_with_registers.',
}

/**
 * The towers of CLIP and SigLIP alone: transformers' classifiers for these read something other than what the models
 * are pretrained to give. It opens them as feature extractors, whose `pooler_output` is what the separate `classifier`
 * reads.
 */
const clip: HfModel = {
  layout: hfVisionLayout,
  architecture: 'CLIPVisionModel',
  type: 'clip_vision_model',
  prefix: 'vision_model.',
  headIsOurs: true,
  fields: towerFields,
}

const siglip: HfModel = {
  ...clip,
  architecture: 'SiglipVisionModel',
  type: 'siglip_vision_model',
  fields: (config) => ({ ...towerFields(config), vision_use_head: true }),
}

const siglipClassifier: HfModel = {
  ...clip,
  architecture: 'SiglipForImageClassification',
  type: 'siglip',
  headIsOurs: false,
  fields: (config) => ({
    vision_config: { model_type: 'siglip_vision_model', ...towerFields(config), vision_use_head: false },
  }),
}

/**
 * The model of transformers that computes what this configuration says.
 *
 * @throws AppError `unsupported` when there is none, naming what it lacks
 */
export function hfModelFor(config: VitConfig): HfModel {
  const { pooling, classToken, layerScale, preNorm, registers, finalNorm, swiglu, patchBias, stem } = config
  if (stem !== null) refuseExport('Hugging Face', 'a ResNet in front of a Vision Transformer', 'timm or ONNX')
  if (pooling === 'distilled' && finalNorm === 'afterPooling')
    refuseExport('The Hugging Face DeiT', 'a final norm after pooling', 'ONNX')
  if (finalNorm === 'afterPooling' && pooling !== 'class')
    refuseExport('Hugging Face', 'a final norm after pooling', 'timm or ONNX')
  if (layerScale) return dinov2For(config)
  if (registers > 0 || swiglu || pooling === 'classAndMean')
    refuseExport('Hugging Face', 'DINOv2 without LayerScale', 'timm or ONNX')
  if (preNorm || !patchBias) return clipFor(config)
  if (pooling === 'attention' || pooling === 'mean') return siglipFor(config)
  if (!classToken) refuseExport('Hugging Face', 'such a model without a class token', 'ONNX')
  return pooling === 'distilled' ? deit : vit
}

function dinov2For({ pooling, preNorm, patchBias, registers }: VitConfig): HfModel {
  if ((pooling !== 'class' && pooling !== 'classAndMean') || preNorm || !patchBias)
    refuseExport('The Hugging Face DINOv2', 'other features than of the class token', 'timm or ONNX')
  return registers > 0 ? dinov2WithRegisters : dinov2
}

function clipFor({ pooling, preNorm, patchBias, qkvBias }: VitConfig): HfModel {
  if (pooling !== 'class' || !preNorm || patchBias || !qkvBias)
    refuseExport('The Hugging Face CLIP', 'what is not exactly as in CLIP', 'timm or ONNX')
  return clip
}

function siglipFor({ pooling, classToken, qkvBias }: VitConfig): HfModel {
  if (classToken)
    refuseExport('The Hugging Face ViT', 'features that are not of the class token', 'timm or ONNX')
  if (!qkvBias) refuseExport('The Hugging Face SigLIP', 'queries without bias', 'timm or ONNX')
  return pooling === 'attention' ? siglip : siglipClassifier
}

function commonFields(config: VitConfig): object {
  const { height, width } = imageSizeOf(config)
  return {
    hidden_size: config.width,
    num_hidden_layers: config.depth,
    num_attention_heads: config.heads,
    hidden_act: activationOf(config.gelu),
    layer_norm_eps: config.layerNormEpsilon,
    image_size: height === width ? height : [height, width],
    patch_size: config.patch,
    num_channels: 3,
  }
}

function activationOf(gelu: Gelu): string {
  return hfActivationNames[gelu]
}

function vitFields(config: VitConfig): object {
  return {
    ...commonFields(config),
    intermediate_size: config.mlpWidth,
    hidden_dropout_prob: 0,
    attention_probs_dropout_prob: 0,
    initializer_range: 0.02,
  }
}

function towerFields(config: VitConfig): object {
  const { height, width } = imageSizeOf(config)
  if (height !== width) refuseExport('This Hugging Face model', 'images that are not square', 'timm or ONNX')
  return { ...commonFields(config), intermediate_size: config.mlpWidth, attention_dropout: 0 }
}

function dinov2Fields(config: VitConfig): object {
  const { height, width } = imageSizeOf(config)
  if (height !== width) refuseExport('The Hugging Face DINOv2', 'images that are not square', 'timm or ONNX')
  return {
    ...commonFields(config),
    mlp_ratio: wholeRatio(config),
    use_swiglu_ffn: config.swiglu,
    use_mask_token: false,
    qkv_bias: config.qkvBias,
    hidden_dropout_prob: 0,
    attention_probs_dropout_prob: 0,
    ...(config.registers > 0 ? { num_register_tokens: config.registers } : {}),
  }
}

/** transformers states the width of the MLP as a whole multiple of D; a gated one has two thirds of that. */
function wholeRatio({ width, mlpWidth, swiglu }: VitConfig): number {
  const hidden = (ratio: number): number =>
    swiglu ? Math.floor((Math.floor((width * ratio * 2) / 3) + 7) / 8) * 8 : width * ratio
  for (let ratio = 1; hidden(ratio) <= mlpWidth; ratio++) if (hidden(ratio) === mlpWidth) return ratio
  return refuseExport(
    'The Hugging Face DINOv2',
    `an MLP ${mlpWidth} wide in a model ${width} wide`,
    'timm or ONNX',
  )
}
