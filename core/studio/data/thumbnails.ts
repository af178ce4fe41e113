/** @file Small JPEGs of images in folders the person has opened here; made a few at a time, newest request first. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError, throwIfCancelled } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { cacheKey, defaultCacheDirectory, openCache, type ImageCache } from '../../data/cache.ts'
import { encodeSmaller } from '../../data/decode.ts'
import type { Size } from '../../data/image.ts'
import { inspectImage } from '../../data/inspect.ts'
import { isUnchanged, statFile } from '../../data/regular-file.ts'
import { imageInside } from '../path-inside.ts'
import { createLimiter } from '../limiter.ts'
import { log } from '../log.ts'
import { withTemporaryFolder } from '../temporary-folder.ts'

/** Which image, and how large it may be on its longer side, in pixels. */
export interface ThumbnailRequest {
  readonly folder: string
  readonly path: string
  readonly size: number
}

/** The bytes of an image that was dropped, and how large the picture may be on its longer side, in pixels. */
export interface PreviewRequest {
  readonly bytes: Uint8Array
  readonly size: number
}

/** Thumbnails of images in folders that have been allowed. */
export interface Thumbnails {
  readonly allow: (folder: string) => void
  /** @throws AppError `not_found` when this folder was not allowed */
  readonly require: (folder: string) => void
  /** @throws AppError `not_found` outside of these folders, `unsupported` when the image cannot be read */
  readonly get: (request: ThumbnailRequest, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>
  /** @throws AppError `unsupported` when the image cannot be read */
  readonly preview: (request: PreviewRequest, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>
}

// As many as libuv has threads.
const atOnce = 4
const background = [255, 255, 255] as const

/** No folder is allowed yet. */
export function createThumbnails(): Thumbnails {
  const folders = new Set<string>()
  const limit = createLimiter(atOnce)
  let cache: Promise<ImageCache> | undefined
  const require = (folder: string): void => {
    if (!folders.has(folder)) throw notOpened(folder)
  }
  return {
    allow: (folder) => void folders.add(folder),
    require,
    get: async ({ folder, path, size }, signal) => {
      require(folder)
      const file = imageInside(folder, path)
      cache ??= openCache(defaultCacheDirectory(), { onWarning: log })
      const opened = await cache
      return limit(signal, async () => thumbnail(file, size, opened, signal))
    },
    preview: async (request, signal) => limit(signal, async () => preview(request)),
  }
}

function notOpened(folder: string): AppError {
  return new AppError('not_found', say`${folder} was not opened here. Choose it as a folder of images first.`)
}

async function thumbnail(
  file: string,
  size: number,
  cache: ImageCache,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const state = await statFile(file)
  const key = cacheKey('thumbnail', file, size, state.bytes, state.modifiedMs)
  const stored = cache.find(key)
  const found = stored === undefined ? null : await readFile(stored).catch(() => null)
  if (found !== null) return new Uint8Array(found)
  throwIfCancelled(signal)
  const made = await smaller(file, size)
  if (await isUnchanged(file, state)) cache.store(key, made)
  return new Uint8Array(made)
}

// Decoded from a file like all others.
async function preview({ bytes, size }: PreviewRequest): Promise<Uint8Array<ArrayBuffer>> {
  return withTemporaryFolder(async (folder) => {
    const file = join(folder, 'image')
    await writeFile(file, bytes, { mode: 0o600 })
    return new Uint8Array(await smaller(file, size))
  })
}

async function smaller(file: string, size: number): Promise<Uint8Array> {
  const info = await inspectImage(file)
  return encodeSmaller(file, info, { background, size: fitInto(info, size) })
}

/** The size inside a square, shape kept, never larger than the image. */
function fitInto({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
