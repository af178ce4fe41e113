/** @file The one error type that crosses layer boundaries, and the two ways to stop on a bug. */
import { inEnglish, outside, say, type Sentence } from './sentence.ts'

/** Every kind of failure that a person or a program can tell apart; a new code does not compile until it is shown. */
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
 * A failure a person can act on. The sentence says what happened, with both values, and what to do; `message` is it in
 * English. Plain text is for what never reaches the window: the command line's arguments, and tests.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  readonly sentence: Sentence

  constructor(
    code: ErrorCode,
    sentence: Sentence | string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    const said = typeof sentence === 'string' ? outside(sentence) : sentence
    super(inEnglish(said), options)
    this.name = 'AppError'
    this.code = code
    this.details = details
    this.sentence = said
  }

  /** Any thrown value as an AppError: system errors get a plain sentence, everything unknown is `internal`. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown
    if (thrown instanceof Error) return fromSystemError(thrown)
    return new AppError('internal', say`Something unexpected was thrown: ${String(thrown)}`)
  }
}

const otherFolder = say`Choose another folder.`
const keepsWhatWasSaved = say`Free some space and continue; what was saved before is intact.`
const notPermitted = say`Reading or writing it is not permitted. Check the permissions or choose another folder.`
const tooManyOpen = say`Too many files are open. Close other programs and try again.`
const outOfReach = say`The disk or network share it is on is not responding properly. Check the connection and try again.`
const noRegularFile = say`This is a device or a pipe, not a file that can be used here. Choose another one.`

const systemErrors: Readonly<Record<string, readonly [ErrorCode, Sentence]>> = {
  ENOENT: ['not_found', say`There is no such file or folder. Check the path.`],
  EACCES: ['io', notPermitted],
  EPERM: ['io', notPermitted],
  EROFS: ['io', say`The disk is read-only. ${otherFolder}`],
  ENOSPC: ['io', say`The disk is full. ${keepsWhatWasSaved}`],
  EDQUOT: ['io', say`Your disk quota is used up. ${keepsWhatWasSaved}`],
  EFBIG: ['io', say`The file would be larger than this disk or your account allows. ${otherFolder}`],
  EBUSY: ['io', say`Another program is using it. Close that program and try again.`],
  ETXTBSY: ['io', say`Another program is using it. Close that program and try again.`],
  EMFILE: ['io', tooManyOpen],
  ENFILE: ['io', tooManyOpen],
  EIO: ['io', say`The disk could not be read or written. Check the disk, or copy the file to another one.`],
  ENXIO: ['invalid_input', noRegularFile],
  ENODEV: ['invalid_input', noRegularFile],
  ESPIPE: ['invalid_input', noRegularFile],
  ESTALE: ['io', outOfReach],
  ETIMEDOUT: ['io', outOfReach],
  EHOSTDOWN: ['io', outOfReach],
  ENOTCONN: ['io', outOfReach],
  ENOMEM: ['out_of_memory', say`The system has no memory left for it. Close other programs and try again.`],
  ENOTDIR: ['invalid_input', say`A part of this path is a file, not a folder.`],
  EISDIR: ['invalid_input', say`This is a folder, but a file was expected.`],
  EEXIST: ['invalid_input', say`It already exists. Choose another name.`],
  ENOTEMPTY: ['invalid_input', say`The folder is not empty. Choose another name.`],
  ELOOP: ['invalid_input', say`This path is a loop of links. Check where the links point.`],
  ENAMETOOLONG: ['invalid_input', say`The name or the path is too long for this disk. Choose a shorter one.`],
  EILSEQ: ['invalid_input', say`The name has characters that this disk cannot store. Choose another name.`],
  EXDEV: ['io', say`It cannot be moved from one disk to another. ${otherFolder}`],
  EMLINK: ['io', say`The folder holds as many entries as this disk allows. ${otherFolder}`],
  EOVERFLOW: ['unsupported', say`The file is too large to be read here.`],
  // Errors of Node itself.
  ERR_FS_FILE_TOO_LARGE: [
    'unsupported',
    say`The file is larger than 2 GiB, too large for what it should hold.`,
  ],
}

// These mean that we have called the system wrongly.
const ourFault = new Set(['EBADF', 'EFAULT'])

function fromSystemError(error: Error): AppError {
  const { code, path, syscall } = error as NodeJS.ErrnoException
  const known = code === undefined ? undefined : systemErrors[code]
  if (known === undefined && error.message.includes('without null bytes')) {
    return new AppError(
      'invalid_input',
      say`A path cannot contain a zero byte. Check the path.`,
      {},
      { cause: error },
    )
  }
  if (known === undefined && (code === undefined || syscall === undefined || ourFault.has(code))) {
    return new AppError('internal', error.message, {}, { cause: error })
  }
  const [kind, sentence] = known ?? (['io', say`The system refused it (${error.message}).`] as const)
  const located = path === undefined ? sentence : say`${path}: ${sentence}`
  return new AppError(kind, located, path === undefined ? {} : { path }, { cause: error })
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
  if (signal?.aborted === true) throw new AppError('cancelled', say`Stopped on request.`)
}
