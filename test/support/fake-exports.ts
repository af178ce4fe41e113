/** @file What the fake studio says it has exported. */
import type { ExportResult } from '../../core/api/contract/results.ts'
import type { ExportFormat } from '../../core/files/export-formats.ts'
import { outside } from '../../core/sentence.ts'

/** Each format in its own folder; what JAX's layout cannot express is refused. */
export function exportsOf(formats: readonly ExportFormat[]): ExportResult {
  const out = '/exports/fruit'
  const exported = formats.filter((format) => format !== 'npz')
  return {
    out,
    exported: exported.map((format) => ({
      format,
      path: format === 'onnx' ? `${out}/onnx/model.onnx` : `${out}/${format}`,
      files: [`${out}/${format}/model.${format === 'onnx' ? 'onnx' : 'safetensors'}`],
      bytes: 5_600_000,
      maxLogitDifference: 2e-6,
    })),
    refused: formats.flatMap((format) =>
      format === 'npz'
        ? [{ format, reason: outside('The vit_jax layout has no place for LayerScale.') }]
        : [],
    ),
    images: 16,
    model: {
      labels: ['ripe', 'unripe', 'rotten'],
      height: 96,
      width: 96,
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
      framing: 'squash',
      isPlain: true,
    },
  }
}
