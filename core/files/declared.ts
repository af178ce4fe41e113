/** @file What files beside a checkpoint declare about it, in one vocabulary for all formats. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import type { Gelu, Normalisation, Pooling, PositionResize } from '../vit/config.ts'
import type { HybridStem } from '../vit/hybrid-config.ts'
import { readTextFile } from './regular-file.ts'

/** Height and width in pixels. */
export interface ImageSize {
  readonly height: number
  readonly width: number
}

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
  readonly stemArithmetic?: HybridStem['arithmetic'] | undefined
  /** Why the head in the file cannot be used. */
  readonly headLeftOut?: string | undefined
}

/** Mean or standard deviation of the channels R, G, B. */
export const channelsSchema = z.tuple([z.number(), z.number(), z.number()])

/** A number for a square, or height and width. */
export const imageSizeSchema = z
  .union([z.number(), z.tuple([z.number(), z.number()])])
  .transform((size): ImageSize => {
    const [height, width] = typeof size === 'number' ? [size, size] : size
    return { height, width }
  })

/**
 * What no common format can express. It is stored under `vit_studio` in config.json, or as a file of its own beside an
 * npz, which has no place for anything.
 */
export const studioFactsSchema = z.object({
  gelu: z.enum(['erf', 'tanh', 'quick']).optional(),
  layerNormEpsilon: z.number().positive().optional(),
  image: z.object({ height: z.number(), width: z.number() }).optional(),
  normalisation: z.object({ mean: channelsSchema, std: channelsSchema }).optional(),
  positionResize: z.enum(['jax', 'timm', 'hf', 'dino']).optional(),
  pooling: z.enum(['class', 'mean', 'distilled', 'classAndMean', 'attention']).optional(),
  labels: z.array(z.string()).optional(),
  stemArithmetic: z.enum(['jax', 'timm']).optional(),
})
export type StudioFacts = z.output<typeof studioFactsSchema>

// The largest descriptions name twenty thousand classes.
const largestDescription = 20e6

/** The content of the JSON file at `path`; undefined when there is none. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readTextFile(path, largestDescription))
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
    throw new AppError(
      'invalid_input',
      `${path} is not valid JSON. Correct it or move it away.`,
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
  throw new AppError('invalid_input', `${path} is not understood (${why}). Correct it or move it away.`)
}
