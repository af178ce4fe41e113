/** @file Bundles the TypeScript sources and the window into dist/, and only when they have changed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { iconPng } from './icons.mjs'
import { inProject, root, SetupError, writing } from './project.mjs'

/** Entry points, each a separate file in dist/: programs, and what they start as threads or processes. */
const entries = {
  cli: 'core/host/cli/main.ts',
  electron: 'electron/main.ts',
  engine: 'core/host/engine/engine-process.ts',
  'heic-worker': 'core/data/heic-worker.mjs',
  'layout-worker': 'core/map/layout-worker.ts',
  'render-worker': 'core/pretrain/render-worker.ts',
}

// A sandboxed preload must be a classic script.
const preloadEntry = { preload: 'electron/preload.ts' }

const benchEntries = { bench: 'test/bench/main.ts' }

/** Names of the bundles that are the product, in dist/. */
export const bundleNames = Object.keys(entries)

const outputFolder = inProject('dist')
const keyFile = inProject('dist', 'sources.sha256')

/**
 * Absolute path of a bundle.
 *
 * @param {keyof typeof entries | keyof typeof benchEntries} name
 */
export function bundlePath(name) {
  return join(outputFolder, `${name}.mjs`)
}

/**
 * Bundles the sources if they have changed since the last time.
 *
 * @throws {SetupError} if they do not compile, or dist/ cannot be written
 */
export async function ensureBundled() {
  const key = sourcesKey()
  const isFresh = existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key
  if (isFresh) return
  await bundle(entries)
  await bundle(preloadEntry, 'cjs')
  await bundleWindow()
  const icon = await iconPng(512)
  writing(() => replaceFile(join(outputFolder, 'icon.png'), icon))
  writing(() => replaceFile(keyFile, key))
}

/** Bundles the benchmarks, which are not part of the product. */
export async function bundleBench() {
  await bundle(benchEntries)
}

/** A digest of everything that determines the bundles. */
function sourcesKey() {
  const hash = createHash('sha256')
  const files = ['core', 'electron', 'renderer'].flatMap(filesIn)
  const builders = ['bundle', 'icons', 'vite.config'].map((name) => `build/${name}.mjs`)
  for (const file of [...files.sort(), ...builders, 'package-lock.json']) {
    hash.update(`${file}\n`).update(readFileSync(inProject(file)))
  }
  return hash.digest('hex')
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|mjs|css|html|svg)$/.test(file))
    .map((file) => join(folder, file))
}

/** Builds the window into dist/renderer, which is replaced only once the build is complete. */
async function bundleWindow() {
  const { build } = await import('vite')
  const folder = join(outputFolder, 'renderer')
  const draft = `${folder}.${process.pid}.tmp`
  await build({ configFile: inProject('build', 'vite.config.mjs'), build: { outDir: draft } }).catch(
    (failure) => {
      throw new SetupError(`The window does not compile.\n\n${failure.message}`, { cause: failure })
    },
  )
  writing(() => {
    rmSync(folder, { recursive: true, force: true })
    try {
      renameSync(draft, folder)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      // Another script was faster, and built the same.
      if (!existsSync(folder)) throw error
    }
  })
}

/**
 * @param {Record<string, string>} entryPoints
 * @param {'esm' | 'cjs'} format
 */
async function bundle(entryPoints, format = 'esm') {
  const { build, formatMessages } = await import('esbuild')
  const result = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: outputFolder,
    outExtension: { '.js': format === 'esm' ? '.mjs' : '.cjs' },
    bundle: true,
    platform: 'node',
    format,
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    write: false,
    logLevel: 'silent',
  }).catch(async (failure) => {
    const messages = await formatMessages(failure.errors ?? [], {
      kind: 'error',
      color: process.stderr.isTTY,
    })
    throw new SetupError(`The sources do not compile.\n\n${messages.join('')}`, { cause: failure })
  })
  writing(() => {
    mkdirSync(outputFolder, { recursive: true })
    for (const { path, contents } of result.outputFiles) replaceFile(path, contents)
  })
}

/**
 * Writes a file so that a program reading it at this moment sees the old content or the new one.
 *
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function replaceFile(path, content) {
  const draft = join(outputFolder, `${basename(path)}.${process.pid}.tmp`)
  writeFileSync(draft, content)
  renameSync(draft, path)
}
