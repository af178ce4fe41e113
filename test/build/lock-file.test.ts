/** @file package-lock.json installs on every system, from whatever registry a machine uses. */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

interface LockedPackage {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>
}
const installed = Object.entries(packages).filter(([path]) => path !== '')

describe('package-lock.json', () => {
  // npm omits the binary of a system whose package is not published yet; `npm ci` then fails everywhere.
  it('has the packages of all systems', () => {
    const missing = installed.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    )
    expect(missing).toEqual([])
  })

  it('pins every package by version and digest, and names no registry', () => {
    const loose = installed.filter(
      ([, entry]) => entry.version === undefined || entry.integrity === undefined,
    )
    expect(loose.map(([path]) => path)).toEqual([])
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
  })

  it('takes our own dependencies at exact versions', () => {
    const { dependencies = {}, devDependencies = {} } = packages[''] ?? {}
    const wanted = Object.entries({ ...dependencies, ...devDependencies })
    expect(wanted.length).toBeGreaterThan(0)
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })
})

/** Whether a dependency of the package at `path` is in the lock file, there or in a folder above. */
function isLocked(path: string, name: string): boolean {
  const folders = path
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'))
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].some(
    (candidate) => candidate in packages,
  )
}
