/**
 * @file The single place where the bytes of an image file become pixels: upright by EXIF, first frame, 8-bit RGB,
 * transparency flattened on a background. Colour profiles are not applied, as in the tools that models are trained with
 * (Pillow, torchvision).
 */
import sharp, { type OutputInfo, type Sharp, type SharpOptions } from 'sharp'

import { AppError, invariant } from '../errors.ts'
import { readBmp } from './bmp.ts'
import { toColours } from './channels.ts'
import { decodeBytes, mostDecodeBytes, withinDecodeBudget } from './decode-budget.ts'
import { enlarge } from './enlarge.ts'
import { readHeic } from './heic.ts'
import type { Geometry, ImageInfo, RgbImage } from './image.ts'
import { readPnm } from './pnm.ts'
import type { RawPixels } from './raw-pixels.ts'
import { readWhole } from './regular-file.ts'
import { tidyJpeg } from './tidy-jpeg.ts'
import { tidyTiff } from './tidy-tiff.ts'
import { decodeFailure, mostPixels } from './unreadable.ts'

// One thread per image and several images at once is the fastest; files are read once, so libvips need not cache them.
sharp.concurrency(1)
sharp.cache(false)

const strict: SharpOptions = { failOn: 'warning', limitInputPixels: mostPixels, ignoreIcc: true }

/** A path, or the bytes of an encoded image. */
type Source = string | Buffer

/**
 * Decodes an image to exactly the requested pixels, resized as by Pillow's BILINEAR or BICUBIC: to the last bit where both sides
 * grow, and to a third of a level on average where photos shrink to 160 to 288 pixels. One background job; the
 * JavaScript thread is needed for enlarging (half a millisecond at 224 pixels), and for kinds of file that are rare
 * among photos: BMP, PNM, inks and channels that are not colours.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function renderImage(source: Source, info: ImageInfo, geometry: Geometry): Promise<RgbImage> {
  const { data, info: made } = await decode(source, info, geometry)
  const { width, height } = made
  invariant(data.length === width * height * 3, () => `${made.channels} channels came out of the decoder`)
  return enlarge({ width, height, data }, geometry.size ?? made, geometry.kernel)
}

/**
 * The largest value of any colour channel in the file, in its own unit: up to 65535 with 16 bits per channel.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function largestValue(path: string, info: ImageInfo): Promise<number> {
  const { channels } = await withinDecodeBudget(decodeBytes(info), async () =>
    sharp(path, strict).stats(),
  ).catch((error: unknown) => {
    throw decodeFailure(path, error)
  })
  // With two or four channels the last is opacity.
  const colours = channels.length % 2 === 0 ? channels.slice(0, -1) : channels
  return Math.max(...colours.map(({ max }) => max))
}

/**
 * An image scaled down, as a file in memory: JPEG with full-resolution colour at quality 92, which at
 * 448 px takes 60–170 kB and changes a value by about one level on average.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function encodeSmaller(path: string, info: ImageInfo, geometry: Geometry): Promise<Buffer> {
  return fromRaw({ ...(await renderImage(path, info, geometry)), channels: 3 })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer()
}

/** Pixels as a file in memory, without loss and almost without compression: fast to read back. */
export async function encodeExact(image: RgbImage): Promise<Buffer> {
  return fromRaw({ ...image, channels: 3 })
    .png({ compressionLevel: 0 })
    .toBuffer()
}

type Decoded = { data: Buffer; info: OutputInfo }

async function decode(source: Source, info: ImageInfo, geometry: Geometry): Promise<Decoded> {
  try {
    return await withinDecodeBudget(decodeBytes(info), async () => runPipeline(source, info, geometry)).catch(
      async (error: unknown) => decodeAlone(source, info, geometry, error),
    )
  } catch (error) {
    throw decodeFailure(typeof source === 'string' ? source : 'image', error)
  }
}

/**
 * Retries with nothing else in progress: libvips keeps its error messages in one place for all threads, so that with
 * several decoders the wrong one gets them. The decoder is strict about the pixels, and a file that is refused for
 * something else is repaired in memory.
 */
async function decodeAlone(
  source: Source,
  info: ImageInfo,
  geometry: Geometry,
  error: unknown,
): Promise<Decoded> {
  if (error instanceof AppError) throw error
  return withinDecodeBudget(mostDecodeBytes, async () => {
    const tidy = typeof source === 'string' ? await tidied(source, info) : undefined
    return runPipeline(tidy ?? source, info, geometry)
  })
}

/** Undefined if there is nothing to repair, or the file can no longer be read. */
async function tidied(path: string, { format }: ImageInfo): Promise<Buffer | undefined> {
  if (format !== 'jpeg' && format !== 'tiff') return undefined
  const file = await readWhole(path, mostDecodeBytes / 2).catch(() => undefined)
  if (file === undefined) return undefined
  return format === 'jpeg' ? tidyJpeg(file) : tidyTiff(file)
}

async function runPipeline(source: Source, info: ImageInfo, geometry: Geometry): Promise<Decoded> {
  return applyGeometry(await openImage(source, info), geometry)
    .raw()
    .toBuffer({ resolveWithObject: true })
}

async function openImage(source: Source, info: ImageInfo): Promise<Sharp> {
  const { format, channels } = info
  if (format === 'heic') return fromRaw(await readHeic(await bytesOf(source), info))
  if (format === 'bmp') return fromRaw(readBmp(await bytesOf(source)))
  if (format === 'pnm') return fromRaw(readPnm(await bytesOf(source)))
  const image = sharp(source, strict).autoOrient()
  if (channels === undefined) return image
  const plain = channels === 'inks' ? image.pipelineColourspace('cmyk').toColourspace('cmyk') : image
  const { data, info: made } = await plain.raw().toBuffer({ resolveWithObject: true })
  return fromRaw(toColours({ ...made, data }, channels))
}

async function bytesOf(source: Source): Promise<Buffer> {
  return typeof source === 'string' ? readWhole(source, mostDecodeBytes) : source
}

function fromRaw({ data, width, height, channels }: RawPixels | (RgbImage & { channels: 3 })): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: mostPixels })
}

// Without `fastShrinkOnLoad: false` JPEGs come out up to 64 levels away from a proper antialiased resize.
const shrinking = {
  fit: 'fill',
  fastShrinkOnLoad: false,
  withoutEnlargement: true,
} as const

function applyGeometry(input: Sharp, { background, crop, size, kernel = 'linear', mirror }: Geometry): Sharp {
  const [r, g, b] = background
  let image = input.flatten({ background: { r, g, b } }).toColourspace('srgb')
  if (crop !== undefined) image = image.extract(crop)
  if (size !== undefined) image = image.resize(size.width, size.height, { ...shrinking, kernel })
  return mirror === true ? image.flop() : image
}
