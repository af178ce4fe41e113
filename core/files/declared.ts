/** @file What files beside a checkpoint declare about it, in one vocabulary for all formats. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import {
  gelus,
  poolings,
  positionResizes,
  resizeKernels,
  type Framing,
  type Gelu,
  type ImageSize,
  type Normalisation,
  type Pooling,
  type PositionResize,
} from '../vit/config.ts'
import type { HybridStem } from '../vit/hybrid-config.ts'
import { readTextFile } from './regular-file.ts'
import { parseJson } from './json-text.ts'

/** Facts that a file states; each format knows some of them. */
export interface Declared {
  /** Free text that may name the family: an architecture, a model type. */
  readonly model?: string | undefined
  readonly width?: number | undefined
  readonly depth?: number | undefined
  readonly heads?: number | undefined
  readonly gelu?: Gelu | undefined
  readonly layerNormEpsilon?: number | undefined
  /** What the position embeddings are for. */
  readonly image?: ImageSize | undefined
  readonly pooling?: Pooling | undefined
  readonly normalisation?: Normalisation | undefined
  readonly positionResize?: PositionResize | undefined
  /** The rule of the program whose configuration this is; each resizes every family in its own way. */
  readonly usualResize?: PositionResize | undefined
  readonly labels?: readonly string[] | undefined
  /** How a whole image meets the model's size, for images that are read at `frame`. */
  readonly framing?: (Framing & { readonly frame: ImageSize }) | undefined
  /** In what preprocessing that is asked for is not followed: completes “config.json …”. */
  readonly unframed?: Sentence | undefined
  /** What the outputs are: classes of which one is right, labels that each may be, or quantities. */
  readonly outputs?: 'classes' | 'labels' | 'quantities' | undefined
  readonly stemArithmetic?: HybridStem['arithmetic'] | undefined
  /** Why the head in the file cannot be used. */
  readonly headLeftOut?: Sentence | undefined
}

/** A number of pixels, channels, heads, … from a stranger's file. */
export const countSchema = z.int().positive().max(1_000_000)

/** What LayerNorm adds to the variance. */
export const epsilonSchema = z.number().positive().max(0.1)

const one = (value: z.ZodNumber) =>
  z
    .union([value, z.tuple([value]), z.tuple([value, value, value])])
    .transform((given): [number, number, number] => {
      const [red, green = red, blue = red] = typeof given === 'number' ? [given] : given
      return [red, green, blue]
    })

/** Mean of the channels R, G, B, or one number for all. */
export const meanSchema = one(z.number().min(-1e4).max(1e4))

/** Standard deviation of the channels R, G, B, or one number for all. */
export const deviationSchema = one(z.number().min(1e-4).max(1e4))

/** A number for a square, or height and width. */
export const imageSizeSchema = z
  .union([countSchema, z.tuple([countSchema, countSchema])])
  .transform((size): ImageSize => {
    const [height, width] = typeof size === 'number' ? [size, size] : size
    return { height, width }
  })

/** A list of names; told to be wrong once, however many entries are. */
export const namesSchema = z.custom<readonly string[]>(
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
)

const sizeSchema = z.object({ height: countSchema, width: countSchema })

/**
 * What no common format can express. It is stored under `vit_studio` in config.json, or as a file of its own beside an
 * npz, which has no place for anything.
 */
export const studioFactsSchema = z.object({
  gelu: z.enum(gelus).optional(),
  layerNormEpsilon: epsilonSchema.optional(),
  image: sizeSchema.optional(),
  normalisation: z.object({ mean: meanSchema, std: deviationSchema }).optional(),
  positionResize: z.enum(positionResizes).optional(),
  pooling: z.enum(poolings).optional(),
  labels: namesSchema.optional(),
  stemArithmetic: z.enum(['jax', 'timm']).optional(),
  framing: z
    .object({
      resize: z.union([
        z.enum(['squash', 'letterbox']),
        z.object({ squash: sizeSchema }),
        z.object({ cover: sizeSchema }),
      ]),
      kernel: z.enum(resizeKernels),
      frame: sizeSchema,
    })
    .optional(),
})
export type StudioFacts = z.output<typeof studioFactsSchema>

// The largest descriptions name twenty thousand classes, in two or three megabytes.
const largestDescription = 8e6

/** The content of the JSON file at `path`; undefined when there is none. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return parseJson(await readTextFile(path, largestDescription))
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
    throw new AppError(
      'invalid_input',
      say`${path} is not valid JSON. Correct it or move it away.`,
      {},
      { cause: error },
    )
  }
}

/** A JSON value as `schema` describes it; the error names the file and the fields. */
export function checkJson<T>(path: string, value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const why = parsed.error.issues.map((issue) => `“${issue.path.join('.')}”: ${issue.message}`).join('; ')
  throw new AppError('invalid_input', say`${path} is not understood (${why}). Correct it or move it away.`)
}
