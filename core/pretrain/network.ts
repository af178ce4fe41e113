/** @file The network that is pretrained, a plain ViT with a class token, and what it hands on. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { writeHuggingFace } from '../files/export-hf.ts'
import { halfNormalisation } from '../files/family.ts'
import type { Parameters } from '../tensor/tensor.ts'
import type { RunRecord } from '../train/run/run-record.ts'
import { plainVit, type VitConfig } from '../vit/config.ts'

/** Sizes of a network and of its pictures. */
export interface NetworkSizes {
  readonly width: number
  readonly depth: number
  readonly heads: number
  /** Side of a patch, and of the pictures, in pixels. */
  readonly patch: number
  readonly resolution: number
  readonly classes: number
}

/** How the pixels of rendered pictures are normalised. */
export const pictureNormalisation = halfNormalisation

/** @throws AppError `invalid_input` where the sizes do not fit together */
export function networkOf({ width, depth, heads, patch, resolution, classes }: NetworkSizes): VitConfig {
  const side = resolution / patch
  if (!Number.isInteger(side) || !Number.isInteger(width / heads)) {
    throw new AppError(
      'invalid_input',
      say`Pictures of ${resolution} pixels with patches of ${patch}, and a width of ${width} with ${heads} heads: both must divide without remainder. Choose other values.`,
    )
  }
  const grid = { rows: side, columns: side }
  return plainVit({ width, depth, heads, mlpWidth: 4 * width, patch, grid, classes })
}

/**
 * Writes a pretrained network as a Hugging Face folder of half precision, without the head that told formulas apart.
 *
 * @returns the paths written
 */
export async function saveNetwork(
  directory: string,
  { model, preprocessing }: Pick<RunRecord, 'model' | 'preprocessing'>,
  parameters: Parameters,
): Promise<string[]> {
  const { config, positionResize } = model
  const { mean, std, resize, kernel } = preprocessing
  const bare = new Map([...parameters].filter(([name]) => !name.startsWith('head.')))
  const network = {
    config: { ...config, classes: 0 },
    parameters: bare,
    normalisation: { mean, std },
    labels: [],
    positionResize,
    framing: { resize, kernel },
  }
  return writeHuggingFace(directory, network, { type: 'F16' })
}
