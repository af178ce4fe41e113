/**
 * @file The available augmentations of training images, as plain data that is stored with a run. Nothing but zod is
 * imported, because the window offers the same ones.
 */
import * as z from 'zod'

/** A crop of any size and nearly any shape. */
const InceptionCrop = z.strictObject({
  /** Share of the image's area, smallest and largest. */
  area: z.tuple([z.number().positive(), z.number().max(1)]),
  /** Width over height, smallest and largest. */
  aspect: z.tuple([z.number().positive(), z.number().positive()]),
  /** Draws before giving up and taking the whole image. */
  attempts: z.int().positive(),
})
export type InceptionCrop = z.output<typeof InceptionCrop>

/** Nearly the whole image: resized to `enlarged` times the resolution, then cropped at random. */
const GentleCrop = z.strictObject({ enlarged: z.number().min(1) })
export type GentleCrop = z.output<typeof GentleCrop>

/** Training augmentation. `crop: null` squashes the whole image; `flip` is the probability of mirroring. */
export const Augmentation = z.strictObject({
  crop: z.union([InceptionCrop, GentleCrop]).nullable(),
  flip: z.number().min(0).max(1),
  /** Whether one of TrivialAugment's operations follows. */
  trivial: z.boolean().default(false),
  /** Probability that a rectangle is hidden. */
  erase: z.number().min(0).max(1).default(0),
})
export type Augmentation = z.output<typeof Augmentation>

const plain = { trivial: false, erase: 0 } as const
const inceptionCrop = (smallestArea: number): InceptionCrop => ({
  area: [smallestArea, 1],
  aspect: [0.75, 1.33],
  attempts: 100,
})

/**
 * The available augmentations, from the least variation to the most. `gentle` is the crop of big_vision's
 * configs/transfer.py for pictures that matter as a whole, `standard` the Inception crop of the paper's code.
 *
 * @see https://github.com/google-research/vision_transformer vit_jax/input_pipeline.py
 */
export const augmentations = {
  none: { crop: null, flip: 0, ...plain },
  flip: { crop: null, flip: 0.5, ...plain },
  gentle: { crop: { enlarged: 1.14 }, flip: 0.5, ...plain },
  mild: { crop: inceptionCrop(0.35), flip: 0.5, ...plain },
  standard: { crop: inceptionCrop(0.05), flip: 0.5, ...plain },
  stronger: { crop: inceptionCrop(0.35), flip: 0.5, trivial: true, erase: 0.25 },
} as const satisfies Record<string, Augmentation>

/** Their names. */
export const Augment = z.enum(Object.keys(augmentations) as (keyof typeof augmentations)[])
export type Augment = z.output<typeof Augment>
