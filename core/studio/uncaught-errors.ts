/** @file A bug in a corner of a process that others rely on must not end it, and a training with it. */
import { AppError } from '../errors.ts'
import { logBug } from './log.ts'

/** From now on uncaught bugs are logged; `onFirst` may tell the person. Returns a function that ends this. */
export function keepRunningOnBugs(where: string, onFirst: () => void): () => void {
  let isTold = false
  const survive = (thrown: unknown): void => {
    logBug(where, AppError.from(thrown))
    if (isTold) return
    isTold = true
    onFirst()
  }
  process.on('uncaughtException', survive)
  process.on('unhandledRejection', survive)
  return () => {
    process.off('uncaughtException', survive)
    process.off('unhandledRejection', survive)
  }
}
