/** @file Export as a Hugging Face folder, as the model of transformers that computes the same. */
import { join } from 'node:path'

import type { ImageSize, Resize, ResizeKernel } from '../vit/config.ts'
import { writeFileAtomic } from './atomic.ts'
import { hfModelFor, type HfModel } from './hf-models.ts'
import { makeFolder } from './make-folder.ts'
import {
  imageSizeOf,
  refuseExport,
  tensorsToWrite,
  withMeanColumns,
  withPrefixRows,
  type ModelToExport,
} from './model-to-export.ts'
import { writeSafetensorsLazily, type SafetensorsOptions } from './safetensors-write.ts'

const torchTypes = { F32: 'float32', F16: 'float16' } as const

// Pillow's numbers of its filters, which antialias.
const filters: Readonly<Record<ResizeKernel, number>> = { linear: 2, cubic: 3 }

/**
 * Writes model.safetensors, config.json and preprocessor_config.json, as transformers 4 and 5 read them.
 *
 * ViT, DeiT, DINOv2 and SigLIP with the mean of the patches become their ForImageClassification models. DINOv2's reads
 * class token and mean of the patches; a head for the class token alone has zeros for the mean. CLIP, and SigLIP with
 * attention pooling, have no such model: they become feature extractors, with a separate `classifier`.
 *
 * @param options element type of the weights and free text in the header of their file
 * @returns the paths written
 * @throws AppError `unsupported` for what no model of transformers computes
 */
export async function writeHuggingFace(
  directory: string,
  model: ModelToExport,
  options: SafetensorsOptions = {},
): Promise<string[]> {
  const target = hfModelFor(model.config)
  const explicit = expressedIn(target, model)
  const paths = ['config.json', 'preprocessor_config.json', 'model.safetensors'].map((name) =>
    join(directory, name),
  )
  const [config = '', preprocessor = '', weights = ''] = paths
  const tensors = tensorsToWrite(target.layout, explicit, (name) =>
    target.layout.head.test(name) ? name : `${target.prefix}${name}`,
  )
  const description = { ...configOf(target, explicit), torch_dtype: torchTypes[options.type ?? 'F32'] }
  // Before anything is written, since not every framing can be expressed.
  const preparation = preprocessorOf(explicit)
  await makeFolder(directory)
  await writeFileAtomic(config, json(description))
  await writeFileAtomic(preprocessor, json(preparation))
  // The weights last: a folder without them cannot be mistaken for a complete one.
  await writeSafetensorsLazily(weights, tensors, options)
  return paths
}

function expressedIn(target: HfModel, model: ModelToExport): ModelToExport {
  const placed = withPrefixRows(model)
  return target.type.startsWith('dinov2') ? withMeanColumns(placed) : placed
}

function configOf(target: HfModel, { config, labels, positionResize }: ModelToExport): object {
  return {
    architectures: [target.architecture],
    model_type: target.type,
    ...target.fields(config),
    problem_type: 'single_label_classification',
    id2label: Object.fromEntries(labels.map((label, index) => [String(index), label])),
    label2id: Object.fromEntries(labels.map((label, index) => [label, index])),
    vit_studio: { positionResize, ...(target.headIsOurs ? { pooling: config.pooling } : {}) },
  }
}

/** The image processor of transformers that prepares images in the same way. */
function preprocessorOf({ config, normalisation, framing: { resize, kernel } }: ModelToExport): object {
  return {
    do_resize: true,
    ...processorFields(resize, imageSizeOf(config)),
    resample: filters[kernel],
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: normalisation.mean,
    image_std: normalisation.std,
  }
}

function processorFields(resize: Resize, size: ImageSize): object {
  if (resize === 'squash') return { image_processor_type: 'ViTImageProcessor', size }
  if (resize === 'letterbox') return refuseExport('Hugging Face', 'bars beside an image', 'timm or ONNX')
  const crop = { do_center_crop: true, crop_size: size }
  if ('squash' in resize) return { image_processor_type: 'DeiTImageProcessor', size: resize.squash, ...crop }
  const { height, width } = resize.cover
  if (height !== width) return refuseExport('Hugging Face', 'images that are not square', 'timm or ONNX')
  return { image_processor_type: 'CLIPImageProcessor', size: { shortest_edge: height }, ...crop }
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
