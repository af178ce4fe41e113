/** @file Why an image cannot be read, as a sentence that is true of this file and says what helps. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/** The failure of one file: path and reason are kept apart, for lists. */
export function unreadable(path: string, reason: string, cause?: unknown): AppError {
  return new AppError('unsupported', say`${path}: ${reason}`, { path, reason }, { cause })
}

/** Whether this failure says that an image cannot be read, as opposed to a bug or a request to stop. */
export function isUnreadable(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'unsupported'
}

/** The reason, as a sentence, why an image could not be read. */
export function unreadableReason(error: unknown): string {
  const { details, message } = AppError.from(error)
  return typeof details['reason'] === 'string' ? details['reason'] : message
}

/** What the system's refusal to open or read a file means. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'ENOENT') return 'The file is no longer there.'
  if (code === 'EACCES' || code === 'EPERM') return 'Permission to read it is denied.'
  if (code === 'ELOOP') return 'A link that leads back to itself.'
  return `The disk could not read it (${code}).`
}

/** Images with more pixels than this are refused: a small file can claim any size. */
export const mostPixels = 256e6

const decoderReasons: readonly (readonly [RegExp, string])[] = [
  [/input file is missing/i, 'The file is no longer there.'],
  [/unsupported image format/i, 'It is no longer an image that can be read.'],
  [/bad extract area/i, 'The image has become smaller since it was checked.'],
  [/pixel limit/i, `The image is too large: more than ${mostPixels / 1e6} million pixels. Scale it down.`],
  [
    /(\w+) compression support is not configured/i,
    'Its compression ($1) cannot be read here. Save it with LZW or Deflate compression, or as PNG.',
  ],
  [
    /unsupported jpeg|unsupported marker|arithmetic/i,
    'A JPEG of a kind that cannot be read here (lossless, arithmetic or 12 bits). Save it as an ordinary JPEG or as PNG.',
  ],
  [/too many scans|too many progressive/i, 'A JPEG with more scans than any program makes. Save it again.'],
  [
    /premature end|incorrect data|unexpected end|too short|end of (file|stream|image)|read error|not enough|bad seek|file has been truncated|image file is truncated|idat:|error in tile/i,
    'The image is cut off or damaged: a part of its data is missing.',
  ],
  [/corrupt (jpeg )?data|crc error|huffman/i, 'The image is damaged: a part of its data is wrong.'],
]

/** The failure that a decoder's error message means. */
export function decodeFailure(path: string, error: unknown): AppError {
  if (error instanceof AppError) return unreadable(path, unreadableReason(error), error)
  const message = error instanceof Error ? error.message : String(error)
  for (const [pattern, reason] of decoderReasons) {
    const found = pattern.exec(message)
    if (found !== null) return unreadable(path, reason.replace('$1', found[1] ?? ''), error)
  }
  return unreadable(
    path,
    `It cannot be decoded${decoderDetail(message)}: it is damaged, or of a kind that cannot be read here. ` +
      'Save it again as JPEG or PNG.',
    error,
  )
}

// What the decoder says beyond "something is wrong", which helps a specialist find out more.
function decoderDetail(message: string): string {
  const lines = message.split('\n').map((line) => line.replace(/^Input file has corrupt header:?/, '').trim())
  const line = lines.find((text) => text !== '' && !/failOn/.test(text))
  return line === undefined ? '' : ` (${line})`
}
