/** @file The Vision Transformer from pixels to logits, as it reads in the paper. */
import {
  add,
  cast,
  concat,
  constant,
  divide,
  gemm,
  multiply,
  pad,
  reduceSum,
  reshape,
  slice,
  subtract,
  transpose,
} from '../graph/build.ts'
import type { Value } from '../graph/ir.ts'
import { at, type Shape } from '../tensor/shape.ts'
import { floats } from '../tensor/tensor.ts'
import { attentionPooling } from './attention-pooling.ts'
import {
  encoderBlock,
  firstTokens,
  linear,
  normalise,
  type ParameterValues,
  type TokenSizes,
} from './block.ts'
import {
  featureWidth,
  patchCount,
  patchKernel,
  prefixRows,
  prefixTokens,
  type Grid,
  type Normalisation,
  type VitConfig,
} from './config.ts'
import { hybridStem } from './hybrid-stem.ts'

/** The model's results; logits are absent where the config has no classes. */
export interface VitOutputs {
  /** What the head reads, [B, D] ([B, 2·D] for `classAndMean`): the paper's "pre-logits". */
  readonly features: Value
  /** [B, K] */
  readonly logits: Value | null
  /** Attention weights of each block, [B, H, T, N]; T is N but for the last block. */
  readonly attentions: readonly Value[]
  /** Weights with which attention pooling reads the patches, [B, H, 1, patches]; null with any other pooling. */
  readonly poolingAttention: Value | null
}

/** Options of `vit`. */
export interface VitOptions {
  /** Computes every token in the last block, so that its whole attention can be looked at. */
  readonly allTokens?: boolean
  /** Uses the second head of a pretrained distilled model, `headDistillation`. */
  readonly distillationHead?: boolean
}

/**
 * The whole model.
 *
 * @param pixels what `inputOfPixels` or `inputOfPlanes` gives
 */
export function vit(
  pixels: Value,
  config: VitConfig,
  parameters: ParameterValues,
  options: VitOptions = {},
): VitOutputs {
  return blocksAndHead(tokensOf(pixels, config, parameters), 0, config, parameters, options)
}

/** A place between two parts of the model: before a block, or before the head, whose input are the features. */
export type Cut = number | 'features'

/** What passes a cut: tokens [B·T, D] before a block, features [B, D] ([B, 2·D] for `classAndMean`) before the head. */
export function cutShape(config: VitConfig, cut: Cut, batch: number): Shape {
  if (cut === 'features') return [batch, featureWidth(config)]
  return [batch * tokenCount(config), config.width]
}

/**
 * The model up to a cut.
 *
 * @param pixels what `inputOfPixels` or `inputOfPlanes` gives
 * @returns the value of `cutShape`
 */
export function vitUpTo(cut: Cut, pixels: Value, config: VitConfig, parameters: ParameterValues): Value {
  const tokens = tokensOf(pixels, config, parameters)
  if (cut === 'features') return blocksAndHead(tokens, 0, config, parameters, {}).features
  return encode(tokens, 0, cut, config, parameters, false).tokens
}

/**
 * The model from a cut on; `vitFrom(cut, vitUpTo(cut, …), …)` computes what `vit` does.
 *
 * @param value of `cutShape`
 * @returns attentions are those of the blocks behind the cut
 */
export function vitFrom(cut: Cut, value: Value, config: VitConfig, parameters: ParameterValues): VitOutputs {
  if (cut !== 'features') return blocksAndHead(value, cut, config, parameters, {})
  const logits = linear(value, 'head', parameters)
  return { features: value, logits, attentions: [], poolingAttention: null }
}

/** The first tokens of every image, [B·T, D]: patches embedded, prefix and positions added. */
function tokensOf(pixels: Value, config: VitConfig, parameters: ParameterValues): Value {
  const patches =
    config.stem === null ? pixels : patchesOf(hybridStem(pixels, config.stem, parameters), config.grid)
  const batch = at(patches.shape, 0) / patchCount(config.grid)
  const tokens = embed(patches, { batch, tokens: tokenCount(config) }, config, parameters)
  return config.preNorm ? normalise(tokens, 'preNorm', config, parameters) : tokens
}

function blocksAndHead(
  tokens: Value,
  from: number,
  config: VitConfig,
  parameters: ParameterValues,
  { allTokens = false, distillationHead = false }: VitOptions,
): VitOutputs {
  const batch = at(tokens.shape, 0) / tokenCount(config)
  const encoded = encode(tokens, from, config.depth, config, parameters, allTokens)
  return {
    ...head(encoded.tokens, batch, config, parameters, distillationHead),
    attentions: encoded.attentions,
  }
}

/** Blocks `from` … `to` − 1; the model's last one gives only the tokens that the head reads unless all are asked for. */
function encode(
  tokens: Value,
  from: number,
  to: number,
  config: VitConfig,
  parameters: ParameterValues,
  allTokens: boolean,
): { tokens: Value; attentions: Value[] } {
  const all = tokenCount(config)
  const sizes = { batch: at(tokens.shape, 0) / all, tokens: all }
  const needed = allTokens ? all : tokensRead(config, all)
  const attentions: Value[] = []
  for (let index = from; index < to; index++) {
    const queries = index === config.depth - 1 ? needed : all
    const block = encoderBlock(tokens, index, sizes, queries, config, parameters)
    tokens = block.tokens
    attentions.push(block.attention)
  }
  return { tokens, attentions }
}

/** T: prefix tokens and patches of an image. */
function tokenCount(config: VitConfig): number {
  return prefixTokens(config) + patchCount(config.grid)
}

/** How many of the first tokens the head looks at. */
function tokensRead({ pooling }: VitConfig, all: number): number {
  return { class: 1, distilled: 2, mean: all, classAndMean: all, attention: all }[pooling]
}

/**
 * Patches times E, behind the prefix tokens, plus position embeddings: eq. 1. Prefix tokens enter as zero rows to
 * which their value is added together with the positions, which keeps the batch size out of the graph's constants.
 */
function embed(
  patches: Value,
  { batch, tokens }: TokenSizes,
  config: VitConfig,
  parameters: ParameterValues,
): Value {
  const { width: D } = config
  const { channels, side } = patchKernel(config)
  // [D, 3, P, P] → [D, P·P·3], the order of the pixels in a patch
  const weights = reshape(parameters('embedding.weight'), [D, channels, side, side])
  const kernel = reshape(transpose(weights, [0, 2, 3, 1]), [D, side * side * channels])
  const bias = config.patchBias ? parameters('embedding.bias') : undefined
  const embedded = gemm(patches, kernel, { transposeB: true, bias })
  const prefix = prefixTokens(config)
  const rows = reshape(embedded, [batch, patchCount(config.grid), D])
  const padded = prefix === 0 ? rows : pad(rows, 1, prefix, 0)
  const positions = reshape(tokenOffsets(config, parameters), [1, tokens, D])
  return reshape(add(padded, positions), [batch * tokens, D])
}

/** What is added to every image's token rows: prefix tokens and position embeddings, [T, D]. */
function tokenOffsets(config: VitConfig, parameters: ParameterValues): Value {
  const positions = parameters('positionEmbedding')
  const placed = prefixRows(config)
  const names = ['classToken', 'distillationToken'].slice(0, prefixTokens(config) - config.registers)
  const prefix = names.map((name, row) => {
    const token = reshape(parameters(name), [1, config.width])
    return row < placed ? add(token, slice(positions, 0, row, row + 1)) : token
  })
  if (config.registers > 0) prefix.push(parameters('registers'))
  if (prefix.length === 0) return positions
  const patches = placed === 0 ? positions : slice(positions, 0, placed, at(positions.shape, 0))
  return concat([...prefix, patches], 0)
}

// eq. 4 and the classification head
function head(
  tokens: Value,
  batch: number,
  config: VitConfig,
  parameters: ParameterValues,
  distillationHead: boolean,
): Omit<VitOutputs, 'attentions'> {
  const norm = (x: Value): Value => normalise(x, 'norm', config, parameters)
  const normedFirst = config.finalNorm === 'beforePooling'
  const count = at(tokens.shape, 0) / batch
  const read = firstTokens(tokens, { batch, tokens: count }, tokensRead(config, count))
  const normed = normedFirst ? norm(read) : read
  const { pooled, attention: poolingAttention } = pool(normed, batch, config, parameters)
  const features = normedFirst ? pooled : norm(pooled)
  if (config.classes === 0) return { features, logits: null, poolingAttention }
  const logits = distillationHead
    ? bothHeads(normed, batch, parameters)
    : linear(features, 'head', parameters)
  return { features, logits, poolingAttention }
}

/** The pretrained distilled model: the mean of what each token's own head says (Touvron et al. 2021). */
function bothHeads(tokens: Value, batch: number, parameters: ParameterValues): Value {
  const width = at(tokens.shape, 1)
  const token = (row: number): Value =>
    reshape(slice(reshape(tokens, [batch, 2, width]), 1, row, row + 1), [batch, width])
  const sum = add(linear(token(0), 'head', parameters), linear(token(1), 'headDistillation', parameters))
  return multiply(sum, 0.5)
}

// [B·T, D] of the tokens read → [B, D] or [B, 2·D]
function pool(
  tokens: Value,
  batch: number,
  config: VitConfig,
  parameters: ParameterValues,
): { pooled: Value; attention: Value | null } {
  const count = at(tokens.shape, 0) / batch
  const perImage = reshape(tokens, [batch, count, config.width])
  const classToken = (): Value => firstTokens(tokens, { batch, tokens: count }, 1)
  const patchMean = (): Value => mean(slice(perImage, 1, prefixTokens(config), count))
  switch (config.pooling) {
    case 'class':
      return { pooled: classToken(), attention: null }
    case 'distilled':
      return { pooled: mean(perImage), attention: null }
    case 'mean':
      return { pooled: patchMean(), attention: null }
    case 'classAndMean':
      return { pooled: concat([classToken(), patchMean()], 1), attention: null }
    case 'attention': {
      const patches = count - prefixTokens(config)
      const rows = reshape(slice(perImage, 1, prefixTokens(config), count), [batch * patches, config.width])
      return attentionPooling(rows, { batch, tokens: patches }, config, parameters)
    }
  }
}

/** Mean over the middle axis: [B, T, D] → [B, D] */
function mean(x: Value): Value {
  const [batch, count, width] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2)]
  return reshape(divide(reduceSum(x, [1]), count), [batch, width])
}

/** Pixels [B, R, R, 3] in 0..255 as `vit` reads them: normalised patches [B·N, P·P·3], or images for a hybrid. */
export function inputOfPixels(pixels: Value, config: VitConfig, normalisation: Normalisation): Value {
  const [batch, height, width] = [at(pixels.shape, 0), at(pixels.shape, 1), at(pixels.shape, 2)]
  // Transposed while a pixel is still one byte: far cheaper than float by float.
  if (config.stem === null) return normalised(patchesOf(pixels, config.grid), normalisation)
  return reshape(normalised(reshape(pixels, [batch * height, width * 3]), normalisation), pixels.shape)
}

/** The same from normalised pixels [B, 3, R, R], as other tools feed exported models. */
export function inputOfPlanes(planes: Value, config: VitConfig): Value {
  const images = transpose(planes, [0, 2, 3, 1])
  return config.stem === null ? patchesOf(images, config.grid) : images
}

/** Rows of RGB pixels, [rows, 3·n], normalised; whole rows at a time. */
function normalised(rows: Value, { mean: m, std }: Normalisation): Value {
  const width = at(rows.shape, 1)
  const perPixel = (values: readonly number[]): Value =>
    constant(floats([width], Array.from({ length: width / 3 }, () => values).flat()))
  // (p/255 − m)/s = p·(1/(255·s)) − m/s
  const scale = perPixel(std.map((s) => 1 / (255 * s)))
  const offset = perPixel(m.map((value, c) => value / at(std, c)))
  return subtract(multiply(cast(rows, 'float32'), scale), offset)
}

/** Images [B, H, W, C] cut into a grid of patches, [B·N, P·P·C]; a row is one patch, place by place. */
function patchesOf(images: Value, { rows, columns }: Grid): Value {
  const [batch, channels] = [at(images.shape, 0), at(images.shape, 3)]
  const [tall, wide] = [at(images.shape, 1) / rows, at(images.shape, 2) / columns]
  const tiles = transpose(reshape(images, [batch, rows, tall, columns, wide, channels]), [0, 1, 3, 2, 4, 5])
  return reshape(tiles, [batch * rows * columns, tall * wide * channels])
}
