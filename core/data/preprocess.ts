/**
 * @file How images become model input: one description for evaluation, prediction and export, to which training adds an
 * augmentation. Both are plain data, stored with a run, so that nothing preprocesses differently later.
 */
import * as z from 'zod'

import {
  isPlausibleResize,
  resizeAt,
  resizeKernels,
  squashed,
  type Framing,
  type ImageSize,
  type Normalisation,
} from '../vit/config.ts'
import { integer, uniform, type Random } from '../tensor/random.ts'
import type { Augmentation, GentleCrop, InceptionCrop } from './augmentation.ts'
import type { FramingChoice } from './framing-choice.ts'
import type { Colour, Geometry, Rectangle, Size } from './image.ts'

// float32 and the quotients of its numbers are finite far beyond these.
const average = z.number().min(-1e9).max(1e9)
const channels = z.tuple([average, average, average])
const deviation = z.number().min(1e-9).max(1e9)
const deviations = z.tuple([deviation, deviation, deviation])
const colour = z.tuple([z.int().min(0).max(255), z.int().min(0).max(255), z.int().min(0).max(255)])

// Far beyond what any model reads, and small enough to be held in memory.
const side = z.int().positive().max(8192)
const imageSize = z.strictObject({ height: side, width: side })

/**
 * Evaluation preprocessing: transparency over `background`, resized to height × width as `resize` says with an
 * antialiased filter (Pillow's BILINEAR or BICUBIC), then (pixel / 255 − mean) / std per channel. Images are always
 * decoded from the original file at full fidelity, in training-time evaluation as in prediction.
 */
export const Preprocessing = z
  .strictObject({
    resolution: imageSize,
    mean: channels,
    std: deviations,
    resize: z.union([
      z.enum(['squash', 'letterbox']),
      z.strictObject({ squash: imageSize }),
      z.strictObject({ cover: imageSize }),
    ]),
    kernel: z.enum(resizeKernels),
    background: colour,
  })
  .refine(({ resolution, resize }) => isPlausibleResize(resize, resolution), 'a size that no image has')
export type Preprocessing = z.output<typeof Preprocessing>

/** The description of meeting `resolution` as a framing says, over white, with a model's own normalisation. */
export function frameTo(
  resolution: ImageSize,
  { mean, std }: Normalisation,
  { resize, kernel }: Framing,
): Preprocessing {
  return { resolution, mean: [...mean], std: [...std], resize, kernel, background: [255, 255, 255] }
}

/** How images are prepared for training at a resolution, as a person chose it. */
export function frameAs(
  choice: FramingChoice,
  resolution: ImageSize,
  normalisation: Normalisation,
): Preprocessing {
  const resize = choice === 'crop' ? { cover: resolution } : choice
  return frameTo(resolution, normalisation, { ...squashed, resize })
}

/** The choice that a description of preprocessing comes from; those of a model's own are the nearest. */
export function framingChoiceOf({ resize }: Pick<Preprocessing, 'resize'>): FramingChoice {
  if (typeof resize === 'string') return resize
  return 'cover' in resize ? 'crop' : 'squash'
}

/** The same for another resolution. */
export function preparedAt(preprocessing: Preprocessing, resolution: ImageSize): Preprocessing {
  const resize = resizeAt(preprocessing.resize, preprocessing.resolution, resolution)
  return { ...preprocessing, resolution, resize }
}

/** The colour that normalisation turns into zeros. */
export function meanColour({ mean }: Preprocessing): Colour {
  const [red, green, blue] = mean.map((value) => Math.round(255 * Math.min(1, Math.max(0, value))))
  return [red ?? 0, green ?? 0, blue ?? 0]
}

/**
 * The steps from an image of `size` to training pixels; without a crop, whole images go the way of evaluation and the
 * mirroring alone is meant. Draws from `random`: first the crop, then the flip.
 */
export function trainingGeometry(
  size: Size,
  preprocessing: Preprocessing,
  augmentation: Augmentation,
  random: Random,
): Geometry {
  const crop = augmentation.crop === null ? undefined : sampleCrop(size, augmentation.crop, random)
  const { background, resolution, kernel } = preprocessing
  return { background, size: resolution, kernel, crop, mirror: uniform(random) < augmentation.flip }
}

/** A random part of an image, in whole pixels. */
export function sampleCrop(size: Size, crop: NonNullable<Augmentation['crop']>, random: Random): Rectangle {
  return 'enlarged' in crop ? drawGentleCrop(size, crop, random) : drawInceptionCrop(size, crop, random)
}

function drawGentleCrop({ width, height }: Size, { enlarged }: GentleCrop, random: Random): Rectangle {
  const part = { width: Math.round(width / enlarged), height: Math.round(height / enlarged) }
  const top = integer(random, height - part.height + 1)
  const left = integer(random, width - part.width + 1)
  return { left, top, ...part }
}

/**
 * A random part of an image: aspect uniform in its range, then height uniform between those that give the smallest and
 * largest area, then the place. The whole image if no draw fits.
 *
 * @see https://www.tensorflow.org/api_docs/python/tf/image/sample_distorted_bounding_box (no boxes, whole image as box)
 */
function drawInceptionCrop(size: Size, crop: InceptionCrop, random: Random): Rectangle {
  for (let attempt = 0; attempt < crop.attempts; attempt++) {
    const found = drawPart(size, crop, random)
    if (found !== undefined) return found
  }
  return { left: 0, top: 0, ...size }
}

function drawPart(size: Size, { area, aspect }: InceptionCrop, random: Random): Rectangle | undefined {
  const pixels = size.width * size.height
  const [smallest, largest] = [area[0] * pixels, area[1] * pixels]
  const ratio = aspect[0] + uniform(random) * (aspect[1] - aspect[0])
  const fits = Math.min(
    size.height,
    Math.round(Math.sqrt(largest / ratio)),
    Math.floor((size.width + 0.4999) / ratio),
  )
  const from = Math.min(Math.round(Math.sqrt(smallest / ratio)), fits)
  const height = from + integer(random, fits - from + 1)
  const width = Math.round(height * ratio)
  if (height < 1 || width < 1 || width > size.width) return undefined
  // A hair of tolerance: rounding to whole pixels may step just outside the range.
  if (width * height < smallest * 0.999 || width * height > largest * 1.001) return undefined
  const top = integer(random, size.height - height + 1)
  const left = integer(random, size.width - width + 1)
  return { left, top, width, height }
}
