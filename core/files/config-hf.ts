/** @file The config.json of Hugging Face models, read into the common vocabulary. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import type { Gelu } from '../vit/config.ts'
import {
  countSchema,
  epsilonSchema,
  imageSizeSchema,
  namesSchema,
  studioFactsSchema,
  type Declared,
} from './declared.ts'
import { quoted } from './words.ts'

const towerSchema = z.looseObject({
  hidden_size: countSchema.optional(),
  num_hidden_layers: countSchema.optional(),
  num_attention_heads: countSchema.optional(),
  hidden_act: z.string().optional(),
  layer_norm_eps: epsilonSchema.optional(),
  image_size: imageSizeSchema.optional(),
})

/**
 * What is used of config.json. What it does not say follows the family's conventions, which are transformers' defaults:
 * files of CLIP and SigLIP leave out much.
 */
export const hfConfigSchema = towerSchema.extend({
  architectures: namesSchema.nullish(),
  problem_type: z.string().nullish(),
  model_type: z.string().optional(),
  /** For models of images and text. */
  vision_config: towerSchema.optional(),
  // Names are for people: anything that is not text is ignored.
  id2label: z.custom<Readonly<Record<string, string>>>(isNameTable).optional().catch(undefined),
  vit_studio: studioFactsSchema.optional(),
})

// `gelu_new` and `gelu_fast` are the tanh approximation too.
const activations: ReadonlyMap<string, Gelu> = new Map([
  ['gelu', 'erf'],
  ['gelu_python', 'erf'],
  ['gelu_pytorch_tanh', 'tanh'],
  ['gelu_new', 'tanh'],
  ['gelu_fast', 'tanh'],
  ['quick_gelu', 'quick'],
])

/** What transformers calls each GELU. */
export const hfActivationNames: Readonly<Record<Gelu, string>> = {
  erf: 'gelu',
  tanh: 'gelu_pytorch_tanh',
  quick: 'quick_gelu',
}

// What each of transformers' classifiers reads; those of ViT and DeiT are recognised by their tensors.
const classifiers: ReadonlyMap<string, Pick<Declared, 'pooling' | 'headLeftOut'>> = new Map([
  ['Dinov2ForImageClassification', { pooling: 'classAndMean' }],
  ['Dinov2WithRegistersForImageClassification', { pooling: 'classAndMean' }],
  ['SiglipForImageClassification', { pooling: 'mean' }],
  [
    'CLIPForImageClassification',
    {
      headLeftOut: say`it reads the mean of the patches without the final norm, while this model is used with both`,
    },
  ],
])

// What transformers' pipelines take the outputs for.
const problems: ReadonlyMap<string, Declared['outputs']> = new Map([
  ['single_label_classification', 'classes'],
  ['multi_label_classification', 'labels'],
  ['regression', 'quantities'],
])

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
    outputs: problems.get(config.problem_type ?? ''),
    ...classifiers.get(config.architectures?.[0] ?? ''),
    ...config.vit_studio,
  }
}

function geluOf(activation: string, path: string): Gelu {
  const gelu = activations.get(activation)
  if (gelu !== undefined) return gelu
  throw new AppError(
    'unsupported',
    say`${path} asks for the activation ${quoted(activation)}; only GELU is supported.`,
  )
}

// Told to be wrong once, however many entries are.
function isNameTable(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((name) => typeof name === 'string')
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
