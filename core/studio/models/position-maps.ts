/** @file How similar the positions of a grid are to a model, before and after its position embeddings are resized. */
import type * as z from 'zod'

import type { contract } from '../../api/contract.ts'
import type { SimilarityMap } from '../../api/contract/models.ts'
import { similarityMap, type Positions } from '../../inspect/position-similarity.ts'
import { parameter } from '../../tensor/tensor.ts'
import { openModel } from '../../train/model/open-model.ts'
import { atGrid, gridOf, type Model } from '../../train/model/prepare.ts'
import { prefixRows, type PositionResize } from '../../vit/config.ts'
import { stateOfModel } from './model-state.ts'
import { rememberedOverrides } from './models.ts'

type Request = z.output<(typeof contract)['models']['positions']['input']>
type Maps = z.output<(typeof contract)['models']['positions']['output']>

/** What is needed of a model; the other weights are released. */
interface Embedded {
  readonly model: Model
  readonly rule: PositionResize
}

/**
 * The maps of the position at the fractions `row` of the height and `column` of the width from the upper left corner;
 * without corrections, those remembered for the model apply.
 *
 * @throws AppError where the model cannot be read, or `invalid_input` for a resolution that does not fit its patches
 */
export async function positionMaps({ path, overrides, resolution, row, column }: Request): Promise<Maps> {
  const { model, rule } = await embeddingOf(path, overrides ?? (await rememberedOverrides(path)))
  const resized = atGrid(model, gridOf(resolution, model.config.patch), rule)
  return { before: mapOf(model, row, column), after: mapOf(resized, row, column) }
}

function mapOf({ config, parameters }: Model, row: number, column: number): SimilarityMap {
  const { grid } = config
  const embedding = parameter(parameters, 'positionEmbedding')
  const positions: Positions = { embedding, prefixRows: prefixRows(config), grid }
  const patch = indexOf(row, grid.rows) * grid.columns + indexOf(column, grid.columns)
  return { ...grid, values: [...similarityMap(positions, patch).data] }
}

function indexOf(share: number, count: number): number {
  return Math.min(count - 1, Math.floor(share * count))
}

let last: { readonly key: string; readonly embedded: Promise<Embedded> } | null = null

/** The last model stays open: its slider moves, and reading a checkpoint takes a second. */
async function embeddingOf(path: string, overrides: Request['overrides']): Promise<Embedded> {
  const key = JSON.stringify([await stateOfModel(path), overrides])
  if (last?.key !== key) last = { key, embedded: open(path, overrides) }
  const { embedded } = last
  embedded.catch(() => (last = null))
  return embedded
}

async function open(path: string, overrides: Request['overrides']): Promise<Embedded> {
  const { config, parameters, positionResize } = await openModel(path, overrides)
  const own = new Map([['positionEmbedding', parameter(parameters, 'positionEmbedding')]])
  return { model: { config, parameters: own }, rule: positionResize }
}
