/**
 * @file The frozen features of a model for many images, computed once and remembered between calls: the file of a
 * folder of images and a model is named by what the weights are, not by where they are stored.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

import { AppError } from '../errors.ts'
import { cacheKey, type ImageCache } from '../data/cache.ts'
import type { Preprocessing } from '../data/preprocess.ts'
import type { CheckedImage, FolderImages } from '../data/load.ts'
import { makeOrDispose } from '../engine/disposables.ts'
import type { Engine } from '../engine/engine.ts'
import type { Pretrained } from '../files/checkpoint.ts'
import { at } from '../tensor/shape.ts'
import { patchCount, prefixTokens, type VitConfig } from '../vit/config.ts'
import { createClassifier, type Classifier } from './classifier.ts'
import { computeBatches } from './evaluate-images.ts'
import { decodeRows, encodeRows } from './feature-file.ts'
import { parameterCount } from './graphs.ts'
import { availableMemory } from './memory.ts'
import { preprocessingOf } from './open-model.ts'

/** What computing features works with. */
export interface FeatureTools {
  readonly engine: Engine
  readonly cache?: ImageCache | undefined
  readonly signal?: AbortSignal | undefined
  /** Called with the number of images done, including those already known. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** One feature vector [D] per image; none for a file that can no longer be read. */
export interface FrozenFeatures {
  readonly rows: readonly (Float32Array | undefined)[]
  /** How many of them had to be computed. */
  readonly computed: number
}

/** A model that computes features; its program is created for the first unknown image. */
export interface FeatureSource {
  readonly featuresOf: (folder: FolderImages) => Promise<FrozenFeatures>
  readonly dispose: () => Promise<void>
}

/**
 * Features of a model in memory. `featuresOf` throws AppError `cancelled`, or `out_of_memory` if the model does not
 * fit; what was computed until then is remembered.
 */
export function createFeatureSource(model: Pretrained, tools: FeatureTools): FeatureSource {
  const preprocessing = preprocessingOf(model)
  const fingerprint = fingerprintOf(model)
  let opened: Promise<OpenClassifier> | undefined
  const classifier = async (): Promise<Classifier> =>
    (await (opened ??= openClassifier(model, tools.engine))).classifier
  return {
    featuresOf: async ({ root, images }) => {
      const store = createStore(
        tools.cache,
        cacheKey('features', fingerprint, root, JSON.stringify(preprocessing)),
      )
      const known = await store.read()
      const missing = images.filter((image) => !known.has(keyOf(image)))
      tools.onProgress?.(images.length - missing.length, images.length)
      try {
        if (missing.length > 0) {
          const work = { root, images: missing, preprocessing, known, before: images.length - missing.length }
          await compute(await classifier(), work, tools)
        }
      } finally {
        if (missing.length > 0) store.write(known)
      }
      return { rows: images.map((image) => known.get(keyOf(image))), computed: missing.length }
    },
    dispose: async () => (await opened)?.dispose(),
  }
}

interface Work extends FolderImages {
  readonly preprocessing: Preprocessing
  /** Features by image; what is computed is added. */
  readonly known: Map<string, Float32Array>
  /** Images that need no computing. */
  readonly before: number
}

async function compute(
  classifier: Classifier,
  { root, images, preprocessing, known, before }: Work,
  { cache, signal, onProgress }: FeatureTools,
): Promise<void> {
  let done = before
  for await (const { batch, rows } of computeBatches(classifier, {
    root,
    images,
    preprocessing,
    cache,
    signal,
  })) {
    const width = at(rows.shape, 1)
    for (const [row, index] of batch.indices.entries())
      known.set(keyOf(at(images, index)), rows.data.slice(row * width, (row + 1) * width))
    done += batch.count
    onProgress?.(done, before + images.length)
  }
}

function keyOf({ path, bytes, modifiedMs }: CheckedImage): string {
  return JSON.stringify([path, bytes, modifiedMs])
}

interface OpenClassifier {
  readonly classifier: Classifier
  readonly dispose: () => Promise<void>
}

async function openClassifier(model: Pretrained, engine: Engine): Promise<OpenClassifier> {
  const { config, normalisation, parameters } = model
  requireMemory(model)
  return makeOrDispose(async ({ keep, dispose }) => {
    const state = keep(await engine.createState(parameters))
    const graphs = { config, normalisation }
    const classifier = keep(await createClassifier(engine, graphs, state, batchOf(config), 'features'))
    return { classifier, dispose }
  })
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

function requireMemory({ config, path }: Pretrained): void {
  // The engine keeps its own copy.
  const needed = 4 * parameterCount(config) + activationBytes
  const available = availableMemory()
  if (needed <= available) return
  const [wanted, free] = [needed, available].map((bytes) => (bytes / 1e9).toFixed(1))
  throw new AppError(
    'out_of_memory',
    `${path} needs about ${wanted} GB of memory on top of what is in use, and ${free} GB is available. ` +
      'Choose a smaller model, or close other programs.',
  )
}

/** Identifies what a model computes: architecture, preparation and weights, all but the head, which features do not see. */
function fingerprintOf({ config, normalisation, parameters }: Pretrained): string {
  const hash = createHash('sha256').update(JSON.stringify([{ ...config, classes: 0 }, normalisation]))
  for (const [name, { data }] of parameters) {
    if (name.startsWith('head')) continue
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  return hash.digest('hex')
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
