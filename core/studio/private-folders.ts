/** @file The folders of a person's images, models and secrets are for that person alone, whichever command makes them. */
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'

import { defaultCacheDirectory } from '../data/cache.ts'
import { AppError } from '../errors.ts'
import { studioHome } from './home.ts'

/**
 * Makes the data folder and the cache where they are missing, and takes them from other users where these could get in.
 * A disk that cannot be written is no failure here: whoever needs it will say so. Gives a sentence for each folder that
 * stays open to others. On Windows a person's folders are private already.
 */
export function keepFoldersPrivate(): string[] {
  if (process.platform === 'win32') return []
  return [studioHome(), defaultCacheDirectory()].flatMap((folder) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if (isOpenToOthers(folder)) chmodSync(folder, 0o700)
      return []
    } catch (thrown) {
      if (!existsSync(folder) || !isOpenToOthers(folder)) return []
      return [`Other users may read ${folder}. ${AppError.from(thrown).message}`]
    }
  })
}

function isOpenToOthers(folder: string): boolean {
  return (statSync(folder).mode & 0o077) !== 0
}
