/** @file Atomic writing: a file is either the old one or the complete new one, even after a crash or a power cut. */
import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { makeFolder } from './make-folder.ts'

const temporaryName = /^\..+\.[0-9a-f]{12}\.tmp$/

/** Replaces the file at `path` by `data` in one step; missing parent folders are made. */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  await writeAtomic(path, (file) => file.writeFile(data))
}

/**
 * Replaces the file at `path` in one step by what `write` writes to the handle it is given. If `write` fails, the old
 * file stays and nothing is left behind; system errors name `path`.
 */
export async function writeAtomic(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const folder = dirname(path)
  await makeFolder(folder)
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await writeAndSync(temporary, write)
    await renameOver(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw namingTarget(error, temporary, path)
  }
  await syncFolder(folder)
}

/** Removes what killed writers left in a folder. Call it before the first write, when nothing else writes there. */
export async function removeTemporaries(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (temporaryName.test(name)) await rm(join(folder, name), { force: true })
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
