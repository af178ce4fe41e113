/** @file Lays out in a thread of its own, where there is a bundle for one: a layout takes seconds and cannot pause within. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

import { AppError, throwIfCancelled } from '../errors.ts'
import { say } from '../sentence.ts'
import { layOut, type LayoutOrder } from './layout.ts'

/** What a layout works with. */
export interface LayoutTools {
  /** The bundle of layout-worker.ts; without it the caller's thread computes, with a pause after every round. */
  readonly worker?: URL | undefined
  readonly signal?: AbortSignal | undefined
  /** Called with the rounds done and all there are. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * The places of `layOut`, [n, 2].
 *
 * @throws AppError `cancelled`; a thread ends at once
 */
export async function layOutAside(order: LayoutOrder, tools: LayoutTools): Promise<Float32Array> {
  throwIfCancelled(tools.signal)
  if (tools.worker !== undefined) return inThread(order, tools.worker, tools)
  const work = layOut(order)
  let step = work.next()
  for (; step.done !== true; step = work.next()) {
    tools.onProgress?.(...step.value)
    await nextTurn()
    throwIfCancelled(tools.signal)
  }
  return step.value
}

async function inThread(
  order: LayoutOrder,
  entry: URL,
  { signal, onProgress }: LayoutTools,
): Promise<Float32Array> {
  const thread = new Worker(entry, { workerData: order })
  const stop = (): void => void thread.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<Float32Array>((resolve, reject) => {
      thread.on('message', (message: [number, number] | Float32Array) => {
        if (message instanceof Float32Array) resolve(message)
        else onProgress?.(...message)
      })
      thread.on('error', reject)
      thread.on('exit', () =>
        reject(new AppError('internal', say`The thread that lays out the map ended early.`)),
      )
    })
  } catch (thrown) {
    throwIfCancelled(signal)
    throw thrown
  } finally {
    signal?.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
