/**
 * @file The single place where the bytes of an image file become pixels: upright by EXIF, first frame, 8-bit RGB,
 * transparency flattened on a background. Colour profiles are not applied to RGB images, as in the tools that models
 * are trained with (Pillow, torchvision).
 */
import { open, readFile, stat } from 'node:fs/promises'

import sharp, { type OutputInfo, type Sharp, type SharpOptions } from 'sharp'

import { AppError, invariant } from '../errors.ts'
import { readBmp, readBmpSize } from './bmp.ts'
import { enlarge } from './enlarge.ts'
import type { Colour, Geometry, ImageInfo, RgbImage, Size } from './image.ts'
import { readSignature, signatureBytes, type ImageFormat } from './signature.ts'

// One thread per image and several images at once is the fastest; files are read once, so libvips need not remember them.
sharp.concurrency(1)
sharp.cache(false)

/** Images with more pixels than this are refused: a small file can claim any size. */
const pixelLimit = 100e6

const options: SharpOptions = { failOn: 'warning', limitInputPixels: pixelLimit, ignoreIcc: true }

/** Whether this failure says that an image cannot be read, as opposed to a bug or a wish to stop. */
export function isUnreadable(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'unsupported'
}

/** The reason, as a sentence, why an image could not be read. */
export function unreadableReason(error: unknown): string {
  const { details, message } = AppError.from(error)
  return typeof details['reason'] === 'string' ? details['reason'] : message
}

/**
 * Size and time of the last change of an ordinary file.
 *
 * @throws AppError `unsupported` with the reason why it is none
 */
export async function statFile(path: string): Promise<{ bytes: number; modifiedMs: number }> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, systemReason(error), error)
  })
  if (!found.isFile()) throw unreadable(path, found.isDirectory() ? 'A folder, not a file.' : 'Not a file.')
  return { bytes: found.size, modifiedMs: found.mtimeMs }
}

/**
 * Format and upright size of a file that can be read, from its first bytes and header.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function inspectImage(path: string): Promise<ImageInfo> {
  // Asked first, because opening a pipe would wait for its writer for ever.
  await statFile(path)
  const signature = readSignature(await readStart(path, signatureBytes))
  if ('refused' in signature) throw unreadable(path, signature.refused)
  const { format } = signature
  if (format === 'bmp') return { format, ...requireFewPixels(path, await readBmpHead(path)) }
  const metadata = await sharp(path, { ...options, limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw decodeFailure(path, error)
    })
  if (!['uchar', 'ushort'].includes(metadata.depth))
    throw unreadable(path, `Its pixels are of type ${metadata.depth}. Save it with 8 or 16 bits per channel.`)
  const { width, height } = metadata.autoOrient
  return { format, ...requireFewPixels(path, { width, height }) }
}

/**
 * Decodes an image and gives exactly the asked-for pixels, resized as by Pillow's BILINEAR: to the last bit where both
 * sides grow, and to a third of a level on average where photos shrink to 160 to 288 pixels. One background job; the
 * JavaScript thread is needed for enlarging (half a millisecond at 224 pixels) and for bitmaps (BMP).
 *
 * @param source a path, or the bytes of an encoded image
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function renderImage(
  source: string | Buffer,
  format: ImageFormat,
  geometry: Geometry,
): Promise<RgbImage> {
  const { data, info } = await runPipeline(source, format, geometry).catch((error: unknown) => {
    throw decodeFailure(typeof source === 'string' ? source : 'image', error)
  })
  const { width, height } = info
  invariant(data.length === width * height * 3, () => `${info.channels} channels came out of the decoder`)
  return enlarge({ width, height, data }, geometry.size ?? info)
}

/**
 * Every pixel of an image file at its own size.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function decodeImage(path: string, background: Colour = [255, 255, 255]): Promise<RgbImage> {
  const { format } = await inspectImage(path)
  return renderImage(path, format, { background })
}

/**
 * An image scaled down, as a file in memory: JPEG with full-resolution colour at quality 92, which at
 * 448 px takes 60–170 kB and changes a value by about one level on average.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function encodeSmaller(path: string, format: ImageFormat, geometry: Geometry): Promise<Buffer> {
  const { data, width, height } = await renderImage(path, format, geometry)
  return fromRgb({ data, width, height }).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer()
}

/** Pixels as a file in memory, without loss and almost without compression: fast to read back. */
export async function encodeExact(image: RgbImage): Promise<Buffer> {
  return fromRgb(image).png({ compressionLevel: 0 }).toBuffer()
}

async function runPipeline(
  source: string | Buffer,
  format: ImageFormat,
  geometry: Geometry,
): Promise<{ data: Buffer; info: OutputInfo }> {
  const input = format === 'bmp' ? await openBmp(source) : sharp(source, options).autoOrient()
  return applyGeometry(input, geometry).raw().toBuffer({ resolveWithObject: true })
}

function fromRgb({ data, width, height }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } })
}

// Without `fastShrinkOnLoad: false` JPEGs come out up to 64 levels away from a proper antialiased resize.
const shrinking = {
  fit: 'fill',
  kernel: 'linear',
  fastShrinkOnLoad: false,
  withoutEnlargement: true,
} as const

function applyGeometry(input: Sharp, { background, crop, size, mirror }: Geometry): Sharp {
  const [r, g, b] = background
  let image = input.flatten({ background: { r, g, b } }).toColourspace('srgb')
  if (crop !== undefined) image = image.extract(crop)
  if (size !== undefined) image = image.resize(size.width, size.height, shrinking)
  return mirror === true ? image.flop() : image
}

async function openBmp(source: string | Buffer): Promise<Sharp> {
  const bytes = typeof source === 'string' ? await readFile(source) : source
  requireFewPixels('bitmap', readBmpSize(bytes))
  const { data, width, height, channels } = readBmp(bytes)
  return sharp(data, { raw: { width, height, channels } })
}

async function readStart(path: string, bytes: number): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw unreadable(path, systemReason(error), error)
  }
}

async function readBmpHead(path: string): Promise<Size> {
  try {
    return readBmpSize(await readStart(path, signatureBytes))
  } catch (error) {
    throw decodeFailure(path, error)
  }
}

function requireFewPixels(path: string, { width, height }: Size): Size {
  if (width * height <= pixelLimit) return { width, height }
  throw unreadable(
    path,
    `The image is too large: ${width} × ${height} pixels, the limit is ${pixelLimit / 1e6} million. Scale it down.`,
  )
}

function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'ENOENT') return 'The file is no longer there.'
  if (code === 'EACCES' || code === 'EPERM') return 'It may not be read: permission is denied.'
  if (code === 'ELOOP') return 'A link that leads back to itself.'
  return `The disk could not read it (${code}).`
}

function unreadable(path: string, reason: string, cause?: unknown): AppError {
  return new AppError('unsupported', `${path}: ${reason}`, { path, reason }, { cause })
}

const decoderReasons: readonly (readonly [RegExp, string])[] = [
  [/input file is missing/i, 'The file is no longer there.'],
  [/unsupported image format/i, 'It is no longer an image that can be read.'],
  [/bad extract area/i, 'The image has become smaller since it was checked.'],
  [/pixel limit/i, `The image is too large: more than ${pixelLimit / 1e6} million pixels.`],
  [
    /premature end|truncated|unexpected end|too short|end of|read error|not enough/i,
    'The image is cut off or damaged: a part of its data is missing.',
  ],
]

function decodeFailure(path: string, error: unknown): AppError {
  if (error instanceof AppError) return unreadable(path, unreadableReason(error), error)
  const message = error instanceof Error ? error.message : String(error)
  const known = decoderReasons.find(([pattern]) => pattern.test(message))
  return unreadable(path, known?.[1] ?? `The image is damaged or cut off${decoderDetail(message)}.`, error)
}

// What the decoder says beyond "something is wrong", which helps a specialist to find out more.
function decoderDetail(message: string): string {
  const lines = message.split('\n').map((line) => line.replace(/^Input file has corrupt header:?/, '').trim())
  const line = lines.find((text) => text !== '' && !/failOn/.test(text))
  return line === undefined ? '' : ` (${line})`
}
