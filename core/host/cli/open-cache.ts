/** @file The cache of prepared images, with its problems reported to people. */
import { defaultCacheDirectory, openCache, type ImageCache } from '../../data/cache.ts'
import type { Reporter } from './report.ts'

/** Opens the user's cache; if it cannot be used, a line says so and work continues without it. */
export async function openUserCache(report: Reporter): Promise<ImageCache> {
  const onWarning = (message: string): void => {
    report.line(`Note: ${message}`)
    report.record({ type: 'warning', message })
  }
  return openCache(defaultCacheDirectory(), { onWarning })
}
