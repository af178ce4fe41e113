/**
 * @file `npm run setup:tensorflow`: installs TensorFlow's Node packages and one native library into build/tensorflow,
 * separate from the packages that everyone gets. A working installation is replaced only by a complete new one.
 */
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

import { reasonIn, watchDownload } from './download.mjs'
import { installFromLock } from './install.mjs'
import { inProject, SetupError, writing } from './project.mjs'

const home = inProject('build', 'tensorflow')

/** @typedef {'cpu' | 'gpu'} Kind */

/** @type {Record<Kind, { name: string, title: string }>} */
const libraries = {
  cpu: { name: '@tensorflow/tfjs-node', title: 'library for processors' },
  gpu: { name: '@tensorflow/tfjs-node-gpu', title: 'library for NVIDIA graphics cards' },
}

/**
 * Installs the packages and the native library: `cpu`, `gpu`, or or without an argument whichever fits this machine.
 *
 * @param {string[]} args
 * @throws {SetupError} if the argument is another one, or something could not be downloaded
 */
export async function setUpTensorflow(args) {
  const kind = kindOf(args)
  const draft = join(home, 'draft.tmp')
  try {
    writing(() => {
      rmSync(draft, { recursive: true, force: true })
      mkdirSync(draft)
      for (const file of ['package.json', 'package-lock.json'])
        copyFileSync(join(home, file), join(draft, file))
    })
    console.error('Installing the packages of TensorFlow (about 320 MB) ...')
    installFromLock(draft)
    await downloadLibrary(join(draft, 'node_modules'), kind)
    writing(() => {
      rmSync(join(home, 'node_modules'), { recursive: true, force: true })
      renameSync(join(draft, 'node_modules'), join(home, 'node_modules'))
    })
    console.error(`TensorFlow's ${libraries[kind].title} is installed in ${home}.`)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/**
 * @param {string[]} args
 * @returns {Kind}
 */
function kindOf([wanted, ...more]) {
  if (more.length === 0 && (wanted === 'cpu' || wanted === 'gpu')) return wanted
  if (wanted !== undefined) {
    throw new SetupError(
      `setup:tensorflow takes cpu, gpu or nothing; “${[wanted, ...more].join(' ')}” was given.`,
    )
  }
  const isOffered = process.platform !== 'darwin' && process.arch === 'x64'
  return isOffered && spawnSync('nvidia-smi', ['-L']).status === 0 ? 'gpu' : 'cpu'
}

/**
 * Lets the package download its native library, showing how much has arrived.
 *
 * @param {string} modules the node_modules folder with the package
 * @param {Kind} kind
 * @param {{ stallSeconds?: number }} [options] seconds without a new byte after which it is given up
 * @throws {SetupError} with the reason in a sentence
 */
export async function downloadLibrary(modules, kind, { stallSeconds = 120 } = {}) {
  const { name, title } = libraries[kind]
  const folder = join(modules, name)
  const script = spawn(process.execPath, [join('scripts', 'install.js'), kind, 'download'], {
    cwd: folder,
    env: withPrograms(join(modules, '.bin')),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate process group, so that what the script has started can be ended with it.
    detached: process.platform !== 'win32',
  })
  let output = ''
  for (const stream of [script.stdout, script.stderr]) stream.on('data', (text) => (output += text))
  const label = `Downloading TensorFlow's ${title}`
  const { code, ended } = await watchDownload(script, [folder], label, { stallSeconds })
  placeBesideAddon(folder)
  if (ended !== '') throw new SetupError(failure(title, ended))
  if (code !== 0 || addons(folder).length === 0) throw new SetupError(failure(title, reasonIn(output)))
}

/**
 * @param {string} title
 * @param {string} reason
 */
function failure(title, reason) {
  return `TensorFlow's ${title} could not be installed: ${reason}. Nothing else depends on it; try again later.`
}

/**
 * The environment with the programs of the packages, and this very Node, before all others.
 *
 * @param {string} programs
 */
function withPrograms(programs) {
  // Windows writes it Path.
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const path = [programs, dirname(process.execPath), process.env[key] ?? ''].join(delimiter)
  return { ...process.env, [key]: path }
}

/**
 * Copies the library to where Windows looks for it, beside the addon. The package's own script puts it into a folder
 * named after Node's newest interface, while the addon is in that of the interface it was built for.
 *
 * @param {string} folder
 */
export function placeBesideAddon(folder) {
  const library = join(folder, 'deps', 'lib', 'tensorflow.dll')
  if (!existsSync(library)) return
  for (const addon of addons(folder)) {
    const place = join(dirname(addon), 'tensorflow.dll')
    if (!existsSync(place)) copyFileSync(library, place)
  }
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function addons(folder) {
  const compiled = join(folder, 'lib')
  if (!existsSync(compiled)) return []
  const files = readdirSync(compiled, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.node')).map((file) => join(compiled, file))
}
