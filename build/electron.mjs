/**
 * @file Where Electron's program is: in the folder named by ELECTRON_OVERRIDE_DIST_PATH, as in Electron itself, or
 * beside its package, where it is downloaded when first needed. The package's own module downloads without a time limit
 * as soon as it is loaded, so only its installer is used.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { endGroup, interrupted, reasonIn, watchDownload } from './download.mjs'
import { inProject } from './project.mjs'

const packageFolder = inProject('node_modules', 'electron')
const cache = inProject('node_modules', '.cache', 'vit-studio')
const failureFile = join(cache, 'electron-failure.txt')

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const programs = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
  win32: 'electron.exe',
}

/**
 * The folder of Electron's files, as its archive has them; null if there is none.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function electronFolder(env = process.env) {
  const given = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? ''
  if (given !== '') return given
  const folder = join(packageFolder, 'dist')
  const version = join(folder, 'version')
  // Both are written last: a half-unpacked Electron has none of them.
  const isWhole = existsSync(version) && existsSync(join(packageFolder, 'path.txt'))
  return isWhole && readFileSync(version, 'utf8').replace(/^v/, '').trim() === wantedVersion() ? folder : null
}

/**
 * Electron's program; null if there is none.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function electronProgram(env = process.env) {
  const [folder, name] = [electronFolder(env), programs[process.platform]]
  const program = folder === null || name === undefined ? null : join(folder, name)
  return program !== null && existsSync(program) ? program : null
}

/** Why no window can be shown, whatever programs there are; null if one can. */
export function withoutScreen({ DISPLAY, WAYLAND_DISPLAY } = process.env, platform = process.platform) {
  if (programs[platform] === undefined) return `there is no Electron for ${platform}`
  if (platform !== 'linux' || (DISPLAY ?? '') !== '' || (WAYLAND_DISPLAY ?? '') !== '') return null
  return 'there is no screen here'
}

function wantedVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version
}

/** After a failure, so that not every start waits for a blocked download. */
const retryAfterHours = 24

/**
 * Why Electron could not be downloaded a short while ago; null if it should be tried.
 *
 * @returns {string | null}
 */
export function recentFailure() {
  const isRecent =
    existsSync(failureFile) && Date.now() - statSync(failureFile).mtimeMs < retryAfterHours * 3.6e6
  return isRecent ? readFileSync(failureFile, 'utf8') : null
}

/**
 * Downloads Electron by its package's installer, for a minute at most; a download still running then continues as long
 * as this process lives, for the next start.
 *
 * @param {{ stallSeconds?: number, limit?: number }} [bounds] seconds
 * @returns {Promise<string | null>} why there is none yet; null when it is there
 */
export async function downloadElectron({ stallSeconds = 20, limit = 60 } = {}) {
  const drafts = join(cache, 'electron-download')
  rmSync(drafts, { recursive: true, force: true })
  mkdirSync(drafts, { recursive: true })
  rmSync(failureFile, { force: true })
  const installer = spawn(process.execPath, [join(packageFolder, 'install.js')], {
    // Where the archive grows as it arrives.
    env: { ...process.env, TMPDIR: drafts, TEMP: drafts, TMP: drafts },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
  })
  let output = ''
  installer.stderr.on('data', (text) => (output += text))
  const folders = [drafts, join(packageFolder, 'dist')]
  const label = 'Downloading Electron (once, about 120 MB)'
  const { code, ended, isLate } = await watchDownload(installer, folders, label, { stallSeconds, limit })
  if (isLate) {
    letGoOn(installer)
    return 'Electron is still being downloaded'
  }
  if (ended === interrupted) process.exit(130)
  if (code === 0 && electronProgram() !== null) return null
  const reason = `Electron could not be downloaded (${ended === '' ? reasonIn(output) : ended})`
  writeFileSync(failureFile, reason)
  return reason
}

/** @param {import('node:child_process').ChildProcessByStdio<null, null, import('node:stream').Readable>} installer */
function letGoOn(installer) {
  installer.unref()
  installer.stderr.destroy()
  process.once('exit', () => {
    if (installer.exitCode === null && installer.signalCode === null) endGroup(installer)
  })
}
