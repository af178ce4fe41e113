/** @file The timm layout: also that of the DeiT, DINO, MAE and DINOv2 repositories. */
import { at } from '../tensor/shape.ts'
import { blockName, patchCount, prefixRows, type VitConfig } from '../vit/config.ts'
import {
  blockCount,
  headEntries,
  patchSide,
  requiredShape,
  type Layout,
  type LayoutEntry,
  type Listing,
  type Measured,
} from './layout.ts'

const kernel = 'patch_embed.proj.weight'

/** @see https://github.com/huggingface/pytorch-image-models, timm/models/vision_transformer.py and deit.py */
export const timmLayout: Layout = {
  name: 'timm',
  anchor: kernel,
  // DeiT-3's own repository.
  renames: [[/\.gamma_([12])$/, '.ls$1.gamma']],
  head: /^head(_dist)?\.(weight|bias)$/,
  // Masked-image and self-distillation training leave these.
  ignored: [/^mask_token$/, /^decoder_/, /^pre_logits\./, /^head\.(?!weight$|bias$)/],
  measure,
  entries,
}

function measure(listing: Listing): Measured {
  const [width = 0, channels = 0, height = 0, side = 0] = requiredShape(listing, kernel, 4)
  const { shapes } = listing
  const preLogits = shapes.has('pre_logits.fc.weight')
  const head = shapes.get('head.weight')
  return {
    width,
    depth: blockCount(listing, /^blocks\.(\d+)\./),
    mlpWidth: at(requiredShape(listing, 'blocks.0.mlp.fc1.weight', 2), 0),
    patch: patchSide(listing, kernel, height, side, channels),
    positionRows: at(requiredShape(listing, 'pos_embed', 3), 1),
    classes: head === undefined || preLogits ? 0 : at(head, 0),
    heads: undefined,
    classToken: shapes.has('cls_token'),
    distillationToken: shapes.has('dist_token'),
    layerScale: shapes.has('blocks.0.ls1.gamma'),
    qkvBias: shapes.has('blocks.0.attn.qkv.bias'),
    finalNorm: shapes.has('fc_norm.weight') ? 'afterPooling' : 'beforePooling',
    headLeftOut: preLogits ? 'it expects the “pre_logits” layer, which fine-tuning drops' : undefined,
  }
}

function entries(config: VitConfig): LayoutEntry[] {
  const { width: D, patch: P, classes: K } = config
  const norm = config.finalNorm === 'afterPooling' ? 'fc_norm' : 'norm'
  const list: LayoutEntry[] = [
    { name: kernel, shape: [D, 3, P, P], holds: ['embedding.weight'] },
    { name: 'patch_embed.proj.bias', shape: [D], holds: ['embedding.bias'] },
  ]
  if (config.classToken) list.push({ name: 'cls_token', shape: [1, 1, D], holds: ['classToken'] })
  if (config.pooling === 'distilled')
    list.push({ name: 'dist_token', shape: [1, 1, D], holds: ['distillationToken'] })
  const rows = prefixRows(config) + patchCount(config.grid)
  list.push({ name: 'pos_embed', shape: [1, rows, D], holds: ['positionEmbedding'] })
  for (let index = 0; index < config.depth; index++) list.push(...blockEntries(config, index))
  list.push({ name: `${norm}.weight`, shape: [D], holds: ['norm.scale'] })
  list.push({ name: `${norm}.bias`, shape: [D], holds: ['norm.bias'] })
  if (K > 0) list.push(...headEntries('head', 'head', K, D))
  if (K > 0 && config.pooling === 'distilled')
    list.push(...headEntries('head_dist', 'headDistillation', K, D))
  return list
}

function blockEntries(config: VitConfig, index: number): LayoutEntry[] {
  const { width: D, mlpWidth: M } = config
  const entry = (name: string, shape: number[], ...holds: string[]): LayoutEntry => ({
    name: `blocks.${index}.${name}`,
    shape,
    holds: holds.map((parameter) => `${blockName(index)}.${parameter}`),
  })
  const qkvBias = entry('attn.qkv.bias', [3 * D], 'query.bias', 'key.bias', 'value.bias')
  return [
    entry('norm1.weight', [D], 'norm1.scale'),
    entry('norm1.bias', [D], 'norm1.bias'),
    entry('attn.qkv.weight', [3 * D, D], 'query.weight', 'key.weight', 'value.weight'),
    ...(config.qkvBias ? [qkvBias] : []),
    entry('attn.proj.weight', [D, D], 'out.weight'),
    entry('attn.proj.bias', [D], 'out.bias'),
    ...(config.layerScale ? [entry('ls1.gamma', [D], 'scale1')] : []),
    entry('norm2.weight', [D], 'norm2.scale'),
    entry('norm2.bias', [D], 'norm2.bias'),
    entry('mlp.fc1.weight', [M, D], 'mlp1.weight'),
    entry('mlp.fc1.bias', [M], 'mlp1.bias'),
    entry('mlp.fc2.weight', [D, M], 'mlp2.weight'),
    entry('mlp.fc2.bias', [D], 'mlp2.bias'),
    ...(config.layerScale ? [entry('ls2.gamma', [D], 'scale2')] : []),
  ]
}
