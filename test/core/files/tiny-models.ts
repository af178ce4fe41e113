/** @file Small Vision Transformers with reproducible random weights, for tests of files. */
import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { timmLayout } from '../../../core/files/layout-timm.ts'
import { tensorsToWrite, type ModelToExport } from '../../../core/files/model-to-export.ts'
import { writeSafetensors } from '../../../core/files/safetensors-write.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { sizeOf, type Shape } from '../../../core/tensor/shape.ts'
import { floatTensor, type FloatTensor, type Parameters } from '../../../core/tensor/tensor.ts'
import { parameterShapes, plainVit, squashed, type VitConfig } from '../../../core/vit/config.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A plain ViT of 16 channels, 2 blocks, 2 heads, 3 classes on 3 × 3 patches, with changes. */
export function tinyConfig(changes: Partial<VitConfig> = {}): VitConfig {
  const grid = { rows: 3, columns: 3 }
  return {
    ...plainVit({ width: 16, depth: 2, heads: 2, mlpWidth: 32, patch: 4, grid, classes: 3 }),
    ...changes,
  }
}

/** Normal random values for every parameter of a configuration. */
export function randomParameters(config: VitConfig, seed = 1): Map<string, FloatTensor> {
  const random = createRandom(seed)
  const entries = [...parameterShapes(config)].map(([name, shape]): [string, FloatTensor] => [
    name,
    floatTensor(
      shape,
      Float32Array.from({ length: sizeOf(shape) }, () => normal(random)),
    ),
  ])
  return new Map(entries)
}

/** A fine-tuned tiny model, ready to export. */
export function tinyModel(changes: Partial<VitConfig> = {}): ModelToExport {
  const config = tinyConfig(changes)
  return {
    config,
    parameters: randomParameters(config),
    normalisation: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    labels: ['ant', 'bee', 'cat'].slice(0, config.classes),
    positionResize: 'timm',
    framing: squashed,
  }
}

/** Parameters as plain data, for deep equality with readable differences. */
export function plain(parameters: Parameters): Record<string, { shape: number[]; data: number[] }> {
  return Object.fromEntries(
    [...parameters].map(([name, { shape, data }]) => [name, { shape: [...shape], data: [...data] }]),
  )
}

/** Absolute path of a file in the fixtures folder. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
}

/** The tensors of a model in timm's layout, by name. */
export function timmTensors(model: ModelToExport): Map<string, FloatTensor> {
  return new Map(tensorsToWrite(timmLayout, model).map(({ name, load }) => [name, load()]))
}

/** Path of a file with these tensors; `folder` and `name` may hint at a family. */
export async function saved(
  tensors: ReadonlyMap<string, FloatTensor>,
  name = 'weights.safetensors',
): Promise<string> {
  const path = join(temporaryFolder(), 'models', name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeSafetensors(path, tensors)
  return path
}

/** Path of a file in timm's layout that has every tensor and no values. */
export async function withoutValues(config: VitConfig): Promise<string> {
  const path = join(temporaryFolder(), 'hollow.safetensors')
  await hollowFile(path, new Map(timmLayout.entries(config).map(({ name, shape }) => [name, shape])))
  return path
}

/** Writes a safetensors file that has tensors of these shapes and no values: its data is a hole. */
export async function hollowFile(path: string, shapes: ReadonlyMap<string, Shape>): Promise<void> {
  const header: Record<string, unknown> = {}
  let end = 0
  for (const [name, shape] of shapes) {
    const begin = end
    end += sizeOf(shape) * 4
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] }
  }
  const text = Buffer.from(JSON.stringify(header))
  await writeFile(path, Buffer.concat([Buffer.from(BigUint64Array.of(BigInt(text.length)).buffer), text]))
  await truncate(path, 8 + text.length + end)
}

/** The same tensors with a prefix before every name. */
export const prefixed = (tensors: ReadonlyMap<string, FloatTensor>, prefix: string) =>
  new Map([...tensors].map(([name, tensor]) => [prefix + name, tensor]))
