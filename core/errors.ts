/** @file The one error type that crosses borders, and the two ways to stop on a bug. */

/** Every kind of failure a person or a program is told apart; a new code fails to compile until it is shown. */
export const errorCodes = [
  'invalid_input',
  'not_found',
  'busy',
  'cancelled',
  'out_of_memory',
  'io',
  'unsupported',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** What a failure carries besides its sentence: plain values a screen or a log can show. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>

/**
 * A failure a person can act on. The message says what happened, with both values, and what to do.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }

  /** Any thrown value as an AppError: system errors get a plain sentence, everything unknown is `internal`. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown
    if (thrown instanceof Error) return fromSystemError(thrown)
    return new AppError('internal', `Something unexpected was thrown: ${String(thrown)}`)
  }
}

const systemErrors: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ['not_found', 'There is no such file or folder. Check the path.'],
  EACCES: ['io', 'Reading or writing it is not permitted. Check the permissions or choose another folder.'],
  EPERM: ['io', 'Reading or writing it is not permitted. Check the permissions or choose another folder.'],
  EROFS: ['io', 'The disk is read-only. Choose another folder.'],
  ENOSPC: ['io', 'The disk is full. Free some space and continue; what was saved before is intact.'],
  EDQUOT: [
    'io',
    'Your disk quota is used up. Free some space and continue; what was saved before is intact.',
  ],
  EBUSY: ['io', 'Another program is using it. Close that program and try again.'],
  EMFILE: ['io', 'Too many files are open. Close other programs and try again.'],
  ENOTDIR: ['invalid_input', 'A part of this path is a file, not a folder.'],
  EISDIR: ['invalid_input', 'This is a folder, a file was expected.'],
  EEXIST: ['invalid_input', 'It already exists. Choose another name.'],
}

function fromSystemError(error: Error): AppError {
  const { code, path } = error as NodeJS.ErrnoException
  const known = code === undefined ? undefined : systemErrors[code]
  if (known === undefined) return new AppError('internal', error.message, {}, { cause: error })
  const where = path === undefined ? '' : `${path}: `
  return new AppError(known[0], `${where}${known[1]}`, path === undefined ? {} : { path }, { cause: error })
}

/** Stops on a bug of ours. The text is built only when it is needed. */
export function invariant(condition: boolean, text: () => string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${text()}`)
}

/** Stops when a union has a member the code does not know. */
export function assertNever(value: never): never {
  throw new Error(`Unknown case: ${JSON.stringify(value)}`)
}

/** Throws `cancelled` when the person has asked to stop. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', 'Stopped on request.')
}
