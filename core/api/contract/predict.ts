/** @file What a model says of new images. */
import * as z from 'zod'

import { call } from '../rpc.ts'
import { bytes, text } from './values.ts'

/** An image to predict: a file on this machine, or the bytes of one that was dropped. */
export const ImageToPredict = z.union([z.object({ path: text }), z.object({ name: z.string(), bytes })])
export type ImageToPredict = z.output<typeof ImageToPredict>

/** One image with its most probable classes, best first; or the reason why there are none. */
export const Prediction = z.object({
  name: z.string(),
  top: z.array(z.object({ label: z.string(), probability: z.number() })),
  reason: z.string().nullable(),
})
export type Prediction = z.output<typeof Prediction>

/** Methods. */
export const predict = {
  /** `model` is the folder of a run or the path of any model with a head. */
  images: call(
    z.object({
      model: text,
      images: z.array(ImageToPredict).min(1).max(256),
      top: z.int().min(1).max(100).default(5),
    }),
    z.array(Prediction),
  ),
} as const
