/** @file Loading TensorFlow: every way in which it can be missing has a sentence that says what is missing and what to do. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import util from 'node:util'

import { describe, expect, it, onTestFinished } from 'vitest'

import { chooseEngine, listDevices } from '../../../core/engine/devices.ts'
import { installedTensorflow, loadTensorflow } from '../../../core/engine/tf-backend.ts'
import { createTensorflowEngine } from '../../../core/engine/tf-engine.ts'
import { AppError } from '../../../core/errors.ts'
import { floats } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { inEnglish } from '../../../core/sentence.ts'

const { resolve } = createRequire(import.meta.url)

// TensorFlow.js in plain JavaScript posing as the native package.
const working = `
  const tf = require(${JSON.stringify(resolve('@tensorflow/tfjs-core'))})
  require(${JSON.stringify(resolve('@tensorflow/tfjs-backend-cpu'))})
  tf.enableProdMode()
  tf.setBackend('cpu')
  const add = (a, b) => {
    if (require('util').isNullOrUndefined(a)) throw new Error('nothing to add')
    return tf.add(a, b)
  }
  const backend = () => Object.assign(tf.backend(), { isUsingGpuDevice: true, binding: { TF_Version: '2.9.1' } })
  module.exports = { ...tf, add, backend }
`

describe('loadTensorflow', () => {
  it('gives the backend, its version and whether it computes on a graphics card', async () => {
    const folder = installation({ 'tfjs-node-gpu': working })
    const tensorflow = loadTensorflow([folder])
    expect(tensorflow).toMatchObject({ backend: 'cpu', version: '2.9.1', onGpu: true, forGpu: true })
    const state = await createTensorflowEngine(tensorflow).createState(new Map([['w', floats([2], [1, 2])]]))
    expect([...(await state.read(['w'])).values()]).toEqual([floats([2], [1, 2])])
    state.dispose()
  })

  it('works where Node has removed what the package calls', () => {
    const removed = Object.getOwnPropertyDescriptor(util, 'isNullOrUndefined')
    Reflect.deleteProperty(util, 'isNullOrUndefined')
    onTestFinished(() => {
      Reflect.deleteProperty(util, 'isNullOrUndefined')
      if (removed !== undefined) Object.defineProperty(util, 'isNullOrUndefined', removed)
    })
    expect(loadTensorflow([installation({ 'tfjs-node': working })]).forGpu).toBe(false)
  })

  it('looks in one place after the other, and takes the package that has its library', () => {
    const folders = [temporaryFolder(), installation({ 'tfjs-node-gpu': null, 'tfjs-node': working })]
    expect(installedTensorflow(folders)).toBe('cpu')
    expect(loadTensorflow(folders).forGpu).toBe(false)
  })

  it('does not send someone with a packaged program to a script that only the source has', () => {
    expect(thrownBy(() => loadTensorflow([temporaryFolder()]))).toMatchObject({
      message:
        'TensorFlow is not installed. To use it, run the studio from its source, after `npm run setup:tensorflow`.',
    })
  })

  it.each([
    {
      title: 'nothing is installed',
      packages: {},
      message: 'TensorFlow is not installed. `npm run setup:tensorflow` installs it.',
    },
    {
      title: 'the native library is absent',
      packages: { 'tfjs-node': null, 'tfjs-node-gpu': null },
      message: 'TensorFlow is installed without its native library. `npm run setup:tensorflow` downloads it.',
    },
    {
      title: 'CUDA is absent',
      packages: {
        'tfjs-node-gpu': failing('libcudnn.so.8: cannot open shared object file: No such file or directory'),
      },
      message:
        'TensorFlow for graphics cards needs CUDA 11 and cuDNN 8, and this system lacks libcudnn.so.8. Install them, or take the library for processors: `npm run setup:tensorflow -- cpu`.',
    },
    {
      title: 'CUDA is absent on Windows, which names no file',
      packages: {
        'tfjs-node-gpu': failing('The specified module could not be found.\n\\\\?\\C:\\tfjs_binding.node'),
      },
      message:
        'TensorFlow for graphics cards needs CUDA 11 and cuDNN 8, and this system lacks one of their libraries. Install them, or take the library for processors: `npm run setup:tensorflow -- cpu`.',
    },
    {
      title: 'Node lacks something else that the package calls',
      packages: { 'tfjs-node': failing('(0 , util_1.isDate) is not a function') },
      message: `TensorFlow calls util.isDate of Node.js, which Node.js ${process.versions.node} no longer has. Use an older Node.js, or another engine.`,
    },
    {
      title: 'the library is for another interface of Node',
      packages: {
        'tfjs-node': failing(
          'The Node.js native addon module (tfjs_binding.node) can not be found at path: x',
        ),
      },
      message: `TensorFlow’s native library is not for Node.js ${process.versions.node}. \`npm run setup:tensorflow\` gets one that is, if there is one.`,
    },
    {
      title: 'the library is damaged',
      packages: { 'tfjs-node': failing('tfjs_binding.node: file too short\nmore') },
      message:
        'TensorFlow’s native library could not be loaded: tfjs_binding.node: file too short. `npm run setup:tensorflow` reinstalls it.',
    },
  ])('says what is missing where $title', ({ packages, message }) => {
    const folder = installation(packages)
    const error = thrownBy(() => loadTensorflow([folder]))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'unsupported', message })
  })
})

const installed = installedTensorflow() !== null

describe('the list of devices', () => {
  it('has TensorFlow in it, with its speed or the reason', async () => {
    const found = (await listDevices()).find(({ kind }) => kind === 'tensorflow')
    expect(found).toMatchObject(
      installed
        ? { usable: true, name: expect.stringContaining('TensorFlow') as string }
        : {
            usable: false,
            reason: {
              text: '{0} {1} downloads it.',
              values: [
                { text: 'TensorFlow is installed without its native library.' },
                '`npm run setup:tensorflow`',
              ],
            },
          },
    )
  })

  it.skipIf(installed)('refuses TensorFlow by name where it is not installed (skipped: it is)', async () => {
    await expect(chooseEngine('tensorflow')).rejects.toThrow('`npm run setup:tensorflow` downloads it.')
  })

  it.skipIf(installedTensorflow() === 'gpu')('does not tell of it where nobody asked', async () => {
    const { remarks, device } = await chooseEngine('auto')
    expect([device.kind, ...remarks.map(inEnglish)].join(' ')).not.toMatch(/tensorflow/i)
  })
})

/** A folder with these packages under node_modules; null for one without its native library. */
function installation(contents: Readonly<Record<string, string | null>>): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  for (const [name, source] of Object.entries(contents)) {
    const place = join(folder, 'node_modules', '@tensorflow', name)
    mkdirSync(join(place, 'lib', 'napi-v8'), { recursive: true })
    writeFileSync(join(place, 'package.json'), JSON.stringify({ name: `@tensorflow/${name}` }))
    writeFileSync(join(place, 'index.js'), source ?? '')
    if (source !== null) writeFileSync(join(place, 'lib', 'napi-v8', 'tfjs_binding.node'), '')
  }
  return folder
}

function failing(message: string): string {
  return `throw new Error(${JSON.stringify(message)})`
}

function thrownBy(f: () => unknown): unknown {
  try {
    return f()
  } catch (error) {
    return error
  }
}
