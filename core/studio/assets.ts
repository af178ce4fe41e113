/** @file Where the files that ship with the studio are, seen from the bundle and from the sources alike. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { invariant } from '../errors.ts'

/** The folder of the pretrained network that ships with the studio. */
export function starterFolder(): string {
  return join(projectRoot(), 'build', 'starter')
}

/** The bundle that renders pretraining pictures in a separate thread, if there is one. */
export function rendererEntry(): URL | undefined {
  return bundleOf('render-worker')
}

/** The bundle that lays out a map in a separate thread, if there is one. */
export function layoutEntry(): URL | undefined {
  return bundleOf('layout-worker')
}

function bundleOf(name: string): URL | undefined {
  const path = join(projectRoot(), 'dist', `${name}.mjs`)
  return existsSync(path) ? pathToFileURL(path) : undefined
}

/** The folder of the built window: `index.html` and what it loads. */
export function windowFolder(): string {
  return join(projectRoot(), 'dist', 'renderer')
}

/** The bundle of the process that computes. */
export function engineEntry(): string {
  return join(projectRoot(), 'dist', 'engine.mjs')
}

/** The version of this studio. */
export function studioVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8'))
  return (manifest as { readonly version: string }).version
}

// The bundle is one folder below it, a source file several.
function projectRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    invariant(dirname(folder) !== folder, () => `no project above ${import.meta.url}`)
  }
}
