/** @file The config.json of timm models on the Hub, read into the common vocabulary. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import type { Gelu, Pooling } from '../vit/config.ts'
import { channelsSchema, imageSizeSchema, studioFactsSchema, type Declared } from './declared.ts'

const preprocessing = {
  mean: channelsSchema.optional(),
  std: channelsSchema.optional(),
  input_size: z.tuple([z.number(), z.number(), z.number()]).optional(),
  tag: z.string().optional(),
  label_names: z.array(z.string()).nullish(),
}

/** What is used of config.json. Old files have the fields of `pretrained_cfg` at the top. */
export const timmConfigSchema = z.looseObject({
  architecture: z.string(),
  global_pool: z.string().optional(),
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

/** Activation names of timm. */
export const timmActivations: Readonly<Record<string, Gelu>> = {
  gelu: 'erf',
  gelu_tanh: 'tanh',
  quick_gelu: 'quick',
}

/** Whether the content of a config.json is timm's rather than transformers'. */
export function looksLikeTimm(config: unknown): boolean {
  return typeof config === 'object' && config !== null && 'architecture' in config
}

/**
 * The facts in a timm configuration.
 *
 * @throws AppError `unsupported` for architectures, poolings and activations that are not
 */
export function declaredByTimm(config: z.output<typeof timmConfigSchema>, path: string): Declared {
  const { architecture, pretrained_cfg: pretrained = config, model_args: args = {} } = config
  refuseArchitecture(architecture, path)
  const { mean, std, input_size: input } = pretrained
  const pool = args.global_pool ?? config.global_pool
  return {
    model: `${architecture} ${pretrained.tag ?? ''}`.trim(),
    heads: args.num_heads,
    gelu: args.act_layer === undefined ? undefined : geluOf(args.act_layer, path),
    image: args.img_size ?? (input && { height: input[1], width: input[2] }),
    pooling:
      pool === undefined ? undefined : poolingOf(pool, args.pool_include_prefix === true, architecture, path),
    normalisation: mean && std && { mean, std },
    labels: config.label_names ?? pretrained.label_names ?? undefined,
    ...config.vit_studio,
  }
}

// Models whose tensors look like a plain ViT's, but which compute otherwise.
function refuseArchitecture(architecture: string, path: string): void {
  if (!/siglip|quickgelu|clip/.test(architecture)) return
  throw new AppError(
    'unsupported',
    `${path} describes “${architecture}”; CLIP and SigLIP models are not supported yet.`,
  )
}

function geluOf(activation: string, path: string): Gelu {
  const gelu = timmActivations[activation]
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
  if (pool === '') return undefined
  throw new AppError(
    'unsupported',
    `${path} asks for the pooling “${pool}”${includePrefix ? ' over all tokens' : ''}; class token and mean of the patches are supported.`,
  )
}
