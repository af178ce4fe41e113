/** @file Models that other Hugging Face programs on this machine have downloaded already, in the cache they share. */
import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import { fileSize, readTextFile } from '../files/regular-file.ts'
import type { CatalogueModel } from './models.ts'

/** The folder of that cache, by the rules of huggingface_hub. */
export function hubCacheFolder(environment: NodeJS.ProcessEnv): string {
  const set = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name])
  const home = set('HF_HOME') ?? join(set('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'huggingface')
  return set('HF_HUB_CACHE') ?? set('HUGGINGFACE_HUB_CACHE') ?? join(home, 'hub')
}

/**
 * The folder there that contains all files of a model, or null. If there are several versions, the one its branch
 * points to.
 */
export async function findInHubCache(
  { source }: CatalogueModel,
  environment: NodeJS.ProcessEnv,
): Promise<string | null> {
  if (source.kind !== 'hub') return null
  const folder = join(hubCacheFolder(environment), `models--${source.repository.replaceAll('/', '--')}`)
  const current = await readTextFile(join(folder, 'refs', source.revision), 1000).catch(() => '')
  const versions = await readdir(join(folder, 'snapshots')).catch(() => [])
  const ordered = versions.toSorted((a, b) => Number(b === current.trim()) - Number(a === current.trim()))
  for (const version of ordered) {
    const snapshot = join(folder, 'snapshots', version)
    const sizes = await Promise.all(source.files.map(async (file) => fileSize(join(snapshot, file))))
    if (sizes.every((size) => size !== null && size > 0)) return snapshot
  }
  return null
}
