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
import { at } from '../tensor/shape.ts'
import { floats } from '../tensor/tensor.ts'
import {
  encoderBlock,
  firstTokens,
  linear,
  normalise,
  type ParameterValues,
  type TokenSizes,
} from './block.ts'
import { patchCount, prefixTokens, type Normalisation, type VitConfig } from './config.ts'

/** The model's results; logits are absent where the config has no classes. */
export interface VitOutputs {
  /** What the head reads, [B, D]: the paper's "pre-logits". */
  readonly features: Value
  /** [B, K] */
  readonly logits: Value | null
  /** Attention weights of each block, [B, H, T, N]; T is N but for the last block. */
  readonly attentions: readonly Value[]
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
 * @param patches [B·N, P·P·3], normalised pixels; a row is one patch, pixel by pixel
 */
export function vit(
  patches: Value,
  config: VitConfig,
  parameters: ParameterValues,
  { allTokens = false, distillationHead = false }: VitOptions = {},
): VitOutputs {
  const batch = at(patches.shape, 0) / patchCount(config.grid)
  const prefix = prefixTokens(config)
  const sizes = { batch, tokens: prefix + patchCount(config.grid) }
  const needed = config.pooling === 'mean' || allTokens ? sizes.tokens : prefix
  const attentions: Value[] = []
  let tokens = embed(patches, sizes, config, parameters)
  for (let index = 0; index < config.depth; index++) {
    const queries = index === config.depth - 1 ? needed : sizes.tokens
    const block = encoderBlock(tokens, index, sizes, queries, config, parameters)
    tokens = block.tokens
    attentions.push(block.attention)
  }
  return { ...head(tokens, batch, config, parameters, distillationHead), attentions }
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
  // [D, 3, P, P] → [D, P·P·3], the order of the pixels in a patch
  const kernel = reshape(transpose(parameters('embedding.weight'), [0, 2, 3, 1]), [D, 3 * config.patch ** 2])
  const embedded = gemm(patches, kernel, { transposeB: true, bias: parameters('embedding.bias') })
  const prefix = prefixTokens(config)
  const rows = reshape(embedded, [batch, patchCount(config.grid), D])
  const padded = prefix === 0 ? rows : pad(rows, 1, prefix, 0)
  const positions = reshape(tokenOffsets(config, parameters), [1, tokens, D])
  return reshape(add(padded, positions), [batch * tokens, D])
}

/** What is added to every image's token rows: prefix tokens and position embeddings, [T, D]. */
function tokenOffsets(config: VitConfig, parameters: ParameterValues): Value {
  const positions = parameters('positionEmbedding')
  const names = ['classToken', 'distillationToken'].slice(0, prefixTokens(config))
  if (names.length === 0) return positions
  const prefix = names.map((name) => reshape(parameters(name), [1, config.width]))
  if (!config.prefixPositions) return concat([...prefix, positions], 0)
  const rows = prefix.map((token, row) => add(token, slice(positions, 0, row, row + 1)))
  return concat([...rows, slice(positions, 0, prefix.length, at(positions.shape, 0))], 0)
}

// eq. 4 and the classification head
function head(
  tokens: Value,
  batch: number,
  config: VitConfig,
  parameters: ParameterValues,
  distillationHead: boolean,
): { features: Value; logits: Value | null } {
  const norm = (x: Value): Value => normalise(x, 'norm', config, parameters)
  const normedFirst = config.finalNorm === 'beforePooling'
  const read = config.pooling === 'mean' ? tokens : tokensOf(tokens, batch, prefixTokens(config))
  const normed = normedFirst ? norm(read) : read
  const features = normedFirst ? pool(normed, batch, config) : norm(pool(normed, batch, config))
  if (config.classes === 0) return { features, logits: null }
  if (distillationHead) return { features, logits: bothHeads(normed, batch, parameters) }
  return { features, logits: linear(features, 'head', parameters) }
}

/** The pretrained distilled model: the mean of what each token's own head says (Touvron et al. 2021). */
function bothHeads(tokens: Value, batch: number, parameters: ParameterValues): Value {
  const width = at(tokens.shape, 1)
  const token = (row: number): Value =>
    reshape(slice(reshape(tokens, [batch, 2, width]), 1, row, row + 1), [batch, width])
  const sum = add(linear(token(0), 'head', parameters), linear(token(1), 'headDistillation', parameters))
  return multiply(sum, 0.5)
}

function pool(tokens: Value, batch: number, config: VitConfig): Value {
  const count = at(tokens.shape, 0) / batch
  const perImage = reshape(tokens, [batch, count, config.width])
  switch (config.pooling) {
    case 'class':
      return tokensOf(tokens, batch, 1)
    case 'distilled':
      return mean(perImage)
    case 'mean':
      return mean(slice(perImage, 1, prefixTokens(config), count))
  }
}

function tokensOf(tokens: Value, batch: number, count: number): Value {
  return firstTokens(tokens, { batch, tokens: at(tokens.shape, 0) / batch }, count)
}

/** Mean over the middle axis: [B, T, D] → [B, D] */
function mean(x: Value): Value {
  const [batch, count, width] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2)]
  return reshape(divide(reduceSum(x, [1]), count), [batch, width])
}

/** Pixels [B, R, R, 3] in 0..255 as normalised patches [B·N, P·P·3]. */
export function patchesOfPixels(pixels: Value, config: VitConfig, { mean: m, std }: Normalisation): Value {
  const { rows, columns } = config.grid
  const P = config.patch
  const batch = at(pixels.shape, 0)
  const tiles = reshape(pixels, [batch, rows, P, columns, P, 3])
  // Transposed while a pixel is still one byte, and in whole rows of a patch: far cheaper than float by float.
  const patches = reshape(transpose(tiles, [0, 1, 3, 2, 4, 5]), [batch * rows * columns, P * P * 3])
  const perPixel = (values: readonly number[]): Value =>
    constant(floats([P * P * 3], Array.from({ length: P * P }, () => values).flat()))
  // (p/255 − m)/s = p·(1/(255·s)) − m/s
  const scale = perPixel(std.map((s) => 1 / (255 * s)))
  const offset = perPixel(m.map((value, c) => value / at(std, c)))
  return subtract(multiply(cast(patches, 'float32'), scale), offset)
}

/** Normalised pixels [B, 3, R, R], as other tools feed exported models, as patches [B·N, P·P·3]. */
export function patchesOfPlanes(planes: Value, config: VitConfig): Value {
  const { rows, columns } = config.grid
  const P = config.patch
  const batch = at(planes.shape, 0)
  const tiles = reshape(planes, [batch, 3, rows, P, columns, P])
  return reshape(transpose(tiles, [0, 2, 4, 3, 5, 1]), [batch * rows * columns, P * P * 3])
}
