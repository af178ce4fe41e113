/** @file Export as a timm folder, which `timm.create_model('local-dir:…', pretrained=True)` opens. */
import { join } from 'node:path'

import type { VitConfig } from '../vit/config.ts'
import { writeFileAtomic } from './atomic.ts'
import { timmActivationNames } from './config-timm.ts'
import { imageSizeOf, refuseExport, tensorsToWrite, type ModelToExport } from './model-to-export.ts'
import { timmLayout } from './layout-timm.ts'
import { writeSafetensorsLazily } from './safetensors-write.ts'

// timm's layers have this epsilon, and a config.json cannot change it.
const timmEpsilon = 1e-6

/**
 * Writes model.safetensors and config.json as timm's hub format has them.
 *
 * timm always computes with a LayerNorm epsilon of 1e-6. A smaller one is recorded for this program; timm's logits
 * then differ a little (by 4e-5 for DeiT-Tiny between 1e-6 and 1e-12).
 *
 * @returns the paths written
 * @throws AppError `unsupported` for a larger epsilon, which would change the logits there
 */
export async function writeTimm(directory: string, model: ModelToExport): Promise<string[]> {
  const { config } = model
  if (config.layerNormEpsilon > timmEpsilon) {
    refuseExport('timm', `a LayerNorm epsilon of ${config.layerNormEpsilon}`, 'Hugging Face or ONNX')
  }
  if (config.pooling === 'distilled' && config.finalNorm === 'afterPooling') {
    refuseExport('timm', 'a final norm after the pooling of two tokens', 'ONNX')
  }
  const paths = ['config.json', 'model.safetensors'].map((name) => join(directory, name))
  const [description = '', weights = ''] = paths
  await writeFileAtomic(description, `${JSON.stringify(configOf(model), null, 2)}\n`)
  await writeSafetensorsLazily(weights, tensorsToWrite(timmLayout, model))
  return paths
}

function configOf({ config, labels, normalisation, positionResize }: ModelToExport): object {
  const { height, width } = imageSizeOf(config)
  const distilled = config.pooling === 'distilled'
  return {
    architecture: architectureOf(config),
    num_classes: config.classes,
    num_features: config.width,
    global_pool: config.pooling === 'mean' ? 'avg' : 'token',
    label_names: labels,
    model_args: argumentsOf(config),
    pretrained_cfg: {
      tag: 'vit_studio',
      input_size: [3, height, width],
      fixed_input_size: true,
      interpolation: 'bilinear',
      crop_pct: 1,
      crop_mode: 'squash',
      mean: normalisation.mean,
      std: normalisation.std,
      num_classes: config.classes,
      pool_size: null,
      first_conv: 'patch_embed.proj',
      classifier: distilled ? ['head', 'head_dist'] : 'head',
    },
    vit_studio: { positionResize, layerNormEpsilon: config.layerNormEpsilon },
  }
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

// The arguments below say everything; the name of the same size is for people.
function architectureOf({ width, depth, heads, patch, pooling }: VitConfig): string {
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
  const mean = config.pooling === 'mean'
  const after = config.finalNorm === 'afterPooling'
  return {
    img_size: [height, width],
    patch_size: config.patch,
    embed_dim: config.width,
    depth: config.depth,
    num_heads: config.heads,
    mlp_ratio: config.mlpWidth / config.width,
    ...(config.gelu === 'erf' ? {} : { act_layer: timmActivationNames[config.gelu] }),
    ...(config.qkvBias ? {} : { qkv_bias: false }),
    // Only its presence matters: the scales are in the weights.
    ...(config.layerScale ? { init_values: 1e-5 } : {}),
    ...(config.prefixPositions ? {} : { no_embed_class: true }),
    ...(config.classToken ? {} : { class_token: false }),
    ...(mean ? { global_pool: 'avg' } : {}),
    ...(mean === after ? {} : { fc_norm: after }),
  }
}
