/** @file The folders with a person's images, models and secrets are private to that person, whichever command creates them. */
import { chmod, stat } from 'node:fs/promises'

import { defaultCacheDirectory } from '../data/cache.ts'
import { AppError } from '../errors.ts'
import { makeFolder } from '../files/make-folder.ts'
import { studioHome } from './home.ts'

/**
 * Creates the data folder and the cache if they are missing, and closes them to other users if these could get in. A
 * disk that cannot be written is not a failure here: whatever needs it will say so. Returns a sentence for each folder
 * that stays open to others. On Windows a person's folders are private already.
 */
export async function keepFoldersPrivate(): Promise<string[]> {
  if (process.platform === 'win32') return []
  const problems = await Promise.all([studioHome(), defaultCacheDirectory()].map(keepPrivate))
  return problems.filter((problem) => problem !== null)
}

async function keepPrivate(folder: string): Promise<string | null> {
  try {
    await makeFolder(folder, 0o700)
    if (await isOpenToOthers(folder)) await chmod(folder, 0o700)
    return null
  } catch (thrown) {
    const isOpen = await isOpenToOthers(folder).catch(() => false)
    return isOpen ? `Other users may read ${folder}. ${AppError.from(thrown).message}` : null
  }
}

async function isOpenToOthers(folder: string): Promise<boolean> {
  return ((await stat(folder)).mode & 0o077) !== 0
}
