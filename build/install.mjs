/** @file Keeps node_modules equal to package-lock.json, going by the record that npm itself leaves there. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, rmSync } from 'node:fs'
import { basename } from 'node:path'

import { inProject, root, SetupError, writing } from './project.mjs'

/**
 * @typedef {{ version: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[] }} Package
 * @typedef {Record<string, Package>} Packages
 */

const lockFile = inProject('package-lock.json')
const record = inProject('node_modules', '.package-lock.json')

/**
 * Installs the packages if they are missing or differ from package-lock.json.
 *
 * @throws {SetupError} if npm is missing, fails, or may not write here
 */
export function ensureInstalled() {
  if (isInstalled()) return
  writing(() => accessSync(root, constants.W_OK))
  console.error('Installing the packages (once, about half a minute) ...')
  // Without its record an unfinished installation is recognised the next time.
  writing(() => rmSync(record, { force: true }))
  installFromLock(root)
}

/**
 * Makes a folder's node_modules equal to its package-lock.json.
 *
 * @param {string} folder
 * @throws {SetupError} if npm is missing or fails
 */
export function installFromLock(folder) {
  const { status, error, output } = runNpm(folder, [
    'ci',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--progress=false',
    '--loglevel=error',
  ])
  if (error !== undefined) {
    throw new SetupError(`npm could not be started (${error.message}). It comes with Node.js: install both.`)
  }
  if (status !== 0) {
    throw new SetupError(
      `${output.join('').trim()}\n\nThe packages could not be installed: npm says why above. Without a network this works only where npm has them stored already.`,
    )
  }
}

function isInstalled() {
  const [wanted, present] = [readPackages(lockFile), readPackages(record)]
  if (wanted === null)
    throw new SetupError(`${lockFile} is missing or damaged. Get the project's files again.`)
  if (present === null) return false
  const complete = Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional === true || isSame(present[path], entry),
  )
  return (
    complete && Object.entries(present).every(([path, entry]) => isSame(wanted[path], entry) && fits(entry))
  )
}

/**
 * @param {Package | undefined} a
 * @param {Package} b
 */
function isSame(a, b) {
  return a !== undefined && a.version === b.version && a.integrity === b.integrity
}

/**
 * Whether a package is one for this system: a folder may have been copied from another one.
 *
 * @param {Package} entry
 */
function fits({ os, cpu }) {
  return (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true)
}

/**
 * @param {string} path
 * @returns {Packages | null} null if the file is missing or damaged
 */
function readPackages(path) {
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/**
 * @param {string} cwd
 * @param {string[]} args
 */
function runNpm(cwd, args) {
  const script = process.env['npm_execpath']
  const byNode = script !== undefined && basename(script) === 'npm-cli.js'
  const [command, first] = byNode ? [process.execPath, [script]] : ['npm', []]
  // On Windows npm is a batch file, which only a shell can start.
  const shell = !byNode && process.platform === 'win32'
  return spawnSync(command, [...first, ...args], {
    cwd,
    shell,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
