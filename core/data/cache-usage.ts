/**
 * @file How many bytes the cache takes, known to every process that uses it without looking at its files: each process
 * reserves room in advance and notes that in one common file. A note is added in one step, so processes need not wait for
 * each other. What they note is never less than what they store; when all is taken, the files are counted again.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { writeFileAtomic } from '../files/atomic.ts'

const notesName = 'reserved'
const sweepingName = 'sweeping'
const staleMs = 3_600_000
const sweepMs = 600_000
/** Swept down to this share of the limit, so that there is room for a while. */
const keptShare = 0.8

/** Room in a folder of prepared files. */
export interface CacheUsage {
  /** Takes so many bytes of room; false where there is none. */
  readonly reserve: (bytes: number) => boolean
  /**
   * Counts the files anew and removes leftovers of killed writers and, as long as too much is there, the files that were
   * used least recently, none of them since `before`. False, and nothing done, while another process does.
   */
  readonly makeRoom: (before: number) => Promise<boolean>
}

/** The usage of a folder that may take `limit` bytes. Where nothing was noted yet, its files are counted first. */
export async function openCacheUsage(folder: string, limit: number): Promise<CacheUsage> {
  const notes = join(folder, notesName)
  // A process takes this much at once, so that it seldom asks.
  const portion = Math.min(16e6, Math.floor(limit / 32))
  let left = 0
  const usage: CacheUsage = {
    reserve: (bytes) => {
      if (bytes <= left) {
        left -= bytes
        return true
      }
      const wanted = Math.max(bytes - left, portion)
      if (noted(notes) + wanted > limit) return false
      appendFileSync(notes, `${wanted}\n`, { mode: 0o600 })
      left += wanted - bytes
      return true
    },
    makeRoom: async (before) => {
      const marker = join(folder, sweepingName)
      if (!(await claim(marker))) return false
      try {
        const kept = await sweep(await listFiles(folder), limit, before)
        // What this process holds in reserve is not in the files yet.
        await writeFileAtomic(notes, `${kept + left}\n`)
        return true
      } finally {
        await rm(marker, { force: true })
      }
    },
  }
  const isNew = await stat(notes).then(
    () => false,
    () => true,
  )
  if (isNew) await usage.makeRoom(Date.now())
  return usage
}

function noted(notes: string): number {
  try {
    return readFileSync(notes, 'utf8')
      .split('\n')
      .reduce((sum, line) => sum + (Number(line) || 0), 0)
  } catch {
    // Removed by the person: what is stored from now on is noted again.
    return 0
  }
}

/** False while another process has it; one that was killed is forgotten after a while. */
async function claim(marker: string): Promise<boolean> {
  const age = await stat(marker).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )
  if (age > sweepMs) await rm(marker, { force: true })
  return writeFile(marker, '', { flag: 'wx', mode: 0o600 }).then(
    () => true,
    () => false,
  )
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

/** Removes what is too much. Returns the bytes kept. */
async function sweep(files: readonly StoredFile[], limit: number, before: number): Promise<number> {
  const isLeftover = ({ path, used }: StoredFile): boolean =>
    path.endsWith('.tmp') && used < Date.now() - staleMs
  const kept = files.filter((file) => !isLeftover(file)).sort((a, b) => a.used - b.used)
  const doomed = files.filter(isLeftover)
  let total = kept.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > keptShare * limit)
    for (const { path, bytes, used } of kept) {
      if (total <= keptShare * limit || used >= before) break
      doomed.push({ path, bytes, used })
      total -= bytes
    }
  for (const file of doomed) await rm(file.path, { force: true })
  return total
}
