/**
 * @file A folder of prepared images, kept between runs and bounded in size. It only ever saves time: what is missing,
 * damaged or does not fit is recreated, with the same pixels. Safe with several processes at once.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { readdir, rm, stat, statfs } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

import sharp from 'sharp'
import { makeFolder } from '../files/make-folder.ts'

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
  /** Most bytes the folder may take; and at most half of the free disk space. */
  readonly maxBytes?: number | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

const defaultMaxBytes = 10e9
const staleMs = 3_600_000

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
 * Opens the cache in `directory`, created if missing, and removes what exceeds the budget, least recently used first.
 * If the folder cannot be used, a warning says so and the cache stays empty.
 */
export async function openCache(directory: string, options: CacheOptions = {}): Promise<ImageCache> {
  const folder = join(directory, 'images')
  const warn = options.onWarning ?? (() => undefined)
  try {
    await makeFolder(folder)
    const { bsize, bavail } = await statfs(folder)
    const files = await listFiles(folder)
    const used = sum(files)
    const budget = Math.min(options.maxBytes ?? defaultMaxBytes, used + (bsize * bavail) / 2)
    return createCache(folder, budget, await sweep(files, budget), warn)
  } catch (error) {
    warn(`Prepared images cannot be kept in ${folder} (${describe(error)}). Training works, but more slowly.`)
    return createCache(folder, 0, 0, () => undefined)
  }
}

function createCache(
  folder: string,
  budget: number,
  usedBefore: number,
  warn: (message: string) => void,
): ImageCache {
  let used = usedBefore
  let writable = budget > 0
  const pathOf = (key: string): string => join(folder, key.slice(0, 2), key)
  const stop = (why: string): void => {
    writable = false
    warn(`No more prepared images are kept in ${folder}: ${why}. Training continues, but more slowly.`)
  }
  return {
    find: (key) => {
      const path = pathOf(key)
      return touch(path) ? path : undefined
    },
    store: (key, bytes) => {
      if (!writable) return
      if (used + bytes.length > budget) {
        stop(`its ${(budget / 1e9).toFixed(1)} GB are full`)
        return
      }
      try {
        writeWhole(pathOf(key), bytes)
        used += bytes.length
      } catch (error) {
        stop(describe(error))
      }
    },
    forget: (key) => {
      rmSync(pathOf(key), { force: true })
    },
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

interface StoredFile {
  readonly path: string
  readonly bytes: number
  readonly used: number
}

async function listFiles(folder: string): Promise<StoredFile[]> {
  const files: StoredFile[] = []
  for (const part of await readdir(folder)) {
    const names = await readdir(join(folder, part)).catch(() => [])
    const found = await Promise.all(names.map(async (name) => describeFile(join(folder, part, name))))
    for (const file of found) if (file !== undefined) files.push(file)
  }
  return files
}

// Another process may remove a file between listing and asking.
async function describeFile(path: string): Promise<StoredFile | undefined> {
  return stat(path).then(
    ({ size, mtimeMs }) => ({ path, bytes: size, used: mtimeMs }),
    () => undefined,
  )
}

/** Removes leftovers of killed writers and, over budget, the oldest files until a fifth is free. Returns bytes kept. */
async function sweep(files: readonly StoredFile[], budget: number): Promise<number> {
  const isLeftover = (file: StoredFile): boolean =>
    file.path.endsWith('.tmp') && file.used < Date.now() - staleMs
  const kept = files.filter((file) => !isLeftover(file)).sort((a, b) => a.used - b.used)
  const doomed = files.filter(isLeftover)
  let used = sum(kept)
  if (used > budget)
    for (const file of kept) {
      if (used <= budget * 0.8) break
      doomed.push(file)
      used -= file.bytes
    }
  for (const file of doomed) await rm(file.path, { force: true })
  return used
}

function sum(files: readonly StoredFile[]): number {
  return files.reduce((total, file) => total + file.bytes, 0)
}

function describe(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
