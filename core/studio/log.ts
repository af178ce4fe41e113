/** @file The log of the studio: bugs of ours with their stacks, in a file beside the runs. */
import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { AppError } from '../errors.ts'
import { studioHome } from './home.ts'

/** The log's file, which is there once something was written. */
export function logPath(): string {
  return join(studioHome(), 'studio.log')
}

/** Writes down a failure that no person can act on. */
export function logBug(where: string, { message, stack, cause }: AppError): void {
  const origin = cause instanceof Error ? cause.stack : stack
  log(`${where}: ${origin ?? message}`)
}

/** Adds lines to the log. */
export function log(text: string): void {
  mkdirSync(dirname(logPath()), { recursive: true })
  appendFileSync(logPath(), `${new Date().toISOString()} ${text}\n`)
}
