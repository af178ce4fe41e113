/** @file The layouts of google-research: Flax names, kernels as [in, out], attention kept apart by head. */
import { say, type Sentence } from '../sentence.ts'
import { at, type Shape } from '../tensor/shape.ts'
import type { VitConfig } from '../vit/config.ts'
import { isConvolution, isGroupNorm, jaxStem, jaxStemNames, pixelsPerPatch } from './hybrid-names.ts'
import { family, halfNormalisation, hybridFamily, type Family } from './family.ts'
import type { AxisOrder, Layout, LayoutEntry } from './layout.ts'
import {
  blockCount,
  checkedDepth,
  plainParts,
  requiredShape,
  type Listing,
  type Measured,
} from './listing.ts'
import { entriesByName, flaxParts, type NameTable } from './name-table.ts'

const kernel = 'embedding/kernel'

/** What the two layouts call differently. */
interface Dialect {
  readonly positions: string
  /** Of block number `*`. */
  readonly block: string
  readonly attention: string
  readonly norm2: string
  readonly mlp: string
}

const vitJax: Dialect = {
  positions: 'Transformer/posembed_input/pos_embedding',
  block: 'Transformer/encoderblock_*',
  attention: 'MultiHeadDotProductAttention_1',
  norm2: 'LayerNorm_2',
  mlp: 'MlpBlock_3',
}

const bigVision: Dialect = {
  positions: 'pos_embedding',
  block: 'Transformer/encoderblock_*',
  attention: 'MultiHeadDotProductAttention_0',
  norm2: 'LayerNorm_1',
  mlp: 'MlpBlock_0',
}

const scanned = 'Transformer/encoderblock'

/** @see https://github.com/google-research/vision_transformer, vit_jax/models_vit.py and checkpoint.py */
export const jaxLayout: Layout = {
  name: 'jax',
  anchor: kernel,
  title: 'vit_jax layout',
  unstated: say`JAX code computes it so`,
  described: 'sidecar',
  sign: /(^|\/)encoderblock_\d+\/MlpBlock_3\//,
  renames: [],
  head: /^head\//,
  ignored: [/^pre_logits\//],
  measure: (listing) => measure(listing, vitJax),
  family: ({ measured }) =>
    google(measured.stem === null ? 'ViT' : hybridFamily, say`vit_jax models are trained so`),
  entries: (config) => flaxEntries(config, vitJax),
}

/** @see https://github.com/google-research/big_vision, models/vit.py */
export const bigVisionLayout: Layout = {
  ...jaxLayout,
  name: 'bigVision',
  title: 'big_vision layout',
  sign: /(^|\/)encoderblock_\d+\/MlpBlock_0\//,
  renames: [[/^Transformer\/posembed_input\/pos_embedding$/, bigVision.positions]],
  attentionPooling: /^MAPHead_0\//,
  measure: (listing) => measure(listing, bigVision),
  family: ({ listing }) =>
    google(listing.prefix.endsWith('img/') ? 'SigLIP or LiT' : 'ViT', say`big_vision models are trained so`),
  entries: (config) => flaxEntries(config, bigVision),
}

/** The same with all blocks in one, stacked along a first axis. */
export const bigVisionScannedLayout: Layout = {
  ...bigVisionLayout,
  sign: /(^|\/)Transformer\/encoderblock\/MlpBlock_0\//,
  measure: measureScanned,
  entries: scannedEntries,
}

function namesOf({ positions, block, attention, norm2, mlp }: Dialect): NameTable {
  return {
    ...jaxStemNames,
    embedding: 'embedding',
    classToken: 'cls',
    positionEmbedding: positions,
    'blocks.*.norm1': `${block}/LayerNorm_0`,
    'blocks.*.query': `${block}/${attention}/query`,
    'blocks.*.key': `${block}/${attention}/key`,
    'blocks.*.value': `${block}/${attention}/value`,
    'blocks.*.out': `${block}/${attention}/out`,
    'blocks.*.norm2': `${block}/${norm2}`,
    'blocks.*.mlp1': `${block}/${mlp}/Dense_0`,
    'blocks.*.mlp2': `${block}/${mlp}/Dense_1`,
    norm: 'Transformer/encoder_norm',
    'pool.probe': 'MAPHead_0/probe',
    'pool.query': 'MAPHead_0/MultiHeadDotProductAttention_0/query',
    'pool.key': 'MAPHead_0/MultiHeadDotProductAttention_0/key',
    'pool.value': 'MAPHead_0/MultiHeadDotProductAttention_0/value',
    'pool.out': 'MAPHead_0/MultiHeadDotProductAttention_0/out',
    'pool.norm': 'MAPHead_0/LayerNorm_0',
    'pool.mlp1': 'MAPHead_0/MlpBlock_0/Dense_0',
    'pool.mlp2': 'MAPHead_0/MlpBlock_0/Dense_1',
    head: 'head',
  }
}

function measure(listing: Listing, dialect: Dialect): Measured {
  const [height = 0, side = 0, channels = 0, width = 0] = requiredShape(listing, kernel, 4)
  const { shapes, prefix } = listing
  const stem = jaxStem(listing)
  const block = dialect.block.replace('*', '0')
  const preLogits = shapes.has('pre_logits/kernel')
  const projection = prefix.endsWith('img/')
  const head = shapes.get('head/bias')
  return {
    ...plainParts,
    width,
    depth: blockCount(listing, /^Transformer\/encoderblock_(\d+)\//),
    mlpWidth: at(requiredShape(listing, `${block}/${dialect.mlp}/Dense_0/kernel`, 2), 1),
    patch: pixelsPerPatch(listing, kernel, { height, side, channels }, stem),
    positionRows: at(requiredShape(listing, dialect.positions, 3), 1),
    classes: head === undefined || preLogits || projection ? 0 : at(head, 0),
    heads: at(requiredShape(listing, `${block}/${dialect.attention}/query/kernel`, 3), 1),
    classToken: shapes.has('cls'),
    attentionPooling: shapes.has('MAPHead_0/probe'),
    stem,
    headLeftOut: leftOut(preLogits, projection && head !== undefined),
  }
}

function leftOut(preLogits: boolean, projection: boolean): Sentence | undefined {
  if (preLogits) return say`it expects the “pre_logits” layer, which fine-tuning drops`
  return projection ? say`it projects into the space shared with texts` : undefined
}

/** As if the first of the stacked blocks were there with its number. */
function measureScanned(listing: Listing): Measured {
  const shapes = new Map(listing.shapes)
  let depth = 0
  for (const [name, shape] of listing.shapes) {
    if (!name.startsWith(`${scanned}/`)) continue
    shapes.set(name.replace(scanned, `${scanned}_0`), shape.slice(1))
    depth = at(shape, 0)
  }
  return { ...measure({ ...listing, shapes }, bigVision), depth: checkedDepth(listing.file, depth) }
}

function flaxEntries(config: VitConfig, dialect: Dialect): LayoutEntry[] {
  return entriesByName(config, namesOf(dialect), { parts: flaxParts, shapeOf, order })
}

function scannedEntries(config: VitConfig): LayoutEntry[] {
  const names = namesOf({ ...bigVision, block: scanned })
  const stacked = (parameter: string, shape: Shape): Shape => {
    const single = shapeOf(parameter, shape, config)
    return parameter.startsWith('blocks.') ? [1, ...single] : single
  }
  return entriesByName(config, names, { parts: flaxParts, shapeOf: stacked, order })
}

function shapeOf(parameter: string, shape: Shape, { heads }: VitConfig): Shape {
  const [first = 0, second = 0, height = 1, width = 1] = shape
  if (isConvolution(parameter)) return [height, width, second, first]
  if (isGroupNorm(parameter)) return [1, 1, 1, first]
  if (parameter === 'positionEmbedding') return [1, ...shape]
  if (parameter === 'classToken' || parameter === 'pool.probe') return [1, 1, ...shape]
  if (/\.(query|key|value)\.weight$/.test(parameter)) return [second, heads, first / heads]
  if (/\.(query|key|value)\.bias$/.test(parameter)) return [heads, first / heads]
  if (parameter.endsWith('.out.weight')) return [heads, second / heads, first]
  return shape.length === 2 ? [second, first] : shape
}

function order(parameter: string, { length }: Shape): AxisOrder | undefined {
  if (length === 4) return 'convolution'
  return parameter.endsWith('.weight') && length === 2 ? 'transposed' : undefined
}

function google(name: string, reason: Sentence): Family {
  return family(name, halfNormalisation, 'jax', reason, { gelu: 'tanh' })
}
