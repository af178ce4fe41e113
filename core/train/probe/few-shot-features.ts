/**
 * @file The frozen features of a model for many images, computed once and remembered between calls: the file of a
 * folder of images and a model is named by what the weights are, not by where they are stored.
 */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { cacheKey, type ImageCache } from '../../data/cache.ts'
import { mapParallel } from '../../data/parallel.ts'
import type { Preprocessing } from '../../data/preprocess.ts'
import type { SkippedFile } from '../../data/finding.ts'
import { isUnchanged } from '../../data/regular-file.ts'
import type { CheckedImage, FolderImages } from '../../data/load.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Pretrained } from '../../files/checkpoint.ts'
import { at } from '../../tensor/shape.ts'
import { patchCount, prefixTokens, type VitConfig } from '../../vit/config.ts'
import { openClassifier, type Classifier } from '../model/classifier.ts'
import { computeBatches } from '../evaluation/evaluate-images.ts'
import { decodeRows, encodeRows } from './feature-file.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { parameterCount } from '../step/graphs.ts'
import { availableMemory } from '../step/memory.ts'

/** What computing features works with. */
export interface FeatureTools {
  readonly engine: Engine
  readonly cache?: ImageCache | undefined
  readonly signal?: AbortSignal | undefined
}

/** One feature vector [D] per image; none for a file that can no longer be read. */
export interface FrozenFeatures {
  readonly rows: readonly (Float32Array | undefined)[]
  /** How many of them had to be computed. */
  readonly computed: number
  /** The files without features. */
  readonly skipped: readonly SkippedFile[]
}

/** A network whose features are computed; its head is not looked at. `path` names it in messages. */
export interface FrozenModel extends Pick<Pretrained, 'path' | 'config' | 'parameters'> {
  readonly preprocessing: Preprocessing
}

/** How far it is, known images included. */
export interface FeatureProgress {
  readonly done: number
  readonly total: number
}

/**
 * Features of the images of some folders, folder by folder; the program is created for the first unknown image.
 *
 * @throws AppError `cancelled`, or `out_of_memory` if the model does not fit; what was computed until then is remembered
 */
export async function* frozenFeatures(
  model: FrozenModel,
  folders: readonly FolderImages[],
  tools: FeatureTools,
): AsyncGenerator<FeatureProgress, FrozenFeatures[], void> {
  const total = folders.reduce((sum, { images }) => sum + images.length, 0)
  const source = createFeatureSource(model, tools)
  const found: FrozenFeatures[] = []
  let before = 0
  try {
    for (const folder of folders) {
      const features = source.featuresOf(folder)
      let step = await features.next()
      for (; step.done !== true; step = await features.next()) yield { done: before + step.value, total }
      found.push(step.value)
      before += folder.images.length
    }
    return found
  } finally {
    await source.dispose()
  }
}

interface FeatureSource {
  /** Yields the number of images done. */
  readonly featuresOf: (folder: FolderImages) => AsyncGenerator<number, FrozenFeatures, void>
  readonly dispose: () => Promise<void>
}

function createFeatureSource(model: FrozenModel, tools: FeatureTools): FeatureSource {
  const { preprocessing } = model
  const graphs = { config: model.config, normalisation: preprocessing }
  // Features do not see the head.
  const fingerprint = fingerprintOf(graphs, model.parameters, (name) => !name.startsWith('head'))
  let opened: Promise<Classifier> | undefined
  const classifier = async (): Promise<Classifier> => (opened ??= openModel(model, tools.engine))
  return {
    featuresOf: async function* ({ root, images }) {
      const store = createStore(
        tools.cache,
        cacheKey('features', fingerprint, root, JSON.stringify(preprocessing)),
      )
      const known = await store.read()
      const computed = new Map<string, Float32Array>()
      const missing = images.filter((image) => !known.has(keyOf(image)))
      const skipped: SkippedFile[] = []
      const before = images.length - missing.length
      yield before
      try {
        if (missing.length > 0) {
          const work = { root, images: missing, preprocessing, computed, skipped, before }
          yield* compute(await classifier(), work, tools)
        }
      } finally {
        for (const image of await stillUnchanged(root, missing)) {
          const row = computed.get(keyOf(image))
          if (row !== undefined) known.set(keyOf(image), row)
        }
        if (missing.length > 0) store.write(known)
      }
      const rows = images.map((image) => computed.get(keyOf(image)) ?? known.get(keyOf(image)))
      return { rows, computed: missing.length, skipped }
    },
    dispose: async () => (await opened)?.dispose(),
  }
}

interface Work extends FolderImages {
  readonly preprocessing: Preprocessing
  /** Features by image; what is computed is added. */
  readonly computed: Map<string, Float32Array>
  /** Files that cannot be read any more are added. */
  readonly skipped: SkippedFile[]
  /** Images that need no computing. */
  readonly before: number
}

async function* compute(
  classifier: Classifier,
  { root, images, preprocessing, computed, skipped, before }: Work,
  { cache, signal }: FeatureTools,
): AsyncGenerator<number, void, void> {
  let done = before
  for await (const { batch, rows } of computeBatches(classifier, {
    root,
    images,
    preprocessing,
    cache,
    signal,
    onSkip: (file) => skipped.push(file),
  })) {
    const width = at(rows.shape, 1)
    for (const [row, index] of batch.indices.entries())
      computed.set(keyOf(at(images, index)), rows.data.slice(row * width, (row + 1) * width))
    done += batch.count
    yield done
  }
}

const statsAtOnce = 16

/** Those whose files were not replaced meanwhile: only of these is it known what the features belong to. */
async function stillUnchanged(root: string, images: readonly CheckedImage[]): Promise<CheckedImage[]> {
  const same = await mapParallel(images, statsAtOnce, async (image) =>
    isUnchanged(resolve(root, image.path), image),
  )
  return images.filter((_, index) => same[index])
}

function keyOf({ path, bytes, modifiedMs }: CheckedImage): string {
  return JSON.stringify([path, bytes, modifiedMs])
}

async function openModel(model: FrozenModel, engine: Engine): Promise<Classifier> {
  const { config, preprocessing, parameters } = model
  requireMemory(model)
  const graphs = { config, normalisation: preprocessing }
  return openClassifier(engine, graphs, parameters, batchOf(config), 'features')
}

const mostImages = 16
const activationBytes = 400e6

/** Images at once: beyond 16 nothing gets faster, and large models at high resolutions would fill memory. */
function batchOf(config: VitConfig): number {
  const tokens = patchCount(config.grid) + prefixTokens(config)
  const { width, mlpWidth, heads } = config
  const perImage = 4 * tokens * (8 * width + 3 * mlpWidth + 3 * heads * tokens)
  return Math.max(1, Math.min(mostImages, Math.floor(activationBytes / perImage)))
}

function requireMemory({ config, path }: FrozenModel): void {
  // The engine keeps its own copy.
  const needed = 4 * parameterCount(config) + activationBytes
  const available = availableMemory()
  if (needed <= available) return
  throw new AppError(
    'out_of_memory',
    say`${path} needs about ${gigabytes(needed)} GB of memory on top of what is in use, and ${gigabytes(available)} GB is available. Choose a smaller model, or close other programs.`,
  )
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1)
}

interface Store {
  readonly read: () => Promise<Map<string, Float32Array>>
  readonly write: (rows: ReadonlyMap<string, Float32Array>) => void
}

function createStore(cache: ImageCache | undefined, key: string): Store {
  return {
    read: async () => {
      const path = cache?.find(key)
      const rows = path === undefined ? null : decodeRows(await readFile(path).catch(() => new Uint8Array()))
      if (path !== undefined && rows === null) cache?.forget(key)
      return rows ?? new Map()
    },
    write: (rows) => cache?.store(key, encodeRows(rows)),
  }
}
