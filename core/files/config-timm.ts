/** @file The config.json of timm models on the Hub, read into the common vocabulary. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import {
  gelus,
  type Gelu,
  type ImageSize,
  type Pooling,
  type Resize,
  type ResizeKernel,
} from '../vit/config.ts'
import {
  countSchema,
  deviationSchema,
  imageSizeSchema,
  meanSchema,
  namesSchema,
  studioFactsSchema,
  type Declared,
} from './declared.ts'
import { quoted } from './words.ts'

const preprocessingSchema = z.looseObject({
  mean: meanSchema.optional(),
  std: deviationSchema.optional(),
  input_size: z.tuple([countSchema, countSchema, countSchema]).optional(),
  interpolation: z.string().nullish(),
  crop_pct: z.number().positive().max(1).nullish(),
  crop_mode: z.string().nullish(),
  tag: z.string().nullish(),
  // Names are for people: anything that is not a list of them is ignored.
  label_names: namesSchema.nullish().catch(undefined),
})

/** What is used of config.json. Old files have the fields of `pretrained_cfg` at the top. */
export const timmConfigSchema = z.looseObject({
  architecture: z.string(),
  global_pool: z.string().nullish(),
  ...preprocessingSchema.shape,
  pretrained_cfg: preprocessingSchema.optional(),
  model_args: z
    .looseObject({
      num_heads: countSchema.optional(),
      act_layer: z.string().optional(),
      img_size: imageSizeSchema.optional(),
      global_pool: z.string().optional(),
      pool_include_prefix: z.boolean().optional(),
    })
    .optional(),
  vit_studio: studioFactsSchema.optional(),
})

/** What timm calls each GELU. */
export const timmActivationNames: Readonly<Record<Gelu, string>> = {
  erf: 'gelu',
  tanh: 'gelu_tanh',
  quick: 'quick_gelu',
}

/** Whether the content of a config.json is timm's rather than transformers'. */
export function looksLikeTimm(config: unknown): boolean {
  return typeof config === 'object' && config !== null && 'architecture' in config
}

/**
 * The facts in a timm configuration.
 *
 * @throws AppError `unsupported` for other poolings and activations
 */
export function declaredByTimm(config: z.output<typeof timmConfigSchema>, path: string): Declared {
  const { architecture, pretrained_cfg: pretrained = config, model_args: args = {} } = config
  const { mean, std, input_size: input } = pretrained
  const pool = args.global_pool ?? config.global_pool ?? ''
  return {
    model: `${architecture} ${pretrained.tag ?? ''}`.trim(),
    heads: args.num_heads ?? architectureHeads.get(architecture),
    gelu:
      args.act_layer === undefined
        ? architectureGelu(architecture, pretrained.tag ?? '')
        : geluOf(args.act_layer, path),
    layerNormEpsilon: /_clip_/.test(architecture) ? 1e-5 : undefined,
    usualResize: 'timm',
    image: args.img_size ?? (input && { height: input[1], width: input[2] }),
    pooling: poolingOf(pool, args.pool_include_prefix === true, architecture, path),
    normalisation: mean && std && { mean, std },
    ...framingOf(pretrained),
    labels: config.label_names ?? pretrained.label_names ?? undefined,
    ...config.vit_studio,
  }
}

// Models whose heads are not those of other models of their width.
const architectureHeads: ReadonlyMap<string, number> = new Map([
  ['vit_base_patch16_gap_224', 16],
  ['test_vit', 2],
])

// What timm does where a configuration leaves it out.
const usualCrop = 0.875

const interpolations: ReadonlyMap<string, ResizeKernel> = new Map([
  ['bilinear', 'linear'],
  ['bicubic', 'cubic'],
])

/** @see https://github.com/huggingface/pytorch-image-models, timm/data/config.py and transforms_factory.py */
function framingOf(config: z.output<typeof preprocessingSchema>): Pick<Declared, 'framing' | 'unframed'> {
  const { crop_pct: share, crop_mode: mode, interpolation, input_size: input } = config
  if (input === undefined) return {}
  const frame = { height: input[1], width: input[2] }
  const kernel = interpolations.get(interpolation ?? 'bicubic')
  const unframed =
    kernel === undefined
      ? say`asks for the filter ${quoted(interpolation ?? '')}; bicubic is used`
      : mode === 'border' && (share ?? usualCrop) < 1
        ? say`asks for bars beside a part of the image; they are put beside the whole`
        : undefined
  const before = (side: number): number => Math.floor(side / (share ?? usualCrop))
  const size = { height: before(frame.height), width: before(frame.width) }
  return { framing: { kernel: kernel ?? 'cubic', resize: resizeBy(mode, share, size), frame }, unframed }
}

function resizeBy(
  mode: string | null | undefined,
  share: number | null | undefined,
  size: ImageSize,
): Resize {
  if (mode === 'border') return 'letterbox'
  if (mode === 'squash') return share === 1 ? 'squash' : { squash: size }
  return { cover: size }
}

// SigLIPs that timm computes with the tanh approximation; the older ones it computes with exact GELU.
const tanhSiglip = /^vit_(base_patch32|large_patch16|so400m_patch16|giantopt_patch16)_siglip_(gap_)?(\d+)$/

// Weights trained with QuickGELU, as timm notes, which it offers under the name of an architecture without it.
const quickWeights =
  /^vit_(\w+_clip_\d+\.(openai|dfn5b|metaclip_2pt5b|metaclip_400m)|base_patch32_clip_224\.laion400m_e32|large_patch14_clip_224\.dfn2b|huge_patch14_clip_224\.metaclip2_worldwide)$/

function architectureGelu(architecture: string, tag: string): Gelu | undefined {
  if (architecture.includes('_quickgelu_') || quickWeights.test(`${architecture}.${tag}`)) return 'quick'
  const [, model, , size] = tanhSiglip.exec(architecture) ?? []
  if (model === undefined) return undefined
  return model === 'large_patch16' && size !== '512' ? undefined : 'tanh'
}

function geluOf(activation: string, path: string): Gelu {
  const gelu = gelus.find((name) => timmActivationNames[name] === activation)
  if (gelu !== undefined) return gelu
  throw new AppError(
    'unsupported',
    say`${path} asks for the activation ${quoted(activation)}; only GELU is supported.`,
  )
}

function poolingOf(
  pool: string,
  includePrefix: boolean,
  architecture: string,
  path: string,
): Pooling | undefined {
  if (pool === 'token') return architecture.includes('distilled') ? 'distilled' : 'class'
  if (pool === 'avg' && !includePrefix) return 'mean'
  if (pool === 'map' && !includePrefix) return 'attention'
  if (pool === '') return undefined
  throw new AppError(
    'unsupported',
    say`${path} asks for the pooling ${includePrefix ? say`${quoted(pool)} over all tokens` : quoted(pool)}; class token, mean of the patches and attention pooling (“map”) are supported.`,
  )
}
