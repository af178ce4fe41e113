/** @file The layout of google-research/vision_transformer: Flax names, kernels as [in, out], attention kept apart by head. */
import { at } from '../tensor/shape.ts'
import { blockName, patchCount, prefixRows, type VitConfig } from '../vit/config.ts'
import {
  blockCount,
  patchSide,
  requiredShape,
  type AxisOrder,
  type Layout,
  type LayoutEntry,
  type Listing,
  type Measured,
} from './layout.ts'

const kernel = 'embedding/kernel'
const positions = 'Transformer/posembed_input/pos_embedding'
const attention = 'MultiHeadDotProductAttention_1'

/** @see https://github.com/google-research/vision_transformer, vit_jax/models_vit.py and checkpoint.py */
export const jaxLayout: Layout = {
  name: 'jax',
  anchor: kernel,
  renames: [],
  head: /^head\//,
  ignored: [/^pre_logits\//],
  measure,
  entries,
}

function measure(listing: Listing): Measured {
  const [height = 0, side = 0, channels = 0, width = 0] = requiredShape(listing, kernel, 4)
  const { shapes } = listing
  const block = 'Transformer/encoderblock_0'
  const preLogits = shapes.has('pre_logits/kernel')
  const head = shapes.get('head/bias')
  return {
    width,
    depth: blockCount(listing, /^Transformer\/encoderblock_(\d+)\//),
    mlpWidth: at(requiredShape(listing, `${block}/MlpBlock_3/Dense_0/kernel`, 2), 1),
    patch: patchSide(listing, kernel, height, side, channels),
    positionRows: at(requiredShape(listing, positions, 3), 1),
    classes: head === undefined || preLogits ? 0 : at(head, 0),
    heads: at(requiredShape(listing, `${block}/${attention}/query/kernel`, 3), 1),
    classToken: shapes.has('cls'),
    distillationToken: false,
    layerScale: false,
    qkvBias: true,
    finalNorm: 'beforePooling',
    headLeftOut: preLogits ? 'it expects the “pre_logits” layer, which fine-tuning drops' : undefined,
  }
}

function entries(config: VitConfig): LayoutEntry[] {
  const { width: D, patch: P, classes: K } = config
  const rows = prefixRows(config) + patchCount(config.grid)
  const list: LayoutEntry[] = [
    { name: kernel, shape: [P, P, 3, D], holds: ['embedding.weight'], order: 'convolution' },
    { name: 'embedding/bias', shape: [D], holds: ['embedding.bias'] },
  ]
  if (config.classToken) list.push({ name: 'cls', shape: [1, 1, D], holds: ['classToken'] })
  list.push({ name: positions, shape: [1, rows, D], holds: ['positionEmbedding'] })
  for (let index = 0; index < config.depth; index++) list.push(...blockEntries(config, index))
  list.push({ name: 'Transformer/encoder_norm/scale', shape: [D], holds: ['norm.scale'] })
  list.push({ name: 'Transformer/encoder_norm/bias', shape: [D], holds: ['norm.bias'] })
  if (K > 0) {
    list.push({ name: 'head/kernel', shape: [D, K], holds: ['head.weight'], order: 'transposed' })
    list.push({ name: 'head/bias', shape: [K], holds: ['head.bias'] })
  }
  return list
}

function blockEntries(config: VitConfig, index: number): LayoutEntry[] {
  const { width: D, mlpWidth: M, heads: H } = config
  const headWidth = D / H
  const entry = (name: string, shape: number[], parameter: string, order?: AxisOrder): LayoutEntry => ({
    name: `Transformer/encoderblock_${index}/${name}`,
    shape,
    holds: [`${blockName(index)}.${parameter}`],
    ...(order === undefined ? {} : { order }),
  })
  return [
    entry('LayerNorm_0/scale', [D], 'norm1.scale'),
    entry('LayerNorm_0/bias', [D], 'norm1.bias'),
    ...['query', 'key', 'value'].flatMap((role) => [
      entry(`${attention}/${role}/kernel`, [D, H, headWidth], `${role}.weight`, 'transposed'),
      entry(`${attention}/${role}/bias`, [H, headWidth], `${role}.bias`),
    ]),
    entry(`${attention}/out/kernel`, [H, headWidth, D], 'out.weight', 'transposed'),
    entry(`${attention}/out/bias`, [D], 'out.bias'),
    entry('LayerNorm_2/scale', [D], 'norm2.scale'),
    entry('LayerNorm_2/bias', [D], 'norm2.bias'),
    entry('MlpBlock_3/Dense_0/kernel', [D, M], 'mlp1.weight', 'transposed'),
    entry('MlpBlock_3/Dense_0/bias', [M], 'mlp1.bias'),
    entry('MlpBlock_3/Dense_1/kernel', [M, D], 'mlp2.weight', 'transposed'),
    entry('MlpBlock_3/Dense_1/bias', [D], 'mlp2.bias'),
  ]
}
