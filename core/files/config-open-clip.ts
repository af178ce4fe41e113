/** @file The open_clip_config.json of open_clip's models on the Hub, read into the common vocabulary. */
import * as z from 'zod'

import { countSchema, deviationSchema, imageSizeSchema, meanSchema, type Declared } from './declared.ts'

/** What is used of open_clip_config.json. */
export const openClipConfigSchema = z.looseObject({
  model_cfg: z.looseObject({
    quick_gelu: z.boolean().optional(),
    vision_cfg: z.looseObject({
      width: countSchema.optional(),
      layers: countSchema.optional(),
      head_width: countSchema.optional(),
      image_size: imageSizeSchema.optional(),
    }),
  }),
  preprocess_cfg: z.looseObject({ mean: meanSchema.optional(), std: deviationSchema.optional() }).optional(),
})

/** The facts in an open_clip configuration, whose models use exact GELU unless it says otherwise. */
export function declaredByOpenClip({
  model_cfg: { quick_gelu: quick, vision_cfg: tower },
  preprocess_cfg: { mean, std } = {},
}: z.output<typeof openClipConfigSchema>): Declared {
  const { width, head_width: headWidth } = tower
  return {
    width,
    depth: tower.layers,
    heads: width === undefined || headWidth === undefined ? undefined : width / headWidth,
    gelu: quick === true ? 'quick' : 'erf',
    image: tower.image_size,
    normalisation: mean && std && { mean, std },
  }
}
