/** @file The test data beside the project (../shared), which is never copied into it and may be absent. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../shared', import.meta.url))

/** Absolute path of the shared test data, or null if this checkout has none. */
export const sharedFolder: string | null = existsSync(root) ? root : null

/** The reason to show in the title of a skipped test. */
export const withoutShared = sharedFolder === null ? ' (skipped: the folder ../shared is absent)' : ''

/**
 * Absolute path of a file under ../shared. Call it inside tests guarded by `skipIf(sharedFolder === null)`.
 *
 * @throws Error if the folder or that file is absent
 */
export function sharedFile(relative: string): string {
  if (sharedFolder === null) {
    throw new Error(`../shared is absent: guard this test with it.skipIf(sharedFolder === null)`)
  }
  const path = `${sharedFolder}/${relative}`
  if (!existsSync(path)) {
    throw new Error(`${path} does not exist`)
  }
  return path
}
