/**
 * @file The preprocessor_config.json of Hugging Face models: how pixels are normalised and how a whole image meets the
 * model's size. What it leaves out follows the class of transformers that it names.
 */
import * as z from 'zod'

import { say, type Sentence } from '../sentence.ts'
import type { Framing, ImageSize, Normalisation, Resize, ResizeKernel } from '../vit/config.ts'
import { countSchema, deviationSchema, meanSchema, type Declared } from './declared.ts'
import { clipNormalisation, halfNormalisation, imagenetNormalisation } from './family.ts'

const edges = z.looseObject({
  height: countSchema.optional(),
  width: countSchema.optional(),
  shortest_edge: countSchema.optional(),
  longest_edge: countSchema.optional(),
})
const sizeSchema = z.union([countSchema, z.tuple([countSchema, countSchema]), edges])
type HfSize = z.output<typeof sizeSchema>

/** What is used of preprocessor_config.json. */
export const hfPreprocessorSchema = z.looseObject({
  image_processor_type: z.string().nullish(),
  feature_extractor_type: z.string().nullish(),
  do_resize: z.boolean().nullish(),
  size: sizeSchema.nullish(),
  resample: z.union([z.int(), z.string()]).nullish(),
  do_center_crop: z.boolean().nullish(),
  crop_size: sizeSchema.nullish(),
  do_normalize: z.boolean().nullish(),
  do_rescale: z.boolean().nullish(),
  rescale_factor: z.number().min(1e-6).max(1e6).nullish(),
  image_mean: meanSchema.nullish(),
  image_std: deviationSchema.nullish(),
})
type HfPreprocessor = z.output<typeof hfPreprocessorSchema>

/** What a class of transformers does where its configuration leaves something out. */
interface ProcessorClass {
  readonly normalisation: Normalisation
  readonly size: HfSize
  /** Whether a single number is both sides of a square, and not the shorter side of the image. */
  readonly isSquare: boolean
  readonly kernel: ResizeKernel
  /** The side of the square that is cut out; null where nothing is cut off. */
  readonly crop: number | null
}

const squashing = { size: 224, isSquare: true, crop: null } as const
const cropping = { size: { shortest_edge: 224 }, isSquare: false, kernel: 'cubic', crop: 224 } as const

const classes: ReadonlyMap<string, ProcessorClass> = new Map([
  ['ViT', { ...squashing, kernel: 'linear', normalisation: halfNormalisation }],
  ['DINOv3ViT', { ...squashing, kernel: 'linear', normalisation: imagenetNormalisation }],
  ['Siglip', { ...squashing, kernel: 'cubic', normalisation: halfNormalisation }],
  ['DeiT', { size: 256, isSquare: true, kernel: 'cubic', crop: 224, normalisation: halfNormalisation }],
  ['Beit', { size: 256, isSquare: true, kernel: 'cubic', crop: 224, normalisation: halfNormalisation }],
  ['CLIP', { ...cropping, normalisation: clipNormalisation }],
  ['Bit', { ...cropping, normalisation: clipNormalisation }],
])

// The class that transformers takes for a model whose preprocessor_config.json names none.
const classOfType: ReadonlyMap<string, string> = new Map([
  ['vit', 'ViT'],
  ['vit_mae', 'ViT'],
  ['deit', 'DeiT'],
  ['clip', 'CLIP'],
  ['clip_vision_model', 'CLIP'],
  ['siglip', 'Siglip'],
  ['siglip_vision_model', 'Siglip'],
  ['dinov2', 'Bit'],
  ['dinov2_with_registers', 'Bit'],
])

/** The facts in a preprocessor_config.json beside a model of this `model_type`. */
export function declaredByPreprocessor(config: HfPreprocessor, type: string | undefined): Declared {
  const named = config.image_processor_type ?? config.feature_extractor_type
  const name = named?.replace(/(ImageProcessor|FeatureExtractor)(Fast|Pil)?$/, '')
  const known = classes.get(name ?? classOfType.get(type ?? '') ?? '')
  return { normalisation: normalisationOf(config, known), ...framingOf(config, known) }
}

/** How pixels are normalised: x = (factor · pixel − mean) / std, written with the usual factor of 1/255. */
function normalisationOf(
  config: HfPreprocessor,
  known: ProcessorClass | undefined,
): Normalisation | undefined {
  if (config.do_normalize === false) return { mean: [0, 0, 0], std: [1, 1, 1] }
  const mean = config.image_mean ?? known?.normalisation.mean
  const std = config.image_std ?? known?.normalisation.std
  if (mean === undefined || std === undefined) return undefined
  const range = config.do_rescale === false ? 255 : 255 * (config.rescale_factor ?? 1 / 255)
  const scaled = ([r, g, b]: Normalisation['mean']): Normalisation['mean'] => [
    r / range,
    g / range,
    b / range,
  ]
  // 255 · 0.00392156862745098 is not exactly 1.
  return Math.abs(range - 1) < 1e-9 ? { mean, std } : { mean: scaled(mean), std: scaled(std) }
}

function framingOf(
  config: HfPreprocessor,
  known: ProcessorClass | undefined,
): Pick<Declared, 'framing' | 'unframed'> {
  const given = config.size ?? known?.size
  if (config.do_resize === false)
    return { unframed: say`asks for images that have its size already; they are squashed to it` }
  if (given === undefined || given === null) return {}
  const { kernel, unframed } = kernelOf(config.resample, known)
  const crops = config.do_center_crop ?? (known !== undefined && known.crop !== null)
  const cropSize = config.crop_size ?? known?.crop
  const crop = crops && cropSize ? squareOf(cropSize) : undefined
  const resized = resizeOf(given, known?.isSquare ?? true, crop)
  if (resized === undefined) return { unframed: say`asks for a way of resizing that is not followed here` }
  return { framing: { kernel, ...resized }, unframed }
}

/** The way to a size, and the size that is read in the end. */
function resizeOf(
  size: HfSize,
  isSquare: boolean,
  crop: ImageSize | undefined,
): { resize: Resize; frame: ImageSize } | undefined {
  const shortest = shortestEdge(size, isSquare)
  if (shortest !== undefined) {
    // Without a crop images keep their shape, which no model of a fixed size can read.
    return crop && { resize: { cover: { height: shortest, width: shortest } }, frame: crop }
  }
  const squash = squareOf(size)
  if (squash === undefined) return undefined
  const isWhole = crop === undefined || (crop.height === squash.height && crop.width === squash.width)
  return isWhole ? { resize: 'squash', frame: squash } : { resize: { squash }, frame: crop }
}

function shortestEdge(size: HfSize, isSquare: boolean): number | undefined {
  if (typeof size === 'number') return isSquare ? undefined : size
  return Array.isArray(size) || size.longest_edge !== undefined ? undefined : size.shortest_edge
}

function squareOf(size: HfSize): ImageSize | undefined {
  if (typeof size === 'number') return { height: size, width: size }
  if (Array.isArray(size)) return { height: size[0], width: size[1] }
  const { height, width } = size
  return height === undefined || width === undefined ? undefined : { height, width }
}

// Pillow's numbers of its filters.
const filters: ReadonlyMap<number | string, ResizeKernel> = new Map<number | string, ResizeKernel>([
  [2, 'linear'],
  [3, 'cubic'],
  ['bilinear', 'linear'],
  ['bicubic', 'cubic'],
])

function kernelOf(
  resample: HfPreprocessor['resample'],
  known: ProcessorClass | undefined,
): { kernel: Framing['kernel']; unframed?: Sentence } {
  if (resample === undefined || resample === null) return { kernel: known?.kernel ?? 'linear' }
  const kernel = filters.get(typeof resample === 'string' ? resample.toLowerCase() : resample)
  if (kernel !== undefined) return { kernel }
  return {
    kernel: 'cubic',
    unframed: say`asks for another filter than bilinear and bicubic (${resample}); bicubic is used`,
  }
}
