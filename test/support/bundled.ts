/** @file The project's sources as a file that Node can run, for tests that start processes. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import { onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Bundles the source file `entry`; the bundle is removed when the running test ends. Call it inside a test. */
export async function bundled(entry: string): Promise<string> {
  // Inside node_modules, so that the bundle finds the packages.
  const cache = join(root, 'node_modules', '.cache', 'vit-studio')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'bundled-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const outfile = join(folder, 'entry.mjs')
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  return outfile
}
