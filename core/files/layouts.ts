/** @file Every layout that checkpoints are read in. A family of another layout is added here. */
import { clipLayout, hfVisionLayout } from './layout-clip.ts'
import { hfDinov2Layout, hfLayout } from './layout-hf.ts'
import { bigVisionLayout, bigVisionScannedLayout, jaxLayout } from './layout-jax.ts'
import { timmLayout } from './layout-timm.ts'
import type { Layout } from './layout.ts'

export const layouts: readonly Layout[] = [
  timmLayout,
  hfLayout,
  hfDinov2Layout,
  hfVisionLayout,
  clipLayout,
  jaxLayout,
  bigVisionLayout,
  bigVisionScannedLayout,
]

/** Every `model_type` of transformers that can be read. */
export const hfModelTypes: readonly string[] = layouts.flatMap(({ modelTypes }) => modelTypes ?? [])
