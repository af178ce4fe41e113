/** @file The formats a model can be exported to. Nothing but zod is imported, because the window offers the same ones. */
import * as z from 'zod'

/** What a terminal calls each of them. */
export const exportFormats = {
  hf: 'Hugging Face',
  timm: 'timm',
  npz: 'vit_jax npz',
  onnx: 'ONNX',
} as const

export const ExportFormat = z.enum(Object.keys(exportFormats) as (keyof typeof exportFormats)[])
export type ExportFormat = z.output<typeof ExportFormat>
