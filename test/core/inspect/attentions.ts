/** @file Attention weights to test with. */
import { createRandom, uniform } from '../../../core/tensor/random.ts'
import { floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'

/** [H, T, T] of random weights whose rows sum to 1. */
export function randomAttention(heads: number, tokens: number, seed: number): FloatTensor {
  const random = createRandom(seed)
  const data = Float32Array.from({ length: heads * tokens * tokens }, () => uniform(random))
  for (let row = 0; row < heads * tokens; row++) {
    const weights = data.subarray(row * tokens, (row + 1) * tokens)
    const sum = weights.reduce((a, b) => a + b, 0)
    weights.forEach((weight, key) => {
      weights[key] = weight / sum
    })
  }
  return floatTensor([heads, tokens, tokens], data)
}

/** [H, T, T] where every token attends to itself only. */
export function identityAttention(heads: number, tokens: number): FloatTensor {
  const diagonal = (cell: number): boolean => Math.floor(cell / tokens) % tokens === cell % tokens
  const data = Float32Array.from({ length: heads * tokens * tokens }, (_, cell) => (diagonal(cell) ? 1 : 0))
  return floatTensor([heads, tokens, tokens], data)
}
