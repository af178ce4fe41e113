/** @file What a model has learned, as figures: from its weights alone, over some photos, and in one photo. */
import { join } from 'node:path'
import type * as z from 'zod'

import type { contract } from '../../api/contract.ts'
import type { BlockAttention, HeadDistances, ModelFigures } from '../../api/contract/inspect.ts'
import type { AttentionMap } from '../../api/contract/predict.ts'
import type { Progress } from '../../api/contract/values.ts'
import { inspectImage } from '../../data/inspect.ts'
import { loadFile } from '../../data/load.ts'
import { AppError, invariant, throwIfCancelled } from '../../errors.ts'
import { attentionDistance } from '../../inspect/attention-distance.ts'
import { filterTiles } from '../../inspect/filters.ts'
import { similarityMap } from '../../inspect/position-similarity.ts'
import { attentionRollout } from '../../inspect/rollout.ts'
import { at } from '../../tensor/shape.ts'
import { floatTensor, parameter, type FloatTensor } from '../../tensor/tensor.ts'
import type { HeadReader } from '../../train/model/head-attention.ts'
import { openModel } from '../../train/model/open-model.ts'
import { patchCount, prefixRows, prefixTokens, type VitConfig } from '../../vit/config.ts'
import { rememberedOverrides } from '../models/models.ts'
import { mapOverImage } from '../predict/attention-map.ts'
import { withFile } from '../predict/images.ts'
import { withInspected } from './inspected.ts'

type Asked<Name extends keyof (typeof contract)['inspect']> = z.output<
  (typeof contract)['inspect'][Name]['input']
>

/** With more positions the picture is larger than any screen. */
const mostPositions = 1600

/** @throws AppError where the model cannot be read */
export async function modelFigures({ model: path, overrides }: Asked<'figures'>): Promise<ModelFigures> {
  const { config, parameters } = await openModel(path, overrides ?? (await rememberedOverrides(path)))
  const { patch, grid, depth, heads } = config
  const [height, width] = [grid.rows * patch, grid.columns * patch]
  const embedding = parameter(parameters, 'positionEmbedding')
  return {
    patch,
    width,
    height,
    grid,
    depth,
    heads,
    filters: config.stem === null ? filtersOf(parameter(parameters, 'embedding.weight')) : null,
    similarities: patchCount(grid) > mostPositions ? null : similaritiesOf(config, embedding),
  }
}

function filtersOf(kernel: FloatTensor): ModelFigures['filters'] {
  const { shape, data } = filterTiles(kernel)
  return { count: at(shape, 0), side: at(shape, 1), pixels: data }
}

function similaritiesOf(config: VitConfig, embedding: FloatTensor): Uint8Array<ArrayBuffer> {
  const positions = { embedding, prefixRows: prefixRows(config), grid: config.grid }
  const count = patchCount(config.grid)
  const values = new Float32Array(count * count)
  for (let patch = 0; patch < count; patch++) values.set(similarityMap(positions, patch).data, patch * count)
  return new Uint8Array(values.buffer)
}

type DistanceItem = Progress | { readonly type: 'done'; readonly result: HeadDistances }

/**
 * Mean attention distance over photos; those that cannot be read are left out.
 *
 * @throws AppError `cancelled`, `unsupported` where none can be read
 */
export async function* headDistances(
  { model, overrides, images }: Asked<'distances'>,
  signal: AbortSignal,
): AsyncGenerator<DistanceItem> {
  const sums: number[][] = []
  let photos = 0
  let problem: AppError | null = null
  for (const [done, { folder, path }] of images.entries()) {
    yield { type: 'progress', done, total: images.length }
    throwIfCancelled(signal)
    try {
      const found = await distancesIn(model, overrides, join(folder, path))
      found.forEach((heads, block) => {
        sums[block] = heads.map((distance, head) => distance + (sums[block]?.[head] ?? 0))
      })
      photos++
    } catch (thrown) {
      problem = AppError.from(thrown)
      if (problem.code !== 'unsupported') throw problem
    }
  }
  if (photos === 0 && problem !== null) throw problem
  yield { type: 'done', result: { distances: sums.map((heads) => heads.map((sum) => sum / photos)), photos } }
}

async function distancesIn(
  model: string,
  overrides: Asked<'distances'>['overrides'],
  file: string,
): Promise<number[][]> {
  return withInspected(model, overrides, async ({ config, preprocessing, reader }) => {
    const pixels = (await loadFile(file, preprocessing)).data
    const distances: number[][] = []
    for await (const attention of reader.read(pixels)) {
      if (distances.length === config.depth) break
      distances.push(attentionDistance(attention, prefixTokens(config), config.grid, config.patch))
    }
    return distances
  })
}

/** @throws AppError `unsupported` where the image cannot be read */
export async function blockAttentions({
  model,
  overrides,
  image,
}: Asked<'attention'>): Promise<BlockAttention[]> {
  return withFile(image, async (file) =>
    withInspected(model, overrides, async ({ config, preprocessing, reader }) => {
      const size = await inspectImage(file)
      const pixels = (await loadFile(file, preprocessing)).data
      // With attention pooling the last one says how the patches are read, after whatever block.
      const pooling = config.pooling === 'attention' ? [await lastMean(reader, pixels)] : []
      const rollout = (blocks: readonly FloatTensor[]): AttentionMap => {
        const all = [...blocks, ...pooling]
        const shares = attentionRollout(all, prefixTokens(config), config.grid, config.pooling)
        return mapOverImage(shares, size, preprocessing)
      }
      const means: FloatTensor[] = []
      const blocks: BlockAttention[] = []
      for await (const attention of reader.read(pixels)) {
        if (blocks.length === config.depth) break
        means.push(meanOfHeads(attention))
        blocks.push({ through: rollout(means), heads: headsOf(attention).map((head) => rollout([head])) })
      }
      return blocks
    }),
  )
}

async function lastMean(reader: HeadReader, pixels: Uint8Array): Promise<FloatTensor> {
  let last: FloatTensor | undefined
  for await (const attention of reader.read(pixels)) last = attention
  invariant(last !== undefined, () => 'a model without attention')
  return meanOfHeads(last)
}

/** [H, T, N] → each as [1, T, N]. */
function headsOf({ shape, data }: FloatTensor): FloatTensor[] {
  const [heads = 0, ...rest] = shape
  const size = data.length / heads
  return Array.from({ length: heads }, (_, head) =>
    floatTensor([1, ...rest], data.slice(head * size, (head + 1) * size)),
  )
}

function meanOfHeads({ shape, data }: FloatTensor): FloatTensor {
  const [heads = 0, ...rest] = shape
  const size = data.length / heads
  const mean = new Float32Array(size)
  for (let i = 0; i < data.length; i++) mean[i % size] = (mean[i % size] ?? 0) + (data[i] ?? 0) / heads
  return floatTensor([1, ...rest], mean)
}
