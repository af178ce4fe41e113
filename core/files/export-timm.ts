/** @file Export as a timm folder, which `timm.create_model('local-dir:…', pretrained=True)` opens. */
import { join } from 'node:path'

import { sameShape } from '../tensor/shape.ts'
import { patchKernel, type VitConfig, type ImageSize, type Resize } from '../vit/config.ts'
import type { HybridStem } from '../vit/hybrid-config.ts'
import { writeFileAtomic } from './atomic.ts'
import { timmActivationNames } from './config-timm.ts'
import { timmStemNames } from './hybrid-names.ts'
import { makeFolder } from './make-folder.ts'
import {
  imageSizeOf,
  refuseExport,
  tensorsToWrite,
  withoutPrefixRows,
  type ModelToExport,
} from './model-to-export.ts'
import { timmLayout } from './layout-timm.ts'
import { writeSafetensorsLazily } from './safetensors-write.ts'

// timm's layers have these epsilons, CLIP's the second, and a config.json cannot change them.
const timmEpsilon = 1e-6
const clipEpsilon = 1e-5

/**
 * Writes model.safetensors and config.json as timm's hub format has them.
 *
 * timm computes with a LayerNorm epsilon of 1e-6, or 1e-5 in models of CLIP. One below 1e-6 is recorded for this
 * program; timm's logits then differ a little (by 4e-5 for DeiT-Tiny between 1e-6 and 1e-12). With register tokens the
 * class token's position is added to the token, as timm itself does for DINOv2. A hybrid with vit_jax's arithmetic is
 * recorded too, and differs by about as much.
 *
 * @returns the paths written
 * @throws AppError `unsupported` for what timm cannot compute
 */
export async function writeTimm(directory: string, model: ModelToExport): Promise<string[]> {
  refuseInexpressible(model.config)
  const explicit = model.config.registers > 0 ? withoutPrefixRows(model) : model
  const paths = ['config.json', 'model.safetensors'].map((name) => join(directory, name))
  const [description = '', weights = ''] = paths
  await makeFolder(directory)
  await writeFileAtomic(description, `${JSON.stringify(configOf(explicit), null, 2)}\n`)
  await writeSafetensorsLazily(weights, tensorsToWrite(timmLayout, explicit))
  return paths
}

function refuseInexpressible(config: VitConfig): void {
  const { layerNormEpsilon: epsilon, pooling, preNorm, patchBias, stem } = config
  if (epsilon > timmEpsilon && (epsilon !== clipEpsilon || config.swiglu || pooling === 'distilled')) {
    refuseExport('timm', `a LayerNorm epsilon of ${epsilon}`, 'Hugging Face or ONNX')
  }
  if (pooling === 'distilled' && config.finalNorm === 'afterPooling') {
    refuseExport('timm', 'a final norm after the pooling of two tokens', 'ONNX')
  }
  if (pooling === 'classAndMean')
    refuseExport('timm', 'the mean of the patches beside the class token', 'Hugging Face or ONNX')
  if (pooling === 'distilled' && config.registers > 0)
    refuseExport('timm', 'register tokens beside a distillation token', 'ONNX')
  if (stem !== null && hybridName(stem) === undefined) {
    const units = stem.units.join(', ')
    refuseExport('timm', `a ResNet with ${stem.width} channels and stages of ${units} units`, 'npz or ONNX')
  }
  if (preNorm === patchBias)
    refuseExport(
      'timm',
      'a norm before the first block together with a bias of the patches, or neither',
      'ONNX',
    )
}

function configOf({ config, labels, normalisation, positionResize, framing }: ModelToExport): object {
  const { height, width } = imageSizeOf(config)
  const distilled = config.pooling === 'distilled'
  return {
    architecture: architectureOf(config),
    num_classes: config.classes,
    num_features: config.width,
    global_pool: globalPool(config),
    label_names: labels,
    model_args: argumentsOf(config),
    pretrained_cfg: {
      tag: 'vit_studio',
      input_size: [3, height, width],
      fixed_input_size: true,
      interpolation: framing.kernel === 'linear' ? 'bilinear' : 'bicubic',
      ...cropOf(framing.resize, { height, width }),
      mean: normalisation.mean,
      std: normalisation.std,
      num_classes: config.classes,
      pool_size: null,
      first_conv: config.stem === null ? 'patch_embed.proj' : timmStemNames(config.stem)['stem.root'],
      classifier: distilled ? ['head', 'head_dist'] : 'head',
    },
    vit_studio: {
      positionResize,
      layerNormEpsilon: config.layerNormEpsilon,
      ...(config.stem === null ? {} : { stemArithmetic: config.stem.arithmetic }),
    },
  }
}

/** timm resizes to the size over `crop_pct`, rounded down. */
function cropOf(resize: Resize, size: ImageSize): { crop_pct: number; crop_mode: string } {
  if (resize === 'squash') return { crop_pct: 1, crop_mode: 'squash' }
  if (resize === 'letterbox') return { crop_pct: 1, crop_mode: 'border' }
  const [mode, before] =
    'squash' in resize ? (['squash', resize.squash] as const) : (['center', resize.cover] as const)
  // The exact ratio may be rounded to just below the size that is meant.
  const share = [0, 0.25, 0.5]
    .map((more) => size.height / (before.height + more))
    .find(
      (ratio) =>
        Math.floor(size.height / ratio) === before.height && Math.floor(size.width / ratio) === before.width,
    )
  if (share !== undefined && share <= 1) return { crop_pct: share, crop_mode: mode }
  return refuseExport('timm', 'such a part of an image', 'Hugging Face or ONNX')
}

const sizes: readonly {
  name: string
  width: number
  depth: number
  heads: number
  patches: readonly number[]
}[] = [
  { name: 'tiny', width: 192, depth: 12, heads: 3, patches: [16] },
  { name: 'small', width: 384, depth: 12, heads: 6, patches: [8, 16, 32] },
  { name: 'base', width: 768, depth: 12, heads: 12, patches: [8, 16, 32] },
  { name: 'large', width: 1024, depth: 24, heads: 16, patches: [14, 16, 32] },
  { name: 'huge', width: 1280, depth: 32, heads: 16, patches: [14] },
]

// All have a root of 64 channels.
const hybrids: readonly { readonly name: string; readonly units: readonly number[] }[] = [
  { name: 'vit_tiny_r_s16_p8_224', units: [] },
  { name: 'vit_small_r26_s32_224', units: [2, 2, 2, 2] },
  { name: 'vit_base_r50_s16_224', units: [3, 4, 9] },
  { name: 'vit_large_r50_s32_224', units: [3, 4, 6, 3] },
]

function hybridName({ width, units }: HybridStem): string | undefined {
  return hybrids.find((known) => width === 64 && sameShape(known.units, units))?.name
}

// The arguments below say everything but the epsilon of CLIP, the kind of the MLP and the ResNet of a hybrid, which only
// an architecture can; of the others the name of the same size is for people.
function architectureOf(config: VitConfig): string {
  const { width, depth, heads, patch, pooling, stem } = config
  const hybrid = stem === null ? undefined : hybridName(stem)
  if (hybrid !== undefined) return hybrid
  if (config.swiglu) return 'vit_giant_patch14_reg4_dinov2'
  if (config.layerNormEpsilon === clipEpsilon) return 'vit_base_patch16_clip_224'
  const size = sizes.find((known) => known.width === width && known.depth === depth && known.heads === heads)
  if (pooling === 'distilled') {
    const name = ['tiny', 'small'].find((known) => known === size?.name) ?? 'base'
    return `deit_${name}_distilled_patch16_224`
  }
  return size?.patches.includes(patch) === true
    ? `vit_${size.name}_patch${patch}_224`
    : 'vit_base_patch16_224'
}

function argumentsOf(config: VitConfig): object {
  const { height, width } = imageSizeOf(config)
  const after = config.finalNorm === 'afterPooling'
  const pool = globalPool(config)
  return {
    img_size: [height, width],
    patch_size: patchKernel(config).side,
    embed_dim: config.width,
    depth: config.depth,
    num_heads: config.heads,
    mlp_ratio: mlpRatio(config),
    ...(config.gelu === 'erf' || config.swiglu ? {} : { act_layer: timmActivationNames[config.gelu] }),
    ...(config.qkvBias ? {} : { qkv_bias: false }),
    // Only its presence matters: the scales are in the weights.
    ...(config.layerScale ? { init_values: 1e-5 } : config.swiglu ? { init_values: null } : {}),
    ...(config.pooling === 'distilled' ? {} : tokenArguments(config)),
    ...(config.pooling === 'distilled' || pool === 'token' ? {} : { global_pool: pool }),
    ...((pool === 'avg') === after ? {} : { fc_norm: after }),
  }
}

function tokenArguments(config: VitConfig): object {
  return {
    ...(config.prefixPositions && config.registers === 0 ? {} : { no_embed_class: true }),
    ...(config.classToken ? {} : { class_token: false }),
    reg_tokens: config.registers,
    pre_norm: config.preNorm,
  }
}

function globalPool({ pooling }: VitConfig): 'avg' | 'map' | 'token' {
  if (pooling === 'mean') return 'avg'
  return pooling === 'attention' ? 'map' : 'token'
}

/** What timm multiplies with D and rounds down to the width of the MLP's first layer; a gated one has two in one. */
function mlpRatio({ width, mlpWidth, swiglu }: VitConfig): number {
  const rows = swiglu ? 2 * mlpWidth : mlpWidth
  const ratio = rows / width
  return Math.floor(width * ratio) === rows ? ratio : (rows + 0.5) / width
}
