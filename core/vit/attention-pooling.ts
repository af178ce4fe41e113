/** @file Attention pooling: one learned query attends to all patches. SigLIP's and big_vision's way to one vector. */
import { add, gelu, matmul, multiply, reduceSum, reshape, softmax, transpose } from '../graph/build.ts'
import type { Value } from '../graph/ir.ts'
import { linear, normalise, type ParameterValues, type TokenSizes } from './block.ts'
import type { VitConfig } from './config.ts'

/**
 * Pools the patches [B·N, D] to [B, D]: y = attention(probe, patches)·Wₒ, then y + MLP(LayerNorm(y)).
 *
 * @returns the pooled vectors, and the attention weights [B, H, 1, N]
 * @see "Scaling Vision Transformers" (Zhai et al. 2022), section 3.3; big_vision, models/vit.py
 */
export function attentionPooling(
  x: Value,
  { batch, tokens }: TokenSizes,
  config: VitConfig,
  parameters: ParameterValues,
): { pooled: Value; attention: Value } {
  const { width, heads } = config
  const headWidth = width / heads
  const named: ParameterValues = (name) => parameters(`pool.${name}`)
  const query = multiply(
    linear(reshape(named('probe'), [1, width]), 'query', named),
    1 / Math.sqrt(headWidth),
  )
  const perHead = (name: string): Value => reshape(linear(x, name, named), [batch, tokens, heads, headWidth])
  // One query for all images: its products with the keys are a sum over the last axis, [B, N, H, 1].
  const scores = reduceSum(multiply(perHead('key'), reshape(query, [1, 1, heads, headWidth])), [3])
  const attention = softmax(transpose(scores, [0, 2, 3, 1]))
  // [B, H, 1, N]·[B, H, N, dh]
  const mixed = matmul(attention, transpose(perHead('value'), [0, 2, 1, 3]))
  const attended = linear(reshape(mixed, [batch, width]), 'out', named)
  const hidden = gelu(linear(normalise(attended, 'norm', config, named), 'mlp1', named), config.gelu)
  return { pooled: add(attended, linear(hidden, 'mlp2', named)), attention }
}
