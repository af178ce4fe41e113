/** @file Attention rollout: how much of each patch reaches the representation that the head reads. */
import { invariant } from '../errors.ts'
import { at } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import type { Grid, Pooling } from '../vit/config.ts'
import { checkAttention } from './attention.ts'

/**
 * The share of every patch, [rows, columns], in what the head reads, from one image's attention weights: a tensor [H,
 * T, T] per block, first block first, T = prefix + N tokens, rows are queries.
 *
 * Per block the heads are averaged, the identity is added for the residual path and rows are normalised to sum 1; the
 * product of all blocks says which input reaches which output (Abnar and Zuidema 2020; ViT paper, D.8). The result is
 * the row of the class token, the mean of class and distillation token's, or with mean pooling, where no such token
 * represents the image, the mean over the patches' rows; both halves of `classAndMean` count equally. With attention
 * pooling the last tensor is the pooling's own, [H, 1, N], which says with what weight each patch is read. Prefix
 * tokens keep the rest of the share: the map sums to less than 1 when there are any. It is not divided by its maximum.
 */
export function attentionRollout(
  attentions: readonly FloatTensor[],
  prefix: number,
  grid: Grid,
  pooling: Pooling,
): FloatTensor {
  const blocks = pooling === 'attention' ? attentions.slice(0, -1) : attentions
  for (const attention of blocks) checkAttention(attention, prefix, grid)
  const tokens = prefix + grid.rows * grid.columns
  // From the last block to the first, one row vector times a matrix at a time: the whole product is never needed.
  let shares =
    pooling === 'attention'
      ? patchShares(at(attentions, -1), prefix, tokens)
      : readout(tokens, prefix, pooling)
  for (const attention of blocks.toReversed()) shares = throughBlock(shares, attention)
  return floatTensor([grid.rows, grid.columns], Float32Array.from(shares.subarray(prefix)))
}

/** With what weight each output token enters the pooled representation; they sum to 1. */
function readout(tokens: number, prefix: number, pooling: Exclude<Pooling, 'attention'>): Float64Array {
  const shares = new Float64Array(tokens)
  const spread = (start: number, end: number, total: number): void => {
    invariant(
      start < end && end <= tokens,
      () => `${pooling} pooling of ${prefix} prefix tokens in ${tokens}`,
    )
    shares.fill(total / (end - start), start, end)
  }
  const needed = { class: 1, distilled: 2, mean: 0, classAndMean: 1 }[pooling]
  invariant(prefix >= needed, () => `${pooling} pooling with ${prefix} prefix tokens`)
  if (pooling === 'mean') spread(prefix, tokens, 1)
  else spread(0, needed, pooling === 'classAndMean' ? 0.5 : 1)
  if (pooling === 'classAndMean') spread(prefix, tokens, 0.5)
  return shares
}

/** The mean of [H, 1, N] over the heads, behind zeros for the prefix tokens, which are not read. */
function patchShares({ shape, data }: FloatTensor, prefix: number, tokens: number): Float64Array {
  const [heads, patches] = [at(shape, 0), tokens - prefix]
  invariant(
    data.length === heads * patches,
    () => `${data.length} weights of ${heads} heads for ${patches} patches`,
  )
  const shares = new Float64Array(tokens)
  for (let patch = 0; patch < patches; patch++) {
    let sum = 0
    for (let head = 0; head < heads; head++) sum += at(data, head * patches + patch)
    shares[prefix + patch] = sum / heads
  }
  return shares
}

/** shares · M with M = (mean over heads + I), each row divided by its sum. */
function throughBlock(shares: Float64Array, { shape, data }: FloatTensor): Float64Array {
  const [heads, tokens] = [at(shape, 0), shares.length]
  const result = new Float64Array(tokens)
  const row = new Float64Array(tokens)
  for (const [query, share] of shares.entries()) {
    if (share === 0) continue
    row.fill(0)
    for (let head = 0; head < heads; head++) {
      const start = (head * tokens + query) * tokens
      for (let key = 0; key < tokens; key++) row[key] = (row[key] ?? 0) + (data[start + key] ?? 0) / heads
    }
    row[query] = at(row, query) + 1
    const sum = row.reduce((total, weight) => total + weight, 0)
    for (let key = 0; key < tokens; key++) result[key] = (result[key] ?? 0) + (share * (row[key] ?? 0)) / sum
  }
  return result
}
