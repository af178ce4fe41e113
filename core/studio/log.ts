/**
 * @file The log of the studio: bugs of ours with their stacks, in a file beside the runs. It is bounded in size, and
 * writing to it never throws: whoever has something to log is in trouble already.
 */
import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { AppError } from '../errors.ts'
import { studioHome } from './home.ts'
import { plainLines } from './printable.ts'

/** Bytes after which a new file is started; the previous one is kept. */
const largestBytes = 5e6
/** Characters of one entry: a stack has fewer, but what a stranger sent may have more. */
const longestEntry = 20_000

/** The log's file, which exists once something has been written. */
export function logPath(): string {
  return join(studioHome(), 'studio.log')
}

/** Records a failure that no person can act on. */
export function logBug(where: string, { message, stack, cause }: AppError): void {
  const origin = cause instanceof Error ? cause.stack : stack
  log(`${where}: ${origin ?? message}`)
}

let isUnwritable = false

/** Adds an entry to the log. Where that is impossible, as without a data folder, entries go to standard error. */
export function log(text: string): void {
  const entry = `${new Date().toISOString()} ${plainLines(text.slice(0, longestEntry))}\n`
  try {
    if (sizeOf(logPath()) > largestBytes) renameSync(logPath(), `${logPath()}.1`)
    appendFileSync(logPath(), entry, { mode: 0o600 })
    isUnwritable = false
  } catch (error) {
    const reason = isUnwritable ? '' : `The log cannot be written (${String(error)}).\n`
    isUnwritable = true
    process.stderr.write(`${reason}${entry}`)
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
