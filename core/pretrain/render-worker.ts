/** @file Entry of a worker thread that renders the batches of the steps it is sent. Bundled as a separate file. */
import { parentPort, workerData } from 'node:worker_threads'
import { renderBatch } from './batch.ts'
import { createFormulaClasses } from './formula-classes.ts'
import type { RenderOrder } from './render-ahead.ts'
import { invariant } from '../errors.ts'

const port = parentPort
invariant(port !== null, () => 'the renderer runs in a worker thread only')
const { classCount, classSeed, seed, batchSize, resolution } = workerData as RenderOrder
const classes = createFormulaClasses(classCount, classSeed)
port.on('message', (step: number) => {
  const batch = renderBatch(classes, seed, step, batchSize, resolution)
  port.postMessage(batch, [batch.pixels.buffer, batch.labels.buffer])
})
