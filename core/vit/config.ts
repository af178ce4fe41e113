/** @file What makes one Vision Transformer differ from another, and the names of its parameters. */
import type { Shape } from '../tensor/shape.ts'
import { kernelShape, stemChannels, stemShapes, stemStride, type HybridStem } from './hybrid-config.ts'

/** The activation of the MLP: exact (erf), the tanh approximation of JAX code, or CLIP's x·sigmoid(1.702x). */
export const gelus = ['erf', 'tanh', 'quick'] as const
export type Gelu = (typeof gelus)[number]

/**
 * How tokens become the one feature vector the head sees. `mean` is over the patches; `distilled` is the mean of class
 * and distillation token; `classAndMean` concatenates the class token and the mean of the patches (DINOv2's
 * classifiers); `attention` attends to the patches with one learned query (SigLIP's and big_vision's MAP head).
 */
export const poolings = ['class', 'mean', 'distilled', 'classAndMean', 'attention'] as const
export type Pooling = (typeof poolings)[number]

/** How a family resizes position embeddings; see core/vit/position-embedding.ts. */
export const positionResizes = ['jax', 'timm', 'hf', 'dino'] as const
export type PositionResize = (typeof positionResizes)[number]

/** Rows × columns of patches. */
export interface Grid {
  readonly rows: number
  readonly columns: number
}

/**
 * The architecture. Letters as everywhere: D `width`, H `heads`, P `patch`, N = rows·columns patches,
 * K `classes` (0: no head). P counts pixels of the image, in a hybrid too, whose patch kernel has P/stride of them.
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
  /**
   * Whether class and distillation token have their own rows in the position embedding (false: DeiT-3, timm
   * `no_embed_class`). Register tokens never have.
   */
  readonly prefixPositions: boolean
  /** Learned tokens between class token and patches that nothing reads in the end (DINOv2 with registers). */
  readonly registers: number
  /** Whether all tokens pass a LayerNorm before the first block (CLIP). */
  readonly preNorm: boolean
  /** Whether the patch embedding has a bias (CLIP's has none). */
  readonly patchBias: boolean
  /** Whether the MLP is gated by SiLU, silu(x·W₁)·(x·W₂), and `gelu` not used (DINOv2 giant). */
  readonly swiglu: boolean
  /** What a hybrid of the paper has before its patch embedding; null in all others. */
  readonly stem: HybridStem | null
}

/** What a plain ViT is free to choose. */
export type PlainSizes = Pick<
  VitConfig,
  'width' | 'depth' | 'heads' | 'mlpWidth' | 'patch' | 'grid' | 'classes'
>

/** The Vision Transformer of the paper with exact GELU, as timm builds it: class token, LayerNorms before, all biases. */
export function plainVit(sizes: PlainSizes): VitConfig {
  return {
    ...sizes,
    pooling: 'class',
    classToken: true,
    gelu: 'erf',
    layerNormEpsilon: 1e-6,
    layerScale: false,
    qkvBias: true,
    finalNorm: 'beforePooling',
    prefixPositions: true,
    registers: 0,
    preNorm: false,
    patchBias: true,
    swiglu: false,
    stem: null,
  }
}

/** How pixels become model input: x = (pixel / 255 − mean) / std, per channel R, G, B. */
export interface Normalisation {
  readonly mean: readonly [number, number, number]
  readonly std: readonly [number, number, number]
}

/** Height and width in pixels. */
export interface ImageSize {
  readonly height: number
  readonly width: number
}

/**
 * How a whole image meets the size that a model reads. It is squashed to it, or made to fit in with bars beside it
 * (`letterbox`). Or it is squashed to another size, or resized in its own shape until it just covers one, and the middle
 * of that is read.
 */
export type Resize = 'squash' | 'letterbox' | { readonly squash: ImageSize } | { readonly cover: ImageSize }

/**
 * Whether a way to a `frame` is one that a model may have been trained with: what is read is a part of the resized image
 * that one would still recognise something in. Others would make images of any size.
 */
export function isPlausibleResize(resize: Resize, frame: ImageSize): boolean {
  if (typeof resize === 'string') return true
  const { height, width } = 'squash' in resize ? resize.squash : resize.cover
  return (
    Math.min(height, width) >= 1 &&
    height <= mostBeyond * frame.height &&
    width <= mostBeyond * frame.width &&
    height * width <= mostResized
  )
}

// The middle third of an image is the least that is read, and its square the most that is resized to.
const mostBeyond = 3
const mostResized = 4096 ** 2

/** The filters of resizing, as Pillow names and computes them: BILINEAR and BICUBIC, antialiased. */
export const resizeKernels = ['linear', 'cubic'] as const
export type ResizeKernel = (typeof resizeKernels)[number]

/** How a whole image becomes the pixels that a model reads. */
export interface Framing {
  readonly resize: Resize
  readonly kernel: ResizeKernel
}

/** The same share of an image where a model reads `size` instead of `frame`. */
export function resizeAt(resize: Resize, frame: ImageSize, size: ImageSize): Resize {
  if (typeof resize === 'string') return resize
  const scaled = ({ height, width }: ImageSize): ImageSize => ({
    height: Math.round((height * size.height) / frame.height),
    width: Math.round((width * size.width) / frame.width),
  })
  return 'squash' in resize ? { squash: scaled(resize.squash) } : { cover: scaled(resize.cover) }
}

/** What this program does unless a model says otherwise. */
export const squashed: Framing = { resize: 'squash', kernel: 'linear' }

/**
 * What logits become for a person: shares of one whole, of which one class is right, or a probability for each output of
 * its own.
 */
export type Scores = 'softmax' | 'sigmoid'

/** Tokens before the patches: class token, distillation token, registers. */
export function prefixTokens(config: VitConfig): number {
  return namedTokens(config) + config.registers
}

/** Rows of `positionEmbedding` that belong to prefix tokens. */
export function prefixRows(config: VitConfig): number {
  return config.prefixPositions ? namedTokens(config) : 0
}

// Class token and distillation token.
function namedTokens({ pooling, classToken }: VitConfig): number {
  if (pooling === 'distilled') return 2
  return classToken ? 1 : 0
}

/** Width of what the head reads: D, or 2·D if two vectors are concatenated. */
export function featureWidth({ pooling, width }: VitConfig): number {
  return pooling === 'classAndMean' ? 2 * width : width
}

/** Number of patches, N. */
export function patchCount(grid: Grid): number {
  return grid.rows * grid.columns
}

/** What the patch embedding reads: its kernel's side and the channels, of pixels or of a hybrid's stem. */
export function patchKernel({ patch, stem }: VitConfig): {
  readonly channels: number
  readonly side: number
} {
  if (stem === null) return { channels: 3, side: patch }
  return { channels: stemChannels(stem), side: patch / stemStride(stem) }
}

/**
 * Every parameter of the model, in the order of the forward pass, with its shape. Linear weights are
 * [out, in] and the patch kernel [D, 3, P, P], as in PyTorch; over the C channels of a hybrid's stem it is [D, C, p, p],
 * or [D, C] for p = 1.
 *
 * `headDistillation.*` exists only in pretrained distilled checkpoints and goes with their head.
 */
export function parameterShapes(config: VitConfig): Map<string, Shape> {
  const { width: D, classes: K } = config
  const shapes = new Map<string, Shape>(config.stem === null ? [] : stemShapes(config.stem))
  const { channels, side } = patchKernel(config)
  shapes.set('embedding.weight', kernelShape(D, channels, side))
  if (config.patchBias) shapes.set('embedding.bias', [D])
  if (config.classToken) shapes.set('classToken', [D])
  if (config.pooling === 'distilled') shapes.set('distillationToken', [D])
  if (config.registers > 0) shapes.set('registers', [config.registers, D])
  shapes.set('positionEmbedding', [prefixRows(config) + patchCount(config.grid), D])
  if (config.preNorm) addNorm(shapes, 'preNorm', D)
  for (let index = 0; index < config.depth; index++) addBlock(shapes, config, blockName(index))
  addNorm(shapes, 'norm', D)
  if (config.pooling === 'attention') addAttentionPooling(shapes, config)
  if (K > 0) addLinear(shapes, 'head', K, featureWidth(config))
  return shapes
}

/** `blocks.3`: the prefix of a block's parameter names. */
export function blockName(index: number): string {
  return `blocks.${index}`
}

function addBlock(shapes: Map<string, Shape>, config: VitConfig, block: string): void {
  const { width: D, mlpWidth: M } = config
  addNorm(shapes, `${block}.norm1`, D)
  for (const projection of ['query', 'key', 'value'])
    addLinear(shapes, `${block}.${projection}`, D, D, config.qkvBias)
  addLinear(shapes, `${block}.out`, D, D)
  if (config.layerScale) shapes.set(`${block}.scale1`, [D])
  addNorm(shapes, `${block}.norm2`, D)
  if (config.swiglu) addLinear(shapes, `${block}.gate`, M, D)
  addLinear(shapes, `${block}.mlp1`, M, D)
  addLinear(shapes, `${block}.mlp2`, D, M)
  if (config.layerScale) shapes.set(`${block}.scale2`, [D])
}

/** A query of its own, attention from it to the patches, and an MLP behind a LayerNorm. */
function addAttentionPooling(shapes: Map<string, Shape>, { width: D, mlpWidth: M }: VitConfig): void {
  shapes.set('pool.probe', [D])
  for (const projection of ['query', 'key', 'value', 'out']) addLinear(shapes, `pool.${projection}`, D, D)
  addNorm(shapes, 'pool.norm', D)
  addLinear(shapes, 'pool.mlp1', M, D)
  addLinear(shapes, 'pool.mlp2', D, M)
}

function addNorm(shapes: Map<string, Shape>, name: string, width: number): void {
  shapes.set(`${name}.scale`, [width])
  shapes.set(`${name}.bias`, [width])
}

function addLinear(shapes: Map<string, Shape>, name: string, out: number, fanIn: number, bias = true): void {
  shapes.set(`${name}.weight`, [out, fanIn])
  if (bias) shapes.set(`${name}.bias`, [out])
}
