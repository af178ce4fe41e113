/** @file Makes a folder with its parents, and gives the true reason if it cannot. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

import { AppError } from '../errors.ts'

/**
 * Makes a folder and its parents; an existing one is left as it is. Node's own recursive `mkdir` gives a wrong reason
 * on a read-only disk, and never returns below /proc.
 *
 * @param mode permissions of folders that are made
 * @throws a system error that names the folder, or AppError `io` where the system lets no folder be made
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const folder = resolve(path)
  try {
    await mkdir(folder, mode)
  } catch (error) {
    if (await isFolder(folder)) return
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const parent = dirname(folder)
    if (parent === folder) throw error
    if (await isFolder(parent)) throw nothingBelow(parent, error)
    await makeFolder(parent, mode)
    await makeFolder(folder, mode)
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
    `${parent}: The system lets nothing be made in this folder. Choose another folder.`,
    { path: parent },
    { cause },
  )
}
