/** @file Makes a folder with its parents, and gives the true reason if it cannot. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/**
 * Makes a folder and its parents; an existing one is left as it is. Node's own recursive `mkdir` gives a wrong reason
 * on a read-only disk, and never returns below /proc.
 *
 * @param mode permissions of folders that are made
 * @throws a system error that names the folder, or AppError `io` where the system lets no folder be made
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const folder = resolve(path)
  const parent = dirname(folder)
  const missing = await tryToMake(folder, mode)
  if (missing === null) return
  if (parent === folder) throw missing
  if (!(await isFolder(parent))) await makeFolder(parent, mode)
  // Once more, because somebody else may have made the parent in between.
  const again = await tryToMake(folder, mode)
  if (again !== null) throw nothingBelow(parent, again)
}

/** Null once the folder is there; the error where something above it is missing. Other errors are thrown. */
async function tryToMake(folder: string, mode?: number): Promise<NodeJS.ErrnoException | null> {
  try {
    await mkdir(folder, mode)
    return null
  } catch (thrown) {
    const error = thrown as NodeJS.ErrnoException
    if (await isFolder(folder)) return null
    if (error.code !== 'ENOENT') throw error
    return error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  )
}

/** The parent is there, and yet the system says that something is missing: so it is in /proc. */
function nothingBelow(parent: string, cause: unknown): AppError {
  return new AppError(
    'io',
    say`${parent}: The system lets nothing be made in this folder. Choose another folder.`,
    { path: parent },
    { cause },
  )
}
