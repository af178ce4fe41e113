/** @file Atomic writing: a file is either the old one or the complete new one, even after a crash or a power cut. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readdir, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const temporaryName = /^\.(.+)\.[0-9a-f]{12}\.tmp$/

/** Replaces the file at `path` by `data` in one step. Its folder must be there. */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  await writeAtomic(path, (file) => file.writeFile(data))
}

/**
 * Writes a file that a person has named: a regular file is replaced in one step, also where a link leads to it; a pipe or a
 * device is written to as it is.
 */
export async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const info = await stat(target).catch(() => null)
  if (info === null || info.isFile()) return writeAtomic(target, write)
  const file = await open(target, 'w')
  try {
    await write(file)
  } finally {
    await file.close()
  }
}

/**
 * Replaces the file at `path` in one step by what `write` writes to the handle it is given. If `write` fails, the old
 * file stays and nothing is left behind; system errors name `path`.
 *
 * @param keepAs where the old file goes instead of being replaced; a kill in between leaves it there
 */
export async function writeAtomic(
  path: string,
  write: (file: FileHandle) => Promise<void>,
  keepAs?: string,
): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await writeAndSync(temporary, write)
    if (keepAs !== undefined && existsSync(path)) await renameOver(path, keepAs)
    await renameOver(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw namingTarget(error, temporary, path)
  }
  await syncFolder(folder)
}

/** Removes what killed writers of these files left in a folder. Call it while nothing else writes them. */
export async function removeTemporaries(folder: string, files: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, file = ''] = temporaryName.exec(name) ?? []
    if (files.includes(file)) await rm(join(folder, name), { force: true })
  }
}

async function writeAndSync(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await write(file)
    await file.sync()
  } finally {
    await file.close()
  }
}

const heldByAnother = ['EPERM', 'EACCES', 'EBUSY']
const renameAttempts = 8

/** Renames a file; patiently, since a virus scanner or an indexer may hold it for a moment on Windows. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (attempt === renameAttempts || !heldByAnother.includes(code)) throw error
      await delay(attempt * 10)
    }
  }
}

// Makes the rename itself durable. Windows cannot open folders and does not need it.
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function namingTarget(error: unknown, temporary: string, path: string): unknown {
  if (error instanceof Error && 'path' in error && error.path === temporary) error.path = path
  return error
}
