/** @file Entry of a worker thread that lays out one map and ends. Bundled as a separate file. */
import { parentPort, workerData } from 'node:worker_threads'

import { invariant } from '../errors.ts'
import { layOut, type LayoutOrder } from './layout.ts'

const port = parentPort
invariant(port !== null, () => 'a layout is computed in a worker thread only')
const work = layOut(workerData as LayoutOrder)
let step = work.next()
for (; step.done !== true; step = work.next()) port.postMessage(step.value)
port.postMessage(step.value, [step.value.buffer])
