/** @file The map of someone's photos as a stream: looked at by a model, compared, laid out, and remembered. */
import type * as z from 'zod'

import type { contract } from '../../api/contract.ts'
import type { MapRequest, MapStage, PhotoMap } from '../../api/contract/map.ts'
import { retold, withProgress } from '../../api/feed.ts'
import { defaultCacheDirectory, openCache, type ImageCache } from '../../data/cache.ts'
import { checkData, type CheckedData } from '../../data/check.ts'
import { compareCodePoints } from '../../data/classes.ts'
import type { SkippedFile } from '../../data/finding.ts'
import { noLabels } from '../../data/labels.ts'
import type { CheckedImage, FolderImages } from '../../data/load.ts'
import type { Engine } from '../../engine/engine.ts'
import { mapPhotos, type PhotoMap as Placed } from '../../map/photo-map.ts'
import { at } from '../../tensor/shape.ts'
import { stacked, type FloatTensor } from '../../tensor/tensor.ts'
import { frozenFeatures, type FrozenFeatures, type FrozenModel } from '../../train/probe/few-shot-features.ts'
import { layoutEntry } from '../assets.ts'
import { chosenEngine, kindOf } from '../engine-choice.ts'
import { log } from '../log.ts'
import { openFrozen } from '../models/open-frozen.ts'
import { createMapStore, mapKey } from './map-store.ts'

type MapItem = z.output<(typeof contract)['map']['place']['item']>
type Progress = Extract<MapItem, { readonly type: 'progress' }>

/**
 * The map of a project's photos. Corrections of the model that are left out are those remembered for it.
 *
 * @throws AppError `cancelled`, `invalid_input` if there are too few photos, and where the model cannot be used
 */
export async function* mapItems(
  request: z.output<typeof MapRequest>,
  signal: AbortSignal,
): AsyncGenerator<MapItem> {
  const { engine } = await chosenEngine(kindOf(request.device))
  const folders = foldersOf(yield* checked(request, signal))
  const model = await openFrozen(request.model, request.overrides)
  const cache = await openCache(defaultCacheDirectory(), { onWarning: log })
  const found = yield* looked(model, folders, { engine, cache, signal })
  const seen = seenIn(folders, found)
  const store = createMapStore(cache, mapKey(model, seen.folders))
  const known = await store.read(seen.features.shape[0] ?? 0)
  const result = known ?? (yield* placed(seen.features, engine, signal))
  if (known === null) store.write(result)
  yield { type: 'done', map: toMap(seen, result) }
}

async function* checked(
  { data, validation }: MapRequest,
  signal: AbortSignal,
): AsyncGenerator<Progress, CheckedData> {
  return yield* withProgress<Progress, CheckedData>(async (report) =>
    checkData(data, {
      signal,
      validationDirectory: validation,
      // Photos are placed by what they show, so that labels given later move none.
      labels: noLabels,
      onProgress: ({ done, total }) => report(progress('checking', done, total)),
    }),
  )
}

function progress(stage: MapStage, done: number, total: number): Progress {
  return { type: 'progress', stage, done, total }
}

/** Every photo of a folder, whatever was said of it, in the order of the paths. */
function foldersOf({ validation, ...own }: CheckedData): FolderImages[] {
  return [own, ...(validation === undefined ? [] : [validation])].map(({ root, images, aside }) => ({
    root,
    images: [...images, ...aside].sort((a, b) => compareCodePoints(a.path, b.path)),
  }))
}

interface Looking {
  readonly engine: Engine
  readonly cache: ImageCache
  readonly signal: AbortSignal
}

async function* looked(
  model: FrozenModel,
  folders: readonly FolderImages[],
  tools: Looking,
): AsyncGenerator<Progress, FrozenFeatures[]> {
  return yield* retold(frozenFeatures(model, folders, tools), ({ done, total }) =>
    progress('looking', done, total),
  )
}

async function* placed(
  features: FloatTensor,
  engine: Engine,
  signal: AbortSignal,
): AsyncGenerator<Progress, Placed> {
  return yield* withProgress<Progress, Placed>(async (report) =>
    mapPhotos(features, {
      engine,
      signal,
      worker: layoutEntry(),
      onProgress: (stage, done, total) => report(progress(stage, done, total)),
    }),
  )
}

/** The photos that have features. */
interface Seen {
  readonly folders: readonly FolderImages[]
  /** [n, D] */
  readonly features: FloatTensor
  readonly skipped: readonly SkippedFile[]
}

function seenIn(folders: readonly FolderImages[], found: readonly FrozenFeatures[]): Seen {
  const rows: Float32Array[] = []
  const seen = folders.map(({ root, images }, place) => {
    const kept: CheckedImage[] = []
    for (const [index, row] of at(found, place).rows.entries()) {
      if (row === undefined) continue
      kept.push(at(images, index))
      rows.push(row)
    }
    return { root, images: kept }
  })
  return {
    folders: seen,
    features: stacked(rows),
    skipped: found.flatMap(({ skipped }) => skipped),
  }
}

function toMap({ folders, skipped }: Seen, { points, laidOut, neighbours }: Placed): PhotoMap {
  return {
    folders: folders.map(({ root, images }) => ({
      root,
      paths: images.map(({ path }) => path).join('//'),
      photos: images.length,
    })),
    points: bytesOf(points),
    laidOut,
    neighbours: {
      count: neighbours.count,
      indices: bytesOf(neighbours.indices),
      similarities: bytesOf(neighbours.similarities),
    },
    skipped: [...skipped],
  }
}

/** Of the machines that this runs on, all are little-endian. */
function bytesOf({ buffer }: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer)
}
