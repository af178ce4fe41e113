/** @file The config.json of timm models on the Hub, read into the common vocabulary. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import { gelus, type Gelu, type Pooling } from '../vit/config.ts'
import { channelsSchema, imageSizeSchema, studioFactsSchema, type Declared } from './declared.ts'

const preprocessing = {
  mean: channelsSchema.optional(),
  std: channelsSchema.optional(),
  input_size: z.tuple([z.number(), z.number(), z.number()]).optional(),
  tag: z.string().nullish(),
  // Names are for people: anything that is not a list of them is ignored.
  label_names: z.array(z.string()).nullish().catch(undefined),
}

/** What is used of config.json. Old files have the fields of `pretrained_cfg` at the top. */
export const timmConfigSchema = z.looseObject({
  architecture: z.string(),
  global_pool: z.string().nullish(),
  ...preprocessing,
  pretrained_cfg: z.looseObject(preprocessing).optional(),
  model_args: z
    .looseObject({
      num_heads: z.number().optional(),
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
    heads: args.num_heads,
    gelu:
      args.act_layer === undefined
        ? architectureGelu(architecture, pretrained.tag ?? '')
        : geluOf(args.act_layer, path),
    layerNormEpsilon: /_clip_/.test(architecture) ? 1e-5 : undefined,
    usualResize: 'timm',
    image: args.img_size ?? (input && { height: input[1], width: input[2] }),
    pooling: poolingOf(pool, args.pool_include_prefix === true, architecture, path),
    normalisation: mean && std && { mean, std },
    labels: config.label_names ?? pretrained.label_names ?? undefined,
    ...config.vit_studio,
  }
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
    `${path} asks for the activation “${activation}”; only GELU is supported.`,
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
    `${path} asks for the pooling “${pool}”${includePrefix ? ' over all tokens' : ''}; class token, mean of the patches and attention pooling (“map”) are supported.`,
  )
}
