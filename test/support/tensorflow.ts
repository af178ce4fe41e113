/** @file The backends of TensorFlow.js that need nothing but npm: the tests' second way of computing a graph. */
import { createRequire } from 'node:module'

import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { build } from 'esbuild'

import type { TensorflowBackend } from '../../core/engine/tf-engine.ts'

// Without it the processor's backend prints advice to install another one.
tf.enableProdMode()

/** Plain JavaScript and WebAssembly: two independent sets of kernels. */
export const backends: readonly TensorflowBackend[] = ['cpu', 'wasm'].map((backend) => ({ tf, backend }))

/** Teaches TensorFlow.js its own derivatives. The package has them only as modules that Node cannot load. */
export async function loadGradients(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/dist/register_all_gradients.js')
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false })
  const source = Buffer.from(outputFiles[0]!.contents).toString('base64')
  await import(`data:text/javascript;base64,${source}`)
}
