/**
 * @file A folder of prepared images, kept between runs and bounded in size. It only ever saves time: what is missing,
 * damaged or does not fit is recreated, with the same pixels. Safe with several processes at once.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

import sharp from 'sharp'
import { makeFolder } from '../files/make-folder.ts'
import { openCacheUsage, type CacheUsage } from './cache-usage.ts'

/** Prepared files by key; see `cacheKey`. */
export interface ImageCache {
  /** Path of a stored file, marked as just used; `undefined` if there is none. */
  readonly find: (key: string) => string | undefined
  /** Stores a file completely or not at all. If that fails, a warning is issued once and nothing more is stored. */
  readonly store: (key: string, bytes: Uint8Array) => void
  /** Removes a file that turned out to be damaged. */
  readonly forget: (key: string) => void
}

export interface CacheOptions {
  /** Most bytes the folder may take. One opening adds at most half of the free disk space. */
  readonly maxBytes?: number | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

const defaultMaxBytes = 10e9

/** Where prepared images go by default: the user's cache folder of the platform. */
export function defaultCacheDirectory(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'vit-studio')
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? homedir(), 'vit-studio', 'cache')
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'vit-studio')
}

// Raised whenever the same parts would give different pixels.
const edition = 3

/** A name for what was made from `parts`; another decoder version or other parts give a different name. */
export function cacheKey(...parts: readonly (string | number)[]): string {
  const text = JSON.stringify([edition, sharp.versions.vips, ...parts])
  return createHash('sha256').update(text).digest('hex').slice(0, 40)
}

/**
 * Opens the cache in `directory`, created if missing. It takes no more than its limit, whoever else uses it: where that is
 * reached, the files used least recently make room, but for those used since it was opened.
 * If the folder cannot be used, a warning says so and the cache stays empty.
 */
export async function openCache(directory: string, options: CacheOptions = {}): Promise<ImageCache> {
  const folder = join(directory, 'images')
  const warn = options.onWarning ?? (() => undefined)
  try {
    await makeFolder(folder)
    const { bsize, bavail } = await statfs(folder)
    const limit = options.maxBytes ?? defaultMaxBytes
    return createCache(folder, await openCacheUsage(folder, limit), { limit, free: bsize * bavail, warn })
  } catch (error) {
    warn(`Prepared images cannot be kept in ${folder} (${describe(error)}). Training works, but more slowly.`)
    return { find: () => undefined, store: () => undefined, forget: () => undefined }
  }
}

interface Bounds {
  readonly limit: number
  /** Bytes free on the disk when the cache was opened. */
  readonly free: number
  readonly warn: (message: string) => void
}

function createCache(folder: string, usage: CacheUsage, { limit, free, warn }: Bounds): ImageCache {
  const opened = Date.now()
  let stored = 0
  let isClosed = false
  const pathOf = (key: string): string => join(folder, key.slice(0, 2), key)
  const stop = (why: string): void => {
    isClosed = true
    warn(`No more prepared images are kept in ${folder}: ${why}. Training continues, but more slowly.`)
  }
  const room = createRoom(usage, opened, () => stop(`its ${(limit / 1e9).toFixed(1)} GB are full`))
  return {
    find: (key) => {
      const path = pathOf(key)
      return touch(path) ? path : undefined
    },
    store: (key, bytes) => {
      if (isClosed) return
      try {
        if (stored + bytes.length > free / 2) stop('half of the free disk space is taken')
        else if (room(bytes.length)) {
          writeWhole(pathOf(key), bytes)
          stored += bytes.length
        }
      } catch (error) {
        stop(describe(error))
      }
    },
    forget: (key) => {
      rmSync(pathOf(key), { force: true })
    },
  }
}

const askAgainMs = 30_000

/**
 * Whether there is room for so many bytes. If there is not, room is made meanwhile, which takes a moment; `onFull` is
 * called where there is none to make, because everything is in use.
 */
function createRoom(usage: CacheUsage, opened: number, onFull: () => void): (bytes: number) => boolean {
  let waitUntil = 0
  let hasMadeRoom = false
  const makeRoom = async (): Promise<void> => {
    waitUntil = Infinity
    // A failure here is one of the disk, which the next file to be stored meets as well.
    hasMadeRoom = await usage.makeRoom(opened).catch(() => true)
    waitUntil = hasMadeRoom ? 0 : Date.now() + askAgainMs
  }
  return (bytes) => {
    if (Date.now() < waitUntil) return false
    if (usage.reserve(bytes)) {
      hasMadeRoom = false
      return true
    }
    if (hasMadeRoom) onFull()
    else void makeRoom()
    return false
  }
}

// Setting the time of use also tells whether the file exists.
function touch(path: string): boolean {
  try {
    const now = new Date()
    utimesSync(path, now, now)
    return true
  } catch {
    return false
  }
}

// A rename is atomic: readers see the complete file or none, and of two writers the later wins with the same content.
function writeWhole(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${process.pid}.${randomUUID()}.tmp`
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(temporary, bytes)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function describe(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
