/** @file Batches rendered by worker threads while the caller's thread is busy with a training step. */
import { Worker } from 'node:worker_threads'
import type { RenderedBatch } from './batch.ts'
import { invariant } from '../errors.ts'
import { at } from '../tensor/shape.ts'

/** What to render; the same order gives the same batches as `renderBatch`. */
export interface RenderOrder {
  readonly classCount: number
  readonly classSeed: number
  readonly seed: number
  readonly batchSize: number
  readonly resolution: number
}

interface Waiting {
  resolve(batch: RenderedBatch): void
  reject(reason: Error): void
}

/**
 * The batches of steps `firstStep`, `firstStep` + 1 and so on without end, two per worker ahead of the caller. The
 * workers stop when the caller leaves its loop. An error in a worker is thrown here.
 *
 * @param entry the bundle of `render-worker.ts`
 */
export async function* renderAhead(
  order: RenderOrder,
  entry: URL,
  workerCount: number,
  firstStep: number,
): AsyncGenerator<RenderedBatch, never> {
  const renderers = Array.from({ length: workerCount }, () => startRenderer(order, entry))
  const ahead: Promise<RenderedBatch>[] = []
  let step = firstStep
  try {
    for (;;) {
      while (ahead.length < 2 * workerCount) {
        ahead.push(at(renderers, step % workerCount).render(step))
        step++
      }
      const next = ahead.shift()
      invariant(next !== undefined, () => 'no batch was ordered')
      yield await next
    }
  } finally {
    await Promise.all(renderers.map(({ stop }) => stop()))
  }
}

interface Renderer {
  render(step: number): Promise<RenderedBatch>
  stop(): Promise<unknown>
}

// A worker answers in the order it was asked.
function startRenderer(order: RenderOrder, entry: URL): Renderer {
  const worker = new Worker(entry, { workerData: order })
  const waiting: Waiting[] = []
  let failure: Error | undefined
  worker.on('message', (batch: RenderedBatch) => waiting.shift()?.resolve(batch))
  worker.on('error', (error: Error) => {
    failure = error
    for (const { reject } of waiting.splice(0)) reject(error)
  })
  return {
    render(step) {
      if (failure !== undefined) return Promise.reject(failure)
      const batch = new Promise<RenderedBatch>((resolve, reject) => waiting.push({ resolve, reject }))
      // The caller awaits this promise later; until then a failure must not count as unhandled.
      batch.catch(() => undefined)
      worker.postMessage(step, [])
      return batch
    },
    stop: () => worker.terminate(),
  }
}
