/** @file Why an image cannot be read, as a sentence that is true of this file and says what helps. */
import { AppError } from '../errors.ts'
import { inEnglish, say, type Sentence } from '../sentence.ts'

/** The failure of one file: path and reason are kept apart, for lists. */
export function unreadable(path: string, reason: Sentence, cause?: unknown): AppError {
  return new AppError('unsupported', say`${path}: ${reason}`, { path, reason: inEnglish(reason) }, { cause })
}

/** Whether this failure says that an image cannot be read, as opposed to a bug or a request to stop. */
export function isUnreadable(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'unsupported'
}

/** The reason, as a sentence, why an image could not be read. */
export function unreadableReason(error: unknown): Sentence {
  const { details, sentence } = AppError.from(error)
  const last = sentence.values.at(-1)
  return 'reason' in details && typeof last === 'object' ? last : sentence
}

/** What the system's refusal to open or read a file means. */
export function systemReason(error: unknown): Sentence {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'ENOENT') return say`The file is no longer there.`
  if (code === 'EACCES' || code === 'EPERM') return say`Permission to read it is denied.`
  if (code === 'ELOOP') return say`A link that leads back to itself.`
  return say`The disk could not read it (${code}).`
}

/** Images with more pixels than this are refused: a small file can claim any size. */
export const mostPixels = 256e6

const unknownCompression = /(\w+) compression support is not configured/i

const decoderReasons: readonly (readonly [RegExp, Sentence])[] = [
  [/input file is missing/i, say`The file is no longer there.`],
  [/unsupported image format/i, say`It is no longer an image that can be read.`],
  [/bad extract area/i, say`The image has become smaller since it was checked.`],
  [/pixel limit/i, say`The image is too large: more than ${mostPixels / 1e6} million pixels. Scale it down.`],
  [
    /unsupported jpeg|unsupported marker|arithmetic/i,
    say`A JPEG of a kind that cannot be read here (lossless, arithmetic or 12 bits). Save it as an ordinary JPEG or as PNG.`,
  ],
  [
    /too many scans|too many progressive/i,
    say`A JPEG with more scans than any program makes. Save it again.`,
  ],
  [
    /premature end|incorrect data|unexpected end|too short|end of (file|stream|image)|read error|not enough|bad seek|file has been truncated|image file is truncated|idat:|error in tile/i,
    say`The image is cut off or damaged: a part of its data is missing.`,
  ],
  [/corrupt (jpeg )?data|crc error|huffman/i, say`The image is damaged: a part of its data is wrong.`],
]

/** The failure that a decoder's error message means. */
export function decodeFailure(path: string, error: unknown): AppError {
  if (error instanceof AppError) return unreadable(path, unreadableReason(error), error)
  const message = error instanceof Error ? error.message : String(error)
  const compression = unknownCompression.exec(message)?.[1]
  const known =
    compression === undefined
      ? decoderReasons.find(([pattern]) => pattern.test(message))?.[1]
      : say`Its compression (${compression}) cannot be read here. Save it with LZW or Deflate compression, or as PNG.`
  return unreadable(path, known ?? undecodable(decoderDetail(message)), error)
}

function undecodable(detail: string | undefined): Sentence {
  const advice = say`It is damaged, or of a kind that cannot be read here. Save it again as JPEG or PNG.`
  return detail === undefined
    ? say`It cannot be decoded. ${advice}`
    : say`It cannot be decoded (${detail}). ${advice}`
}

// What the decoder says beyond "something is wrong", which helps a specialist find out more.
function decoderDetail(message: string): string | undefined {
  const lines = message.split('\n').map((line) => line.replace(/^Input file has corrupt header:?/, '').trim())
  return lines.find((text) => text !== '' && !/failOn/.test(text))
}
