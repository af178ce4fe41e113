/** @file The reference values of ../shared/golden, made with PyTorch in float64, and the pictures they belong to. */
import { readFileSync } from 'node:fs'

import { openCheckpoint, type Pretrained } from '../../core/files/checkpoint.ts'
import { timmLayout } from '../../core/files/layout-timm.ts'
import type { LabelledImages } from '../../core/train/step/stepper.ts'
import type { Normalisation, VitConfig } from '../../core/vit/config.ts'
import { sharedFile } from './shared.ts'

/** One fine-tuning trajectory on one repeated batch. */
export interface GoldenRun {
  readonly resolution: number
  readonly posEmbed: string | null
  readonly batch: number
  readonly momentum: number
  readonly clipGlobalNorm: number
  readonly steps: readonly { readonly loss: number; readonly gradNorm: number; readonly lr: number }[]
  readonly finalLogits: readonly (readonly number[])[]
  /** Frobenius norm of the change of some tensors, by timm name. */
  readonly finalChecks: Readonly<Record<string, number>>
}

/** Pictures in a separate buffer, as feeds want them. */
export type GoldenImages = LabelledImages & { readonly pixels: Uint8Array<ArrayBuffer> }

/** deit-tiny.json, as far as tests read it. */
export interface Golden {
  readonly logits: {
    readonly top5: readonly (readonly number[])[]
    readonly first8: readonly (readonly number[])[]
    readonly features_first8: readonly (readonly number[])[]
  }
  readonly logits_jax: { readonly first8: readonly (readonly number[])[] }
  readonly rollout_image0: readonly number[]
  readonly attention_distance: { readonly value: readonly (readonly number[])[] }
  readonly finetune: readonly GoldenRun[]
  readonly gradients: {
    readonly loss: number
    readonly grad: Readonly<Record<string, { readonly norm: number; readonly first3: readonly number[] }>>
  }
}

/** What the golden values were normalised with unless stated. */
const imagenet: Normalisation = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }

/** The layouts in which DeiT-Tiny is available. */
export type DeitLayout = 'timm' | 'hf' | 'jax'

const files: Readonly<Record<DeitLayout, string>> = {
  timm: 'models/deit-tiny-timm/model.safetensors',
  hf: 'models/deit-tiny-hf',
  jax: 'models/deit-tiny-jax.npz',
}

/** DeiT-Tiny from one of its three files, as its layout is read by default. */
export async function openDeitTiny(layout: DeitLayout): Promise<Pretrained> {
  return openCheckpoint(sharedFile(files[layout]))
}

const opened = new Map<DeitLayout, Promise<Pretrained>>()

/**
 * The same, read as the model it really is: exact GELU, ImageNet's mean and standard deviation. Every test gets the
 * same tensors.
 */
export async function openAsDeit(layout: DeitLayout): Promise<Pretrained> {
  const model =
    opened.get(layout) ?? openCheckpoint(sharedFile(files[layout]), { gelu: 'erf', normalisation: imagenet })
  opened.set(layout, model)
  return model
}

/** The canonical parameters that a golden (timm) name stands for: three for a fused `qkv`. */
export function parametersOf(goldenName: string, config: VitConfig): readonly string[] {
  const entry = timmLayout.entries(config).find(({ name }) => name === goldenName)
  if (entry === undefined) throw new Error(`no parameter is called ${goldenName}`)
  return entry.holds
}

/** Reads the reference values. */
export function readGolden(): Golden {
  return JSON.parse(readFileSync(sharedFile('golden/deit-tiny.json'), 'utf8')) as Golden
}

/** The first `count` golden pictures at a resolution, uint8 [count, R, R, 3], with their classes. */
export function readGoldenImages(resolution: number, count: number): GoldenImages {
  const pixels = readStored(`pixels${resolution}`).subarray(0, count * resolution * resolution * 3)
  const labels = readStored('labels')
  const classes = new BigInt64Array(labels.buffer, labels.byteOffset, labels.byteLength / 8)
  return { pixels, labels: Array.from(classes.subarray(0, count), Number), count }
}

/** The bytes of one tensor. core/files reads floats only, so that the pictures need these few lines. */
function readStored(name: string): Uint8Array<ArrayBuffer> {
  const bytes = readFileSync(sharedFile('golden/pixels.safetensors'))
  const headerLength = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength)) as Record<
    string,
    { data_offsets: [number, number] }
  >
  const { data_offsets: offsets } = header[name]!
  return Uint8Array.from(bytes.subarray(8 + headerLength + offsets[0], 8 + headerLength + offsets[1]))
}

/**
 * Within `tolerance` of each value or of their usual size, whichever is larger: values near zero are rounded like the
 * others.
 */
export function relative(tolerance: number, values: readonly number[]): { rtol: number; atol: number } {
  return { rtol: tolerance, atol: tolerance * rootMeanSquare(values) }
}

/** √(Σ xᵢ²) */
export function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}

/** √(Σ xᵢ² / n) */
export function rootMeanSquare(values: readonly number[]): number {
  return norm(values) / Math.sqrt(values.length)
}
