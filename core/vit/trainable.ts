/** @file Which parts of a model a training changes. What is frozen has no gradient, no optimiser state and no update. */
import { blockName, parameterShapes, type VitConfig } from './config.ts'
import type { Cut } from './model.ts'

/**
 * `allButEmbedding` keeps what makes tokens of pixels: patch kernel, a hybrid's stem, prefix tokens and positions
 * ("How to Fine-Tune Vision Models with SGD", arXiv 2211.09359). `lastBlocks` trains that many blocks and all behind them;
 * as many as there are is everything.
 */
export type Trainable =
  | { readonly part: 'everything' | 'allButEmbedding' | 'head' }
  | { readonly part: 'lastBlocks'; readonly count: number }

/** Names of the parameters that are trained, in the order of the forward pass. */
export function trainableParameters(config: VitConfig, trainable: Trainable): Set<string> {
  const names = [...parameterShapes(config).keys()]
  const cut = frozenUpTo(config, trainable)
  if (cut === 'features') return new Set(names.filter((name) => name.startsWith('head.')))
  if (cut !== null) return new Set(names.filter((name) => isBehind(name, cut, config.depth)))
  return new Set(trainable.part === 'allButEmbedding' ? names.filter((name) => !makesTokens(name)) : names)
}

/** Where the part that only runs forward ends; null where some parameter before the first block is trained. */
export function frozenUpTo(config: VitConfig, trainable: Trainable): Cut | null {
  switch (trainable.part) {
    case 'everything':
    case 'allButEmbedding':
      return null
    case 'head':
      return 'features'
    case 'lastBlocks':
      return trainable.count >= config.depth ? null : config.depth - trainable.count
  }
}

function isBehind(name: string, cut: number, depth: number): boolean {
  if (name.startsWith('norm.') || name.startsWith('pool.') || name.startsWith('head.')) return true
  const trained = Array.from({ length: depth - cut }, (_, index) => `${blockName(cut + index)}.`)
  return trained.some((block) => name.startsWith(block))
}

const tokenMakers = ['embedding.', 'stem.', 'preNorm.']
const tokenValues = ['classToken', 'distillationToken', 'registers', 'positionEmbedding']

function makesTokens(name: string): boolean {
  return tokenValues.includes(name) || tokenMakers.some((start) => name.startsWith(start))
}
