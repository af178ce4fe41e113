/** @file One encoder block: multi-head self-attention and an MLP, each behind a LayerNorm and a residual. */
import {
  add,
  gelu,
  gemm,
  layerNorm,
  matmul,
  multiply,
  reshape,
  sigmoid,
  slice,
  softmax,
  transpose,
} from '../graph/build.ts'
import type { Value } from '../graph/ir.ts'
import { blockName, type VitConfig } from './config.ts'

/** Gives the graph value of a parameter by its canonical name. */
export type ParameterValues = (name: string) => Value

/** What a block returns besides its result, for inspection. */
export interface BlockResult {
  /** [B·T, D], T the number of tokens that were asked for. */
  readonly tokens: Value
  /** Attention weights [B, H, T, N]. */
  readonly attention: Value
}

/** Sizes that the flat token matrix [B·N, D] does not show. */
export interface TokenSizes {
  readonly batch: number
  readonly tokens: number
}

/**
 * Applies a block to [B·N, D].
 *
 * @param queries how many tokens of each image to compute; those left out still serve as keys and values. The last
 *   block needs only what the head reads, which saves most of its work and changes nothing.
 * @see "An Image is Worth 16x16 Words", eq. 2 and 3
 */
export function encoderBlock(
  x: Value,
  index: number,
  { batch, tokens }: TokenSizes,
  queries: number,
  config: VitConfig,
  parameters: ParameterValues,
): BlockResult {
  const named: ParameterValues = (name) => parameters(`${blockName(index)}.${name}`)
  const sizes = { batch, tokens }
  const normed = normalise(x, 'norm1', config, named)
  const { mixed, attention } = selfAttention(normed, sizes, queries, config, named)
  const residual = add(firstTokens(x, sizes, queries), scaled(mixed, 'scale1', config, named))
  const hidden = mlp(normalise(residual, 'norm2', config, named), config, named)
  return { tokens: add(residual, scaled(hidden, 'scale2', config, named)), attention }
}

// softmax(q·kᵀ/√dh)·v for each head, projected back to width D
function selfAttention(
  x: Value,
  sizes: TokenSizes,
  queries: number,
  config: VitConfig,
  named: ParameterValues,
): { mixed: Value; attention: Value } {
  const { width, heads } = config
  const headWidth = width / heads
  const project = (input: Value, name: string, tokens: number): Value =>
    reshape(linear(input, name, named, config.qkvBias), [sizes.batch, tokens, heads, headWidth])
  const query = multiply(project(firstTokens(x, sizes, queries), 'query', queries), 1 / Math.sqrt(headWidth))
  const key = project(x, 'key', sizes.tokens)
  const value = project(x, 'value', sizes.tokens)
  // [B, H, T, dh]·[B, H, dh, N] → [B, H, T, N]
  const attention = softmax(matmul(transpose(query, [0, 2, 1, 3]), transpose(key, [0, 2, 3, 1])))
  const perHead = matmul(attention, transpose(value, [0, 2, 1, 3]))
  const joined = reshape(transpose(perHead, [0, 2, 1, 3]), [sizes.batch * queries, width])
  return { mixed: linear(joined, 'out', named), attention }
}

// Two layers with GELU between, or gated: silu(x·W₁)·(x·W₂), then W₃ (Shazeer 2020)
function mlp(x: Value, config: VitConfig, named: ParameterValues): Value {
  const hidden = linear(x, 'mlp1', named)
  if (!config.swiglu) return linear(gelu(hidden, config.gelu), 'mlp2', named)
  const gate = linear(x, 'gate', named)
  return linear(multiply(multiply(gate, sigmoid(gate)), hidden), 'mlp2', named)
}

/** The first `count` tokens of each image: [B·N, D] → [B·count, D]. */
export function firstTokens(x: Value, { batch, tokens }: TokenSizes, count: number): Value {
  if (count === tokens) return x
  const width = x.shape[1] ?? 0
  return reshape(slice(reshape(x, [batch, tokens, width]), 1, 0, count), [batch * count, width])
}

/** x·Wᵀ + b with W [out, in] */
export function linear(x: Value, name: string, named: ParameterValues, hasBias = true): Value {
  const bias = hasBias ? named(`${name}.bias`) : undefined
  return gemm(x, named(`${name}.weight`), { transposeB: true, bias })
}

/** The LayerNorm of this name, over the last axis. */
export function normalise(x: Value, name: string, config: VitConfig, named: ParameterValues): Value {
  return layerNorm(x, named(`${name}.scale`), named(`${name}.bias`), config.layerNormEpsilon)
}

// LayerScale: each branch times a learned vector (Touvron et al. 2021)
function scaled(x: Value, name: string, config: VitConfig, named: ParameterValues): Value {
  return config.layerScale ? multiply(x, named(name)) : x
}
