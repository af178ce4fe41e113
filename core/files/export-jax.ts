/** @file Export as an npz of vit_jax or big_vision, with a JSON file beside it for what npz cannot hold. */
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
import { bigVisionLayout, jaxLayout } from './layout-jax.ts'
import { sidecarPath } from './locate.ts'
import { writeNpz } from './npz-write.ts'

/**
 * Writes `file` (.npz) and `<file>.json` with the labels and what the reference code takes for granted: the layout of
 * vit_jax, or big_vision's where there is no class token, or one without a position, or attention pooling.
 *
 * Both always compute tanh GELU, epsilon 1e-6, a hybrid's ResNet in their own way and pixels from −1 to 1; this program
 * follows the JSON file. Hybrids are vit_jax's alone.
 *
 * @returns the paths written
 * @throws AppError `unsupported` for what both layouts lack
 */
export async function writeJax(file: string, model: ModelToExport): Promise<string[]> {
  refuseInexpressible(model.config)
  const explicit = model.config.stem === null ? model : withPrefixRows(model)
  const { stem, classToken, prefixPositions } = explicit.config
  const layout = stem !== null || (classToken && prefixPositions) ? jaxLayout : bigVisionLayout
  const facts = sidecarPath(file)
  await writeFileAtomic(facts, `${JSON.stringify(factsOf(explicit), null, 2)}\n`)
  await writeNpz(file, tensorsToWrite(layout, explicit))
  return [file, facts]
}

function refuseInexpressible(config: VitConfig): void {
  const { pooling, classToken, layerScale, qkvBias, finalNorm } = config
  if (pooling === 'distilled') refuse('a distillation token', 'Hugging Face, timm or ONNX')
  if (layerScale) refuse('LayerScale')
  if (!qkvBias) refuse('queries, keys and values without bias', 'Hugging Face, timm or ONNX')
  if (config.registers > 0) refuse('register tokens')
  if (config.preNorm || !config.patchBias) refuse("CLIP's norm before the first block")
  if (config.swiglu) refuse('a gated MLP')
  if (pooling === 'classAndMean') refuse('the mean of the patches beside the class token', 'ONNX')
  if (pooling === 'mean' && classToken) refuse('the mean of the patches beside a class token')
  if (pooling === 'attention' && config.stem !== null) refuse('attention pooling in a hybrid')
  if (pooling === 'attention' && classToken) refuse('attention pooling beside a class token')
  if (pooling !== 'class' && finalNorm === 'afterPooling') refuse('a final norm after pooling')
}

function refuse(what: string, instead = 'timm or ONNX'): never {
  refuseExport('The npz layout', what, instead)
}

function factsOf({ config, labels, normalisation, positionResize }: ModelToExport): StudioFacts {
  return {
    labels: [...labels],
    gelu: config.gelu,
    layerNormEpsilon: config.layerNormEpsilon,
    image: imageSizeOf(config),
    normalisation: { mean: [...normalisation.mean], std: [...normalisation.std] },
    positionResize,
    ...(config.stem === null ? {} : { stemArithmetic: config.stem.arithmetic }),
  }
}
