/** @file Which packages a packaged studio needs: package.json's dependencies, transitively, from the lock file. */
import { readdirSync, readFileSync } from 'node:fs'

import { inProject } from './project.mjs'

/**
 * @typedef {{ version?: string, dev?: boolean, license?: string, dependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>, devDependencies?: Record<string, string> }} Locked
 */

/** @returns {Record<string, Locked>} by path, `node_modules/zod`; the project itself is at the empty path */
function lockedPackages() {
  return JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages
}

/**
 * Paths of the packages that the bundles import at run time, with everything they need in turn.
 *
 * @returns {string[]}
 */
export function runtimePackages() {
  return closure(Object.keys(lockedPackages()['']?.dependencies ?? {}))
}

/**
 * Names of other packages in an installation: TensorFlow's, which come without their native library and are set up
 * separately, with everything that only they need, and what only install scripts need.
 *
 * @returns {string[]}
 */
export function surplusPackages() {
  const needed = new Set(runtimePackages().map(nameIn))
  const shipped = Object.entries(lockedPackages()).filter(([path, { dev }]) => path !== '' && dev !== true)
  return [...new Set(shipped.map(([path]) => nameIn(path)))].filter((name) => !needed.has(name)).sort()
}

/** @param {string} path `node_modules/a/node_modules/b` */
function nameIn(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/**
 * Paths of the packages whose code is part of the built window, with everything they need in turn.
 *
 * @returns {string[]}
 */
export function windowPackages() {
  const files = readdirSync(inProject('renderer'), { recursive: true, encoding: 'utf8' })
  const sources = files
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(inProject('renderer', file), 'utf8'))
  const named = sources.flatMap((source) => [
    ...source.matchAll(/(?:from|^import) '((?:@[\w-]+\/)?[\w-]+)/gm),
  ])
  return closure([...new Set(named.map(([, name]) => name ?? ''))])
}

// What onnxruntime-node needs for its install script alone, which is not run.
const installerPackages = ['adm-zip', 'global-agent']

/** @param {readonly string[]} names */
function closure(names) {
  const packages = lockedPackages()
  /** @type {Set<string>} */
  const found = new Set()
  /**
   * @param {string} from path of a package
   * @param {string} name of one it needs
   */
  const add = (from, name) => {
    const path = installerPackages.includes(name) ? null : resolve(packages, from, name)
    if (path === null || found.has(path)) return
    found.add(path)
    const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {}
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) add(path, next)
  }
  for (const name of names) add('', name)
  return [...found].sort()
}

/**
 * Where Node finds a package: in the nearest node_modules above.
 *
 * @param {Record<string, Locked>} packages
 * @param {string} from
 * @param {string} name
 */
function resolve(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (packages[path] !== undefined) return path
    if (folder === '') return null
  }
}
