/** @file Export as an npz of google-research/vision_transformer, with a JSON file beside it for what npz cannot hold. */
import type { VitConfig } from '../vit/config.ts'
import { writeFileAtomic } from './atomic.ts'
import type { StudioFacts } from './declared.ts'
import {
  imageSizeOf,
  refuseExport,
  tensorsToWrite,
  withPrefixRows,
  type ModelToExport,
} from './model-to-export.ts'
import { jaxLayout } from './layout-jax.ts'
import { sidecarPath } from './locate.ts'
import { writeNpz } from './npz-write.ts'

/**
 * Writes `file` (.npz) and `<file>.json` with the labels and what vit_jax takes for granted.
 *
 * vit_jax itself always computes tanh GELU, epsilon 1e-6 and pixels from −1 to 1; this program follows the JSON file.
 *
 * @returns the paths written
 * @throws AppError `unsupported` for distilled models, LayerScale, missing biases and pooling that vit_jax lacks
 */
export async function writeJax(file: string, model: ModelToExport): Promise<string[]> {
  refuseInexpressible(model.config)
  const explicit = withPrefixRows(model)
  const facts = sidecarPath(file)
  await writeFileAtomic(facts, `${JSON.stringify(factsOf(explicit), null, 2)}\n`)
  await writeNpz(file, tensorsToWrite(jaxLayout, explicit))
  return [file, facts]
}

function refuseInexpressible({ pooling, classToken, layerScale, qkvBias, finalNorm }: VitConfig): void {
  if (pooling === 'distilled') refuse('a distillation token', 'Hugging Face, timm or ONNX')
  if (layerScale) refuse('LayerScale')
  if (!qkvBias) refuse('queries, keys and values without bias', 'Hugging Face, timm or ONNX')
  if (pooling === 'mean' && classToken) refuse('the mean of the patches beside a class token')
  if (pooling === 'mean' && finalNorm === 'afterPooling') refuse('a final norm after pooling')
}

function refuse(what: string, instead = 'timm or ONNX'): never {
  refuseExport('The vit_jax layout', what, instead)
}

function factsOf({ config, labels, normalisation, positionResize }: ModelToExport): StudioFacts {
  return {
    labels: [...labels],
    gelu: config.gelu,
    layerNormEpsilon: config.layerNormEpsilon,
    image: imageSizeOf(config),
    normalisation: { mean: [...normalisation.mean], std: [...normalisation.std] },
    positionResize,
  }
}
