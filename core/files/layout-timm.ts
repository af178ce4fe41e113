/** @file The timm layout: also that of the DeiT, DINO, MAE and DINOv2 repositories. */
import { say, type Sentence } from '../sentence.ts'
import { at, type Shape } from '../tensor/shape.ts'
import type { VitConfig } from '../vit/config.ts'
import { timmFamily } from './family-timm.ts'
import { isConvolution, pixelsPerPatch, timmStem, timmStemNames } from './hybrid-names.ts'
import type { HeadFacts, Layout, LayoutEntry } from './layout.ts'
import { blockCount, plainParts, requiredShape, type Listing, type Measured } from './listing.ts'
import { entriesByName, torchParts, withLeadingAxes, type NameTable } from './name-table.ts'

const kernel = 'patch_embed.proj.weight'

/** @see https://github.com/huggingface/pytorch-image-models, timm/models/vision_transformer.py and deit.py */
export const timmLayout: Layout = {
  name: 'timm',
  anchor: kernel,
  title: 'timm layout',
  unstated: say`timm's default; the file does not say`,
  described: 'config',
  modelTypes: ['timm_wrapper'],
  sign: /(^|\.)blocks\./,
  renames: [
    // DeiT-3's own repository.
    [/\.gamma_([12])$/, '.ls$1.gamma'],
    // DINOv2's own; during training its blocks are in chunks, and each keeps its overall number.
    [/^register_tokens$/, 'reg_token'],
    [/^blocks\.\d+\.(\d+)\./, 'blocks.$1.'],
    [/\.mlp\.w12\./, '.mlp.fc1.'],
    [/\.mlp\.w3\./, '.mlp.fc2.'],
  ],
  head: /^head(_dist)?\.(weight|bias)$/,
  attentionPooling: /^attn_pool\./,
  // Masked-image and self-distillation training leave these.
  ignored: [/^mask_token$/, /^decoder_/, /^pre_logits\./, /^head\.(?!weight$|bias$)/],
  measure,
  family: timmFamily,
  headLeftOut,
  entries,
}

const names: NameTable = {
  embedding: 'patch_embed.proj',
  classToken: 'cls_token',
  distillationToken: 'dist_token',
  registers: 'reg_token',
  positionEmbedding: 'pos_embed',
  preNorm: 'norm_pre',
  'blocks.*.norm1': 'blocks.*.norm1',
  'blocks.*.query': 'blocks.*.attn.qkv',
  'blocks.*.key': 'blocks.*.attn.qkv',
  'blocks.*.value': 'blocks.*.attn.qkv',
  'blocks.*.out': 'blocks.*.attn.proj',
  'blocks.*.scale1': 'blocks.*.ls1.gamma',
  'blocks.*.norm2': 'blocks.*.norm2',
  'blocks.*.gate': 'blocks.*.mlp.fc1',
  'blocks.*.mlp1': 'blocks.*.mlp.fc1',
  'blocks.*.mlp2': 'blocks.*.mlp.fc2',
  'blocks.*.scale2': 'blocks.*.ls2.gamma',
  'pool.probe': 'attn_pool.latent',
  'pool.query': 'attn_pool.q',
  'pool.key': 'attn_pool.kv',
  'pool.value': 'attn_pool.kv',
  'pool.out': 'attn_pool.proj',
  'pool.norm': 'attn_pool.norm',
  'pool.mlp1': 'attn_pool.mlp.fc1',
  'pool.mlp2': 'attn_pool.mlp.fc2',
  head: 'head',
  headDistillation: 'head_dist',
}

const inFront = withLeadingAxes({
  classToken: 2,
  distillationToken: 2,
  registers: 1,
  positionEmbedding: 1,
  'pool.probe': 2,
})

function measure(listing: Listing): Measured {
  const [width = 0, channels = 0, height = 0, side = 0] = requiredShape(listing, kernel, 4)
  const { shapes } = listing
  const stem = timmStem(listing)
  const preLogits = shapes.has('pre_logits.fc.weight')
  const head = shapes.get('head.weight')
  const [mlpRows = 0] = requiredShape(listing, 'blocks.0.mlp.fc1.weight', 2)
  // A gated MLP has its gate and its value in one tensor.
  const mlpWidth = shapes.get('blocks.0.mlp.fc2.weight')?.[1] ?? mlpRows
  return {
    ...plainParts,
    width,
    depth: blockCount(listing, /^blocks\.(\d+)\./),
    mlpWidth,
    patch: pixelsPerPatch(listing, kernel, { height, side, channels }, stem),
    positionRows: at(requiredShape(listing, 'pos_embed', 3), 1),
    classes: head === undefined || preLogits ? 0 : at(head, 0),
    classToken: shapes.has('cls_token'),
    distillationToken: shapes.has('dist_token'),
    registers: shapes.get('reg_token')?.[1] ?? 0,
    layerScale: shapes.has('blocks.0.ls1.gamma'),
    qkvBias: shapes.has('blocks.0.attn.qkv.bias'),
    patchBias: shapes.has('patch_embed.proj.bias'),
    preNorm: shapes.has('norm_pre.weight'),
    swiglu: mlpRows === 2 * mlpWidth,
    attentionPooling: shapes.has('attn_pool.latent'),
    finalNorm: shapes.has('fc_norm.weight') ? 'afterPooling' : 'beforePooling',
    stem,
    headLeftOut: preLogits ? say`it expects the “pre_logits” layer, which fine-tuning drops` : undefined,
  }
}

function entries(config: VitConfig): LayoutEntry[] {
  const norm = config.finalNorm === 'afterPooling' ? 'fc_norm' : 'norm'
  const stem = config.stem === null ? {} : timmStemNames(config.stem)
  return entriesByName(config, { ...names, ...stem, norm }, { parts: torchParts, shapeOf })
}

function shapeOf(parameter: string, shape: Shape): Shape {
  if (!isConvolution(parameter)) return inFront(parameter, shape)
  const [out = 0, fanIn = 0, height = 1, width = 1] = shape
  return [out, fanIn, height, width]
}

// Widths of the space that CLIP's towers share with texts; timm keeps the projection into it as a head.
const sharedWidths = [256, 384, 512, 640, 768, 896, 1024, 1280]

function headLeftOut({ measured, hasLabels }: HeadFacts): Sentence | undefined {
  return measured.preNorm && !hasLabels && sharedWidths.includes(measured.classes)
    ? say`with this many outputs it is the projection into the space shared with texts`
    : undefined
}
