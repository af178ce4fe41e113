/**
 * @file HEIC photos, as most phones take them: HEVC, which sharp cannot decode. Threads decode them, so that nothing waits
 * for a photo but whoever asked for it, and so that a file that never ends can be ended.
 */
import { Worker } from 'node:worker_threads'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { decodeBytes, mostDecodeBytes } from './decode-budget.ts'
import type { ImageInfo, Size } from './image.ts'
import type { RawPixels } from './raw-pixels.ts'

/** What a thread is asked for. */
interface Question {
  readonly file: Uint8Array
  /** Larger pictures in the file are refused. */
  readonly mostPixels: number
}

type Answer = RawPixels | { readonly error: string }

// Starting a thread takes as long as a small photo, so it waits for the next one; it keeps the memory it took, so that it
// does so only for a while, and not after a large photo.
const idleMs = 5000
const mostIdleBytes = 200e6

// A photo of 12 megapixels takes about a second. Whoever decodes on a busy machine waits much longer.
const patienceMs = ({ width, height }: Size): number => 20_000 + (width * height) / 200

// What is coded may be a little larger than what is seen, and must not be much larger than the file says.
const mostPixels = ({ width, height }: Size): number => 2 * width * height + 1e6

const idle: Worker[] = []

/**
 * The primary image of a HEIC file, upright, 8 bits per channel.
 *
 * @throws Error of the decoder
 * @throws AppError `unsupported` if it takes far longer than any photo
 */
export async function readHeic(file: Uint8Array, info: ImageInfo): Promise<RawPixels> {
  const thread = idle.pop() ?? startThread()
  thread.removeAllListeners()
  let isUsable = false
  try {
    const answer = await askThread(thread, { file, mostPixels: mostPixels(info) }, patienceMs(info))
    isUsable = decodeBytes(info) <= mostIdleBytes
    if ('error' in answer) throw new Error(answer.error)
    return answer
  } finally {
    if (isUsable) restThread(thread)
    else await thread.terminate()
  }
}

function startThread(): Worker {
  return new Worker(new URL('./heic-worker.mjs', import.meta.url), {
    workerData: { mostBytes: mostDecodeBytes },
  })
}

async function askThread(thread: Worker, question: Question, mostMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Answer>((resolve, reject) => {
      timer = setTimeout(() => reject(tooSlow()), mostMs)
      thread.on('message', resolve)
      thread.on('error', reject)
      thread.on('exit', () => reject(new Error('the decoder ended')))
      thread.postMessage(question, [])
    })
  } finally {
    clearTimeout(timer)
  }
}

function tooSlow(): AppError {
  return new AppError(
    'unsupported',
    say`It takes far longer to decode than any photo: it is damaged, or made to do so. Save it again as JPEG or PNG.`,
  )
}

/** An idle thread does not keep the program alive. */
function restThread(thread: Worker): void {
  const end = (): void => {
    const place = idle.indexOf(thread)
    if (place >= 0) idle.splice(place, 1)
    void thread.terminate()
  }
  const timer = setTimeout(end, idleMs)
  timer.unref()
  thread.removeAllListeners()
  thread.on('error', end)
  thread.unref()
  idle.push(thread)
}
