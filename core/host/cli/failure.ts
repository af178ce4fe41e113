/** @file How a command fails: the exit code, the sentence for people, the record for programs. */
import { CommanderError } from 'commander'

import { AppError, type ErrorCode } from '../../errors.ts'
import { plainLines } from '../../studio/printable.ts'
import type { Reporter, TextSink } from './report.ts'

/** 2: the person can fix it, 1: our bug, 130: stopped on request, as shells have it. */
const exitCodes: Readonly<Record<ErrorCode, number>> = {
  invalid_input: 2,
  not_found: 2,
  busy: 2,
  out_of_memory: 2,
  io: 2,
  unsupported: 2,
  cancelled: 130,
  internal: 1,
}

/** Reports a failure and returns the exit code; requested help is not a failure. */
export function reportFailure(thrown: unknown, report: Reporter, stderr: TextSink): number {
  report.clear()
  if (thrown instanceof CommanderError && isHelp(thrown)) return thrown.exitCode === 0 ? 0 : 2
  const error = thrown instanceof CommanderError ? fromCommander(thrown) : AppError.from(thrown)
  stderr.write(`${plainLines(error.code === 'internal' ? describeBug(error) : error.message)}\n`)
  report.record({ type: 'error', code: error.code, message: error.message })
  return exitCodes[error.code]
}

function isHelp({ code, exitCode }: CommanderError): boolean {
  return exitCode === 0 || code === 'commander.help'
}

function fromCommander(error: CommanderError): AppError {
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
  return new AppError(
    'invalid_input',
    `${capitalised(message)}${/[.?)]$/.test(message) ? '' : '.'} See --help.`,
  )
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function describeBug(error: AppError): string {
  const { cause } = error
  const what = cause instanceof Error ? (cause.stack ?? cause.message) : error.message
  return `${what}\n\nThis is a bug in ViT Studio. Please report it, with the lines above and the command you gave.`
}
