/** @file Maps that were computed, each kept under what the photos and the weights are: a header in JSON, then its columns. */
import { readFile } from 'node:fs/promises'

import * as z from 'zod'

import { cacheKey, type ImageCache } from '../../data/cache.ts'
import type { FolderImages } from '../../data/load.ts'
import { parseJson } from '../../files/json-text.ts'
import type { PhotoMap } from '../../map/photo-map.ts'
import { fingerprintOf } from '../../train/fingerprint.ts'
import type { FrozenModel } from '../../train/probe/few-shot-features.ts'

/** Raised whenever the same photos and weights would be placed otherwise. */
const edition = 2

/** A name for the map of these photos by this model. */
export function mapKey(model: FrozenModel, folders: readonly FolderImages[]): string {
  const { config, parameters, preprocessing } = model
  const graphs = { config, normalisation: preprocessing }
  return cacheKey(
    'map',
    edition,
    fingerprintOf(graphs, parameters, (name) => !name.startsWith('head')),
    JSON.stringify(preprocessing),
    ...folders.flatMap(({ root, images }) => [
      root,
      JSON.stringify(images.map(({ path, bytes, modifiedMs }) => [path, bytes, modifiedMs])),
    ]),
  )
}

/** One map, if it is known. */
export interface MapStore {
  /** The map of so many photos; null if there is none, or it is damaged. */
  readonly read: (photos: number) => Promise<PhotoMap | null>
  readonly write: (map: PhotoMap) => void
}

/** The map under a key. */
export function createMapStore(cache: ImageCache, key: string): MapStore {
  return {
    read: async (photos) => {
      const path = cache.find(key)
      if (path === undefined) return null
      const map = decodeMap(await readFile(path).catch(() => new Uint8Array()), photos)
      if (map === null) cache.forget(key)
      return map
    },
    write: (map) => cache.store(key, encodeMap(map)),
  }
}

const Header = z.object({ laidOut: z.int().positive(), count: z.int().positive() })
const headerBytes = 64

function encodeMap({ points, laidOut, neighbours }: PhotoMap): Uint8Array {
  const { count, indices, similarities } = neighbours
  const header = JSON.stringify({ laidOut, count }).padEnd(headerBytes)
  return Buffer.concat([
    Buffer.from(header),
    ...[points, indices, similarities].map(({ buffer }) => new Uint8Array(buffer)),
  ])
}

function decodeMap(bytes: Uint8Array, photos: number): PhotoMap | null {
  const header = readHeader(bytes.subarray(0, headerBytes))
  if (header === null) return null
  const { laidOut, count } = header
  if (bytes.length !== headerBytes + 4 * photos * (2 + 2 * count)) return null
  // Copied, because numbers must be aligned to four bytes.
  const column = (start: number, length: number): ArrayBuffer =>
    new Uint8Array(bytes.subarray(headerBytes + 4 * start, headerBytes + 4 * (start + length))).buffer
  const indices = new Uint32Array(column(2 * photos, count * photos))
  if (indices.some((index) => index >= photos)) return null
  return {
    points: new Float32Array(column(0, 2 * photos)),
    laidOut,
    neighbours: {
      count,
      indices,
      similarities: new Float32Array(column((2 + count) * photos, count * photos)),
    },
  }
}

function readHeader(bytes: Uint8Array): z.output<typeof Header> | null {
  try {
    return Header.parse(parseJson(Buffer.from(bytes).toString('utf8')))
  } catch {
    return null
  }
}
