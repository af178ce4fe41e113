/** @file The config.json and preprocessor_config.json of Hugging Face models, read into the common vocabulary. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import { at } from '../tensor/shape.ts'
import type { Gelu, Normalisation } from '../vit/config.ts'
import { channelsSchema, imageSizeSchema, studioFactsSchema, type Declared } from './declared.ts'

const towerSchema = z.looseObject({
  hidden_size: z.number().optional(),
  num_hidden_layers: z.number().optional(),
  num_attention_heads: z.number().optional(),
  hidden_act: z.string().optional(),
  layer_norm_eps: z.number().optional(),
  image_size: imageSizeSchema.optional(),
})

/**
 * What is used of config.json. What it does not say follows the family's conventions, which are transformers' defaults:
 * files of CLIP and SigLIP leave out much.
 */
export const hfConfigSchema = towerSchema.extend({
  architectures: z.array(z.string()).nullish(),
  model_type: z.string().optional(),
  /** For models of images and text. */
  vision_config: towerSchema.optional(),
  // Names are for people: anything that is not text is ignored.
  id2label: z.record(z.string(), z.string()).optional().catch(undefined),
  vit_studio: studioFactsSchema.optional(),
})

/** What is used of preprocessor_config.json. */
export const hfPreprocessorSchema = z.looseObject({
  do_normalize: z.boolean().optional(),
  do_rescale: z.boolean().optional(),
  rescale_factor: z.number().optional(),
  image_mean: channelsSchema.optional(),
  image_std: channelsSchema.optional(),
})

// `gelu_new` and `gelu_fast` are the tanh approximation too.
const activations: Readonly<Record<string, Gelu>> = {
  gelu: 'erf',
  gelu_python: 'erf',
  gelu_pytorch_tanh: 'tanh',
  gelu_new: 'tanh',
  gelu_fast: 'tanh',
  quick_gelu: 'quick',
}

/** What transformers calls each GELU. */
export const hfActivationNames: Readonly<Record<Gelu, string>> = {
  erf: 'gelu',
  tanh: 'gelu_pytorch_tanh',
  quick: 'quick_gelu',
}

// What each of transformers' classifiers reads; those of ViT and DeiT are recognised by their tensors.
const classifiers: Readonly<Record<string, Pick<Declared, 'pooling' | 'headLeftOut'>>> = {
  Dinov2ForImageClassification: { pooling: 'classAndMean' },
  Dinov2WithRegistersForImageClassification: { pooling: 'classAndMean' },
  SiglipForImageClassification: { pooling: 'mean' },
  CLIPForImageClassification: {
    headLeftOut:
      'it reads the mean of the patches without the final norm, while this model is used with both',
  },
}

/**
 * The facts in a Hugging Face configuration.
 *
 * @throws AppError `unsupported` for other activations
 */
export function declaredByHf(config: z.output<typeof hfConfigSchema>, path: string): Declared {
  const tower = config.vision_config ?? config
  const activation = tower.hidden_act
  return {
    model: config.model_type,
    width: tower.hidden_size,
    depth: tower.num_hidden_layers,
    heads: tower.num_attention_heads,
    gelu: activation === undefined ? undefined : geluOf(activation, path),
    layerNormEpsilon: tower.layer_norm_eps,
    image: tower.image_size,
    labels: labelsOf(config.id2label ?? {}),
    ...classifiers[config.architectures?.[0] ?? ''],
    ...config.vit_studio,
  }
}

/** How pixels are normalised: x = (factor · pixel − mean) / std, written with the usual factor of 1/255. */
export function normalisationByHf(config: z.output<typeof hfPreprocessorSchema>): Normalisation | undefined {
  const {
    do_normalize: normalises = true,
    do_rescale: rescales = true,
    rescale_factor: factor = 1 / 255,
  } = config
  if (!normalises) return { mean: [0, 0, 0], std: [1, 1, 1] }
  const { image_mean: mean, image_std: std } = config
  if (mean === undefined || std === undefined) return undefined
  const range = rescales ? 255 * factor : 255
  const scaled = ([r, g, b]: Normalisation['mean']): Normalisation['mean'] => [
    r / range,
    g / range,
    b / range,
  ]
  // 255 · 0.00392156862745098 is not exactly 1.
  return Math.abs(range - 1) < 1e-9 ? { mean, std } : { mean: scaled(mean), std: scaled(std) }
}

function geluOf(activation: string, path: string): Gelu {
  const gelu = activations[activation]
  if (gelu !== undefined) return gelu
  throw new AppError(
    'unsupported',
    `${path} asks for the activation “${activation}”; only GELU is supported.`,
  )
}

// transformers writes LABEL_0, LABEL_1, … if no names were given.
function labelsOf(names: Readonly<Record<string, string>>): string[] | undefined {
  const labels = Object.keys(names).map((_, index) => names[String(index)])
  const given = labels.filter((label) => label !== undefined)
  if (given.length === 0 || given.length < labels.length) return undefined
  const placeholders = given.every((label, index) => label === `LABEL_${index}`)
  return placeholders ? undefined : labels.map((_, index) => at(given, index))
}
