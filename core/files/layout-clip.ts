/** @file Image towers of CLIP and SigLIP: the layout of OpenAI and open_clip, and that of Hugging Face. */
import { say } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import type { VitConfig } from '../vit/config.ts'
import { clipNormalisation, family, halfNormalisation, type Family, type FamilySigns } from './family.ts'
import type { Layout, LayoutEntry } from './layout.ts'
import { blockCount, patchSide, plainParts, requiredShape, type Listing, type Measured } from './listing.ts'
import { entriesByName, torchParts, withLeadingAxes, type NameTable } from './name-table.ts'

/** @see https://github.com/openai/CLIP, clip/model.py, and https://github.com/mlfoundations/open_clip */
export const clipLayout: Layout = {
  name: 'clip',
  anchor: 'class_embedding',
  title: 'OpenAI layout',
  unstated: say`assumed from its family and name; the file does not say`,
  described: 'openClip',
  sign: /(^|\.)transformer\.resblocks\.\d+\.ln_1\.weight$/,
  renames: [],
  // It has no place for a classifier.
  head: /^head\.(weight|bias)$/,
  // The projection into the space shared with texts.
  ignored: [/^proj$/],
  measure: measureOpenAi,
  family: openAiFamily,
  entries: (config) => entriesByName(config, openAiNames, { parts: torchParts }),
}

/** @see https://github.com/huggingface/transformers, models/clip and models/siglip */
export const hfVisionLayout: Layout = {
  name: 'hfVision',
  anchor: 'embeddings.patch_embedding.weight',
  title: 'Hugging Face layout',
  unstated: say`transformers' default`,
  described: 'config',
  modelTypes: ['clip', 'clip_vision_model', 'siglip', 'siglip_vision_model'],
  sign: /(^|\.)encoder\.layers\.\d+\.self_attn\.q_proj\.weight$/,
  renames: [],
  head: /^classifier\.(weight|bias)$/,
  attentionPooling: /^head\./,
  ignored: [/^embeddings\.position_ids$/],
  measure: measureHf,
  family: hfFamily,
  headLeftOut: ({ hasPooling }) => (hasPooling ? undefined : say`no config.json says what it reads`),
  entries: hfEntries,
}

const openAiNames: NameTable = {
  embedding: 'conv1',
  classToken: 'class_embedding',
  positionEmbedding: 'positional_embedding',
  preNorm: 'ln_pre',
  'blocks.*.norm1': 'transformer.resblocks.*.ln_1',
  'blocks.*.query.weight': 'transformer.resblocks.*.attn.in_proj_weight',
  'blocks.*.key.weight': 'transformer.resblocks.*.attn.in_proj_weight',
  'blocks.*.value.weight': 'transformer.resblocks.*.attn.in_proj_weight',
  'blocks.*.query.bias': 'transformer.resblocks.*.attn.in_proj_bias',
  'blocks.*.key.bias': 'transformer.resblocks.*.attn.in_proj_bias',
  'blocks.*.value.bias': 'transformer.resblocks.*.attn.in_proj_bias',
  'blocks.*.out': 'transformer.resblocks.*.attn.out_proj',
  'blocks.*.norm2': 'transformer.resblocks.*.ln_2',
  'blocks.*.mlp1': 'transformer.resblocks.*.mlp.c_fc',
  'blocks.*.mlp2': 'transformer.resblocks.*.mlp.c_proj',
  norm: 'ln_post',
}

const hfNames: NameTable = {
  embedding: 'embeddings.patch_embedding',
  classToken: 'embeddings.class_embedding',
  positionEmbedding: 'embeddings.position_embedding.weight',
  // Spelled that way there.
  preNorm: 'pre_layrnorm',
  'blocks.*.norm1': 'encoder.layers.*.layer_norm1',
  'blocks.*.query': 'encoder.layers.*.self_attn.q_proj',
  'blocks.*.key': 'encoder.layers.*.self_attn.k_proj',
  'blocks.*.value': 'encoder.layers.*.self_attn.v_proj',
  'blocks.*.out': 'encoder.layers.*.self_attn.out_proj',
  'blocks.*.norm2': 'encoder.layers.*.layer_norm2',
  'blocks.*.mlp1': 'encoder.layers.*.mlp.fc1',
  'blocks.*.mlp2': 'encoder.layers.*.mlp.fc2',
  norm: 'post_layernorm',
  'pool.probe': 'head.probe',
  'pool.query.weight': 'head.attention.in_proj_weight',
  'pool.key.weight': 'head.attention.in_proj_weight',
  'pool.value.weight': 'head.attention.in_proj_weight',
  'pool.query.bias': 'head.attention.in_proj_bias',
  'pool.key.bias': 'head.attention.in_proj_bias',
  'pool.value.bias': 'head.attention.in_proj_bias',
  'pool.out': 'head.attention.out_proj',
  'pool.norm': 'head.layernorm',
  'pool.mlp1': 'head.mlp.fc1',
  'pool.mlp2': 'head.mlp.fc2',
  head: 'classifier',
}

function measureOpenAi(listing: Listing): Measured {
  const { shapes } = listing
  const kernel = 'conv1.weight'
  const [width = 0, channels = 0, height = 0, side = 0] = requiredShape(listing, kernel, 4)
  return {
    ...plainParts,
    width,
    depth: blockCount(listing, /^transformer\.resblocks\.(\d+)\./),
    mlpWidth: at(requiredShape(listing, 'transformer.resblocks.0.mlp.c_fc.weight', 2), 0),
    patch: patchSide(listing, kernel, height, side, channels),
    positionRows: at(requiredShape(listing, 'positional_embedding', 2), 0),
    classes: 0,
    patchBias: shapes.has('conv1.bias'),
    preNorm: shapes.has('ln_pre.weight'),
    headLeftOut: shapes.has('proj') ? say`it projects into the space shared with texts` : undefined,
  }
}

function measureHf(listing: Listing): Measured {
  const { shapes } = listing
  const kernel = hfVisionLayout.anchor
  const [width = 0, channels = 0, height = 0, side = 0] = requiredShape(listing, kernel, 4)
  return {
    ...plainParts,
    width,
    depth: blockCount(listing, /^encoder\.layers\.(\d+)\./),
    mlpWidth: at(requiredShape(listing, 'encoder.layers.0.mlp.fc1.weight', 2), 0),
    patch: patchSide(listing, kernel, height, side, channels),
    positionRows: at(requiredShape(listing, 'embeddings.position_embedding.weight', 2), 0),
    classes: shapes.get('classifier.weight')?.[0] ?? 0,
    classToken: shapes.has('embeddings.class_embedding'),
    patchBias: shapes.has('embeddings.patch_embedding.bias'),
    preNorm: shapes.has('pre_layrnorm.weight'),
    attentionPooling: shapes.has('head.probe'),
  }
}

function hfEntries(config: VitConfig): LayoutEntry[] {
  return entriesByName(config, hfNames, { parts: torchParts, shapeOf: withLeadingAxes({ 'pool.probe': 2 }) })
}

function hfFamily({ measured }: FamilySigns): Family {
  if (!measured.classToken)
    return family('SigLIP', halfNormalisation, 'hf', say`SigLIP models are trained so`, { gelu: 'tanh' })
  return family('CLIP', clipNormalisation, 'hf', say`CLIP models are trained so`, {
    gelu: 'quick',
    layerNormEpsilon: 1e-5,
  })
}

function openAiFamily({ hints }: FamilySigns): Family {
  // OpenAI, MetaCLIP and DFN compute QuickGELU; LAION's and DataComp's models do not, but for those that say so.
  const exact = hints.some((hint) => /laion|datacomp|commonpool/.test(hint) && !/quickgelu/.test(hint))
  return family('CLIP', clipNormalisation, 'timm', say`CLIP models are trained so`, {
    gelu: exact ? 'erf' : 'quick',
    layerNormEpsilon: 1e-5,
  })
}
