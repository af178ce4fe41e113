/** @file What an image file is, from its first bytes and its header: nothing is decoded, whatever size it claims. */
import sharp, { type Metadata } from 'sharp'

import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { readBmpSize } from './bmp.ts'
import { mostDecodeBytes, withinDecodeBudget } from './decode-budget.ts'
import type { ImageInfo, Size } from './image.ts'
import { readPnmSize } from './pnm.ts'
import { withReader, type ReadBytes } from './regular-file.ts'
import { readSignature, signatureBytes, type ImageFormat } from './signature.ts'
import { describeTiff, type TiffImage } from './tiff.ts'
import { decodeFailure, mostPixels, unreadable } from './unreadable.ts'

/** What a file is, and what else is worth knowing about it. */
export interface Inspection extends ImageInfo {
  /** Pages or frames; the first is the one that is used. */
  readonly pages: number
  /** Whether it has 16 bits per channel. */
  readonly isDeep: boolean
}

/**
 * Format, upright size and kind of a file that can be read.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function inspectImage(path: string): Promise<Inspection> {
  return withReader(path, async (read) => {
    const head = await read(0, signatureBytes)
    const signature = readSignature(head)
    if ('refused' in signature) throw unreadable(path, signature.refused)
    const { format } = signature
    try {
      if (format === 'bmp') return ownFormat(format, readBmpSize(head), 4)
      if (format === 'pnm') return ownFormat(format, readPnmSize(await read(0, pnmHeadBytes)), 6)
      return await inspectWithSharp(path, format, head, read)
    } catch (error) {
      throw decodeFailure(path, error)
    }
  })
}

/** Reading a header takes about this much memory. */
const headerBytes = 1e6

/** This much of a PNM file contains its header, unless someone has written a long comment there. */
const pnmHeadBytes = 64 * 1024

/** Kinds that are decoded here, with the bytes per pixel that the file and the result of it take at most. */
function ownFormat(format: ImageFormat, size: Size, bytesPerPixel: number): Inspection {
  requireSize(format, size, bytesPerPixel * size.width * size.height)
  return { format, ...size, pages: 1, isDeep: false }
}

/** Kinds that sharp decodes. */
type SharpFormat = Exclude<ImageFormat, 'bmp' | 'pnm'>

async function inspectWithSharp(
  path: string,
  format: SharpFormat,
  head: Buffer,
  read: ReadBytes,
): Promise<Inspection> {
  const tiff = format === 'tiff' ? await describeTiff(read) : null
  if (tiff !== null) requireReadableTiff(tiff)
  const metadata = await readMetadata(path, format)
  // A HEIC file says itself how it is turned, and may repeat it in EXIF.
  const { width, height } = format === 'heic' ? metadata : metadata.autoOrient
  const size = { width, height }
  const channels = tiff === null ? usualChannels(metadata) : tiffChannels(tiff)
  requireSize(format, size, bytesAtOnce(format, metadata, tiff, channels))
  const pages = tiff?.pages ?? (format === 'png' ? animationFrames(head) : (metadata.pages ?? 1))
  return {
    format,
    ...size,
    ...(channels !== undefined && { channels }),
    pages,
    // Of HEIC the decoder gives 8 bits, whatever the depth.
    isDeep: metadata.depth === 'ushort' && format !== 'heic',
  }
}

async function readMetadata(path: string, format: SharpFormat): Promise<Metadata> {
  // Errors in the header alone are no reason to refuse a file; damage shows when it is decoded.
  const read = async (): Promise<Metadata> =>
    sharp(path, { failOn: 'none', limitInputPixels: false }).metadata()
  const metadata = await withinDecodeBudget(headerBytes, read)
    // Alone, so that the error is about this file: see decode.ts.
    .catch(async () => withinDecodeBudget(mostDecodeBytes, read))
    .catch((error: unknown) => {
      const isUnknown = error instanceof Error && /unsupported image format/i.test(error.message)
      throw isUnknown ? refused(unknownVariant(format)) : error
    })
  if (['uchar', 'ushort'].includes(metadata.depth)) return metadata
  throw refused(say`Its pixels are of type ${metadata.depth}. Save it with 8 or 16 bits per channel.`)
}

/** The file begins like this format, yet the decoder does not recognise it. */
function unknownVariant(format: SharpFormat): Sentence {
  return format === 'avif'
    ? say`It is an AVIF file of a kind that cannot be read here, such as a sequence of pictures. Save the picture as JPEG or PNG.`
    : say`It begins as a ${format.toUpperCase()} image, but is damaged or of a kind that cannot be read here. Save the picture as JPEG or PNG.`
}

function requireReadableTiff({ photometric, bitsPerSample }: TiffImage): void {
  const isLab = photometric >= 8 && photometric <= 10
  if (isLab) throw refused(say`Its colours are in the Lab space, which cannot be read here. Save it as RGB.`)
  if (photometric > 10)
    throw refused(say`A TIFF with raw or logarithmic data of a camera. Export it as JPEG, or as TIFF in RGB.`)
  if (![1, 2, 4, 8, 16, 32, 64].includes(bitsPerSample))
    throw refused(say`Its channels have ${bitsPerSample} bits each. Save it with 8 or 16 bits per channel.`)
}

function usualChannels({ space }: Metadata): ImageInfo['channels'] {
  return space === 'cmyk' ? 'inks' : undefined
}

const opacity = [1, 2]

function tiffChannels({ photometric, extras }: TiffImage): ImageInfo['channels'] {
  if (photometric === 5) return 'inks'
  const [first] = extras
  if (first === undefined) return undefined
  const isOpacity = opacity.includes(first)
  if (isOpacity && extras.length === 1) return undefined
  return isOpacity ? 'coloursAndOpacity' : 'colours'
}

/** An animated PNG says so before its first pixels. */
function animationFrames(head: Buffer): number {
  const at = head.indexOf('acTL', 0, 'latin1')
  return at < 0 || at + 8 > head.length ? 1 : Math.max(1, head.readUInt32BE(at + 4))
}

/** Memory that decoding takes at once: little if rows are read one after the other. Measured. */
function bytesAtOnce(
  format: SharpFormat,
  { width, height, channels, depth, isProgressive, chromaSubsampling }: Metadata,
  tiff: TiffImage | null,
  special: ImageInfo['channels'],
): number {
  const pixels = width * height
  const pixelBytes = channels * (depth === 'ushort' ? 2 : 1)
  // These are decoded whole, before their channels are picked.
  const picked = special === undefined ? 0 : pixels * (pixelBytes + 4)
  switch (format) {
    case 'jpeg':
      return picked + (isProgressive ? pixels * (chromaSubsampling === '4:2:0' ? 3 : 2 * channels) : 0)
    case 'png':
      return picked + (isProgressive ? pixels * pixelBytes : 0)
    case 'tiff':
      return picked + (tiff === null ? 0 : tiff.partPixels * pixelBytes)
    case 'webp':
      return 8 * pixels
    case 'avif':
      return 15 * pixels
    case 'heic':
      return 12 * pixels
    case 'gif':
      return 5 * pixels
  }
}

function requireSize(format: ImageFormat, { width, height }: Size, bytes: number): void {
  if (width * height > mostPixels) {
    const most = mostPixels / 1e6
    throw refused(
      say`The image is too large: ${width} × ${height} pixels, the limit is ${most} million. Scale it down.`,
    )
  }
  if (bytes > mostDecodeBytes) {
    const advice =
      format === 'jpeg'
        ? say`Scale it down, or save it as a JPEG that is not progressive.`
        : say`Scale it down, or save it as JPEG.`
    throw refused(
      say`The image is too large: ${width} × ${height} pixels, which take ${gigabytes(bytes)} GB to decode; the limit is ${gigabytes(mostDecodeBytes)} GB. ${advice}`,
    )
  }
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(2)
}

function refused(sentence: Sentence): AppError {
  return new AppError('unsupported', sentence)
}
