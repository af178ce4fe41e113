/**
 * @file Loads TensorFlow's Node package, which `npm run setup:tensorflow` installs separately, and says in one sentence
 * what is missing if it does not load.
 */
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import type { TensorflowBackend } from './tf-engine.ts'
import { restoreRemovedUtil } from './tf-node-shim.ts'
import type { Tf } from './tf-operators.ts'

/** TensorFlow with its native library, ready to compute. */
export interface NativeTensorflow extends TensorflowBackend {
  /** Of the native library, `2.9.1`. */
  readonly version: string
  readonly onGpu: boolean
  /** Whether this is the library for graphics cards, which computes on the processor if it finds no CUDA. */
  readonly forGpu: boolean
}

// The library for graphics cards first: setting up one of them removes the other.
const packages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const

/**
 * Where the packages are looked for, from a bundle in dist/ and from this very file: build/tensorflow, where setting up
 * puts them with a native library, and the project itself, where they come without one as optional dependencies.
 */
const installations = ['../build/tensorflow', '../../build/tensorflow', '..', '../..'].map((path) =>
  join(import.meta.dirname, path),
)

const command = '`npm run setup:tensorflow`'

/** Which native library is installed, without loading it; null if none is. */
export function installedTensorflow(folders: readonly string[] = installations): 'gpu' | 'cpu' | null {
  const found = findPackages(folders).find(({ folder }) => hasNativeLibrary(folder))
  if (found === undefined) return null
  return isForGpu(found.name) ? 'gpu' : 'cpu'
}

/**
 * Loads TensorFlow and lets it compute a sum.
 *
 * @throws AppError `unsupported`, with what is missing and how to get it
 */
export function loadTensorflow(folders: readonly string[] = installations): NativeTensorflow {
  const installed = findPackages(folders)
  if (installed.length === 0) {
    const advice = folders.some(isSource)
      ? say`${command} installs it.`
      : say`To use it, run the studio from its source, after ${command}.`
    throw new AppError('unsupported', say`TensorFlow is not installed. ${advice}`)
  }
  const found = installed.find(({ folder }) => hasNativeLibrary(folder))
  if (found === undefined) {
    const missing = say`TensorFlow is installed without its native library.`
    throw new AppError('unsupported', say`${missing} ${command} downloads it.`)
  }
  try {
    return load(found.name, found.folder)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('unsupported', explain(reason, found.name), {}, { cause })
  }
}

/** A packaged program lacks it, and lacks the script that the advice is about. */
function isSource(folder: string): boolean {
  return existsSync(join(folder, 'package-lock.json'))
}

interface InstalledPackage {
  readonly name: (typeof packages)[number]
  readonly folder: string
}

function findPackages(folders: readonly string[]): InstalledPackage[] {
  return packages.flatMap((name) =>
    folders
      .map((folder) => join(folder, 'node_modules', name))
      .filter((place) => existsSync(join(place, 'package.json')))
      .map((folder) => ({ name, folder })),
  )
}

function isForGpu(name: string): boolean {
  return name.endsWith('-gpu')
}

function hasNativeLibrary(folder: string): boolean {
  const compiled = join(folder, 'lib')
  return (
    existsSync(compiled) &&
    readdirSync(compiled, { recursive: true }).some((file) => String(file).endsWith('.node'))
  )
}

/** What the package's backend says about itself. */
interface NodeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: { readonly TF_Version: string }
}

function load(name: string, folder: string): NativeTensorflow {
  restoreRemovedUtil()
  // TensorFlow's own notes on the processor would appear among the results; its errors still do.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  const tf = createRequire(import.meta.url)(folder) as Tf
  tf.tidy(() => tf.add(1, 1).dataSync())
  const { isUsingGpuDevice, binding } = tf.backend() as unknown as NodeBackend
  return {
    tf,
    backend: tf.getBackend(),
    version: binding.TF_Version,
    onGpu: isUsingGpuDevice,
    forGpu: isForGpu(name),
  }
}

/** The package's or the system's error in a sentence, with what to do. */
function explain(reason: string, name: string): Sentence {
  const forGpu = isForGpu(name)
  const [, cuda] = /^(libcu[\w-]*\.so[\w.]*): cannot open/m.exec(reason) ?? []
  if (cuda !== undefined || (forGpu && /specified module could not be found/i.test(reason))) {
    const lacking = cuda ?? say`one of their libraries`
    return say`TensorFlow for graphics cards needs CUDA 11 and cuDNN 8, and this system lacks ${lacking}. Install them, or take the library for processors: \`npm run setup:tensorflow -- cpu\`.`
  }
  const [, api] = /\b(util\w*\.\w+)\)? is not a function/.exec(reason) ?? []
  if (api !== undefined) {
    const call = api.replace(/^util\w*/, 'util')
    return say`TensorFlow calls ${call} of Node.js, which Node.js ${process.versions.node} no longer has. Use an older Node.js, or another engine.`
  }
  if (/native addon module/i.test(reason)) {
    return say`TensorFlow’s native library is not for Node.js ${process.versions.node}. ${command} gets one that is, if there is one.`
  }
  return say`TensorFlow’s native library could not be loaded: ${firstLine(reason)}. ${command} reinstalls it.`
}

function firstLine(text: string): string {
  return text.split('\n', 1).join('').replace(/\.$/, '')
}
