/**
 * @file What the best weights of a run say about its held-out images. It lies in one file with the weights, so that
 * figures, fairness and thresholds follow from it without another look at the images.
 */
import { crc32 } from 'node:zlib'

import * as z from 'zod'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { SkippedFile } from '../../data/finding.ts'
import type { CheckedImage } from '../../data/load.ts'
import type { openSafetensors } from '../../files/safetensors-read.ts'
import { at } from '../../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../../tensor/tensor.ts'
import { fitTemperature } from './calibration.ts'
import { parseJson } from '../../files/json-text.ts'

/** Logits of the held-out images, as the weights give them. */
export interface HeldOut {
  /** [n, K], in the order of the run's validation images, without those that could not be read. */
  readonly logits: FloatTensor
  readonly skipped: readonly SkippedFile[]
  /** Fitted to these logits; see `fitTemperature`. */
  readonly temperature: number
}

/** The images that the rows of the logits belong to. */
export function imagesOf(
  validation: readonly CheckedImage[],
  skipped: readonly SkippedFile[],
): readonly CheckedImage[] {
  const missing = new Set(skipped.map(({ path }) => path))
  return validation.filter(({ path }) => !missing.has(path))
}

/** The classes of the images that the rows of the logits belong to. */
export function labelsOfRows(validation: readonly CheckedImage[], skipped: readonly SkippedFile[]): number[] {
  return imagesOf(validation, skipped).map(({ label }) => label)
}

/** Held-out logits with their temperature. */
export function heldOutOf(
  logits: FloatTensor,
  validation: readonly CheckedImage[],
  skipped: readonly SkippedFile[],
): HeldOut {
  const labels = labelsOfRows(validation, skipped)
  return { logits, skipped, temperature: fitTemperature({ logits, labels }) }
}

/** Logits as they are computed, a batch at a time. */
export interface GatheredLogits {
  /** Which of the images were seen so far, one for each row. */
  readonly indices: number[]
  readonly add: (rows: FloatTensor, indices: readonly number[]) => void
  /** What was added, [n, K]. */
  readonly logits: () => FloatTensor
}

/** Gathers logits of at most `images` images. */
export function gatherLogits(images: number): GatheredLogits {
  const indices: number[] = []
  let [data, classes] = [new Float32Array(0), 0]
  return {
    indices,
    add: (rows, seen) => {
      classes = at(rows.shape, 1)
      if (indices.length === 0) data = new Float32Array(images * classes)
      data.set(rows.data, indices.length * classes)
      for (const index of seen) indices.push(index)
    },
    logits: () => floatTensor([indices.length, classes], data.slice(0, indices.length * classes)),
  }
}

const tensorName = 'heldOut/logits'
const metadataName = 'heldOut'

const Description = z.object({
  temperature: z.number().positive(),
  skipped: z.array(SkippedFile),
  /** CRC-32 of the logits, so that reading them alone need not check the whole file. */
  crc: z.int(),
})

/** Held-out logits as a part of a safetensors file. */
export function partOfFile(heldOut: HeldOut | null): {
  readonly tensors: ReadonlyMap<string, FloatTensor>
  readonly metadata: Readonly<Record<string, string>>
} {
  if (heldOut === null) return { tensors: new Map(), metadata: {} }
  const { logits, skipped, temperature } = heldOut
  const description = { temperature, skipped: [...skipped], crc: checkOf(logits) }
  return {
    tensors: new Map([[tensorName, logits]]),
    metadata: { [metadataName]: JSON.stringify(description) },
  }
}

/**
 * The held-out logits in a file; null in those of the first versions.
 *
 * @throws AppError `invalid_input` where they are damaged
 */
export async function heldOutIn(file: Awaited<ReturnType<typeof openSafetensors>>): Promise<HeldOut | null> {
  const text = file.metadata.get(metadataName)
  if (text === undefined) return null
  const { temperature, skipped, crc } = Description.parse(parseJson(text))
  const logits = await file.read(tensorName)
  if (checkOf(logits) === crc) return { logits, skipped, temperature }
  throw new AppError('invalid_input', say`${file.path} is damaged: it is not as it was written.`, {
    path: file.path,
  })
}

function checkOf({ data }: FloatTensor): number {
  return crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}
