/** @file Export as an npz of vit_jax or big_vision, with a JSON file beside it for what npz cannot express. */
import { dirname } from 'node:path'

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
import { makeFolder } from './make-folder.ts'
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
  await makeFolder(dirname(file))
  await writeFileAtomic(facts, `${JSON.stringify(factsOf(explicit), null, 2)}\n`)
  await writeNpz(file, tensorsToWrite(layout, explicit))
  return [file, facts]
}

function refuseInexpressible(config: VitConfig): void {
  for (const [lacks, what, instead = 'timm or ONNX'] of inexpressible) {
    if (lacks(config)) refuseExport('The npz layout', what, instead)
  }
}

const inexpressible: readonly (readonly [
  lacks: (config: VitConfig) => boolean,
  what: string,
  instead?: string,
])[] = [
  [({ pooling }) => pooling === 'distilled', 'a distillation token', 'Hugging Face, timm or ONNX'],
  [({ layerScale }) => layerScale, 'LayerScale'],
  [({ qkvBias }) => !qkvBias, 'queries, keys and values without bias', 'Hugging Face, timm or ONNX'],
  [({ registers }) => registers > 0, 'register tokens'],
  [({ preNorm, patchBias }) => preNorm || !patchBias, "CLIP's norm before the first block"],
  [({ swiglu }) => swiglu, 'a gated MLP'],
  [({ pooling }) => pooling === 'classAndMean', 'the mean of the patches beside the class token', 'ONNX'],
  [
    ({ pooling, classToken }) => pooling === 'mean' && classToken,
    'the mean of the patches beside a class token',
  ],
  [({ pooling, stem }) => pooling === 'attention' && stem !== null, 'attention pooling in a hybrid'],
  [
    ({ pooling, classToken }) => pooling === 'attention' && classToken,
    'attention pooling beside a class token',
  ],
  [
    ({ pooling, finalNorm }) => pooling !== 'class' && finalNorm === 'afterPooling',
    'a final norm after pooling',
  ],
]

function factsOf({ config, labels, normalisation, positionResize, framing }: ModelToExport): StudioFacts {
  return {
    labels: [...labels],
    gelu: config.gelu,
    layerNormEpsilon: config.layerNormEpsilon,
    image: imageSizeOf(config),
    normalisation: { mean: [...normalisation.mean], std: [...normalisation.std] },
    positionResize,
    framing: { ...framing, frame: imageSizeOf(config) },
    ...(config.stem === null ? {} : { stemArithmetic: config.stem.arithmetic }),
  }
}
