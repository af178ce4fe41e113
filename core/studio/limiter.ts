/** @file A bound on how much is done at once. The latest request comes first, and what nobody wants any more is never done. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/** Does `work` when there is room, or throws `cancelled` if the signal comes first. */
export type Limiter = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>

interface Waiting {
  readonly signal: AbortSignal
  readonly begin: () => void
  readonly drop: (error: AppError) => void
}

/** At most `limit` pieces of work at once. */
export function createLimiter(limit: number): Limiter {
  const waiting: Waiting[] = []
  let running = 0
  /** Gives a slot that has become free to the next in line. */
  const handOver = (): void => {
    const candidate = waiting.pop()
    if (candidate === undefined) running--
    else if (candidate.signal.aborted) {
      candidate.drop(new AppError('cancelled', say`Nobody is waiting for it any more.`))
      handOver()
    } else candidate.begin()
  }
  return async (signal, work) => {
    if (running < limit) running++
    else await new Promise<void>((begin, drop) => waiting.push({ signal, begin, drop }))
    try {
      return await work()
    } finally {
      handOver()
    }
  }
}
