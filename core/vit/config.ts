/** @file What makes one Vision Transformer differ from another, and the names of its parameters. */
import type { Shape } from '../tensor/shape.ts'

/** The activation of the MLP: exact (erf), the tanh approximation of JAX code, or CLIP's x·sigmoid(1.702x). */
export type Gelu = 'erf' | 'tanh' | 'quick'

/** How tokens become the one feature vector the head sees. `distilled` is the mean of class and distillation token. */
export type Pooling = 'class' | 'mean' | 'distilled'

/** How a family resizes position embeddings; see core/vit/position-embedding.ts. */
export type PositionResize = 'jax' | 'timm' | 'hf' | 'dino'

/** Rows × columns of patches. */
export interface Grid {
  readonly rows: number
  readonly columns: number
}

/**
 * The architecture. Letters as everywhere: D `width`, H `heads`, P `patch`, N = rows·columns patches,
 * K `classes` (0: no head).
 */
export interface VitConfig {
  readonly width: number
  readonly depth: number
  readonly heads: number
  readonly mlpWidth: number
  readonly patch: number
  readonly grid: Grid
  readonly classes: number
  readonly pooling: Pooling
  /** Whether a class token is prepended. Always true with `class` and `distilled` pooling. */
  readonly classToken: boolean
  readonly gelu: Gelu
  readonly layerNormEpsilon: number
  readonly layerScale: boolean
  readonly qkvBias: boolean
  /** Final LayerNorm before pooling (vit_jax, timm `norm`) or after it (timm `fc_norm`). */
  readonly finalNorm: 'beforePooling' | 'afterPooling'
  /** Whether prefix tokens have their own rows in the position embedding (false: DeiT-3, timm `no_embed_class`). */
  readonly prefixPositions: boolean
}

/** How pixels become model input: x = (pixel / 255 − mean) / std, per channel R, G, B. */
export interface Normalisation {
  readonly mean: readonly [number, number, number]
  readonly std: readonly [number, number, number]
}

/** Tokens before the patches: class token, then distillation token. */
export function prefixTokens(config: VitConfig): number {
  if (config.pooling === 'distilled') return 2
  return config.classToken ? 1 : 0
}

/** Rows of `positionEmbedding` that belong to prefix tokens. */
export function prefixRows(config: VitConfig): number {
  return config.prefixPositions ? prefixTokens(config) : 0
}

/** Number of patches, N. */
export function patchCount(grid: Grid): number {
  return grid.rows * grid.columns
}

/**
 * Every parameter of the model, in the order of the forward pass, with its shape. Linear weights are
 * [out, in] and the patch kernel [D, 3, P, P], as in PyTorch.
 *
 * `headDistillation.*` exists only in pretrained distilled checkpoints and goes with their head.
 */
export function parameterShapes(config: VitConfig): Map<string, Shape> {
  const { width: D, patch: P, classes: K } = config
  const shapes = new Map<string, Shape>()
  shapes.set('embedding.weight', [D, 3, P, P])
  shapes.set('embedding.bias', [D])
  if (config.classToken) shapes.set('classToken', [D])
  if (config.pooling === 'distilled') shapes.set('distillationToken', [D])
  shapes.set('positionEmbedding', [prefixRows(config) + patchCount(config.grid), D])
  for (let index = 0; index < config.depth; index++) addBlock(shapes, config, blockName(index))
  shapes.set('norm.scale', [D])
  shapes.set('norm.bias', [D])
  if (K > 0) {
    shapes.set('head.weight', [K, D])
    shapes.set('head.bias', [K])
  }
  return shapes
}

/** `blocks.3`: the prefix of a block's parameter names. */
export function blockName(index: number): string {
  return `blocks.${index}`
}

function addBlock(shapes: Map<string, Shape>, config: VitConfig, block: string): void {
  const { width: D, mlpWidth: M } = config
  const add = (name: string, shape: Shape): void => {
    shapes.set(`${block}.${name}`, shape)
  }
  add('norm1.scale', [D])
  add('norm1.bias', [D])
  for (const projection of ['query', 'key', 'value']) {
    add(`${projection}.weight`, [D, D])
    if (config.qkvBias) add(`${projection}.bias`, [D])
  }
  add('out.weight', [D, D])
  add('out.bias', [D])
  if (config.layerScale) add('scale1', [D])
  add('norm2.scale', [D])
  add('norm2.bias', [D])
  add('mlp1.weight', [M, D])
  add('mlp1.bias', [M])
  add('mlp2.weight', [D, M])
  add('mlp2.bias', [D])
  if (config.layerScale) add('scale2', [D])
}
