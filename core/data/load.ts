/**
 * @file From a checked image to the pixels of one batch row. Big photos and bitmaps are prepared once and kept in the
 * cache. The pixels never depend on whether the cache had the image already:
 * - Whole images, in evaluation and without a crop in training, use the original file. The cache keeps the resized pixels without loss.
 * - Crops of a big photo are always taken from a smaller version, whose shorter side is twice the resolution, enough
 *   for crops down to a quarter of the area to stay sharp. The cache keeps exactly that smaller file.
 */
import { resolve } from 'node:path'

import { integer, uniform, type Random } from '../tensor/random.ts'
import type { Augmentation, GentleCrop } from './augmentation.ts'
import { cacheKey, type ImageCache } from './cache.ts'
import type { ImageEntry } from './classes.ts'
import { encodeExact, encodeSmaller, renderImage } from './decode.ts'
import type { Geometry, ImageInfo, Rectangle, RgbImage, Size } from './image.ts'
import { inspectImage } from './inspect.ts'
import { applyFrame, planFraming } from './framing.ts'
import { meanColour, preparedAt, trainingGeometry, type Preprocessing } from './preprocess.ts'
import { isUnchanged } from './regular-file.ts'
import { randomErasing } from './random-erasing.ts'
import { trivialAugment } from './trivial-augment.ts'

/** An image known to be readable, with what is needed to plan its decoding without opening it. */
export interface CheckedImage extends ImageEntry, ImageInfo {
  /** Size and time of modification of the file when it was checked. */
  readonly bytes: number
  readonly modifiedMs: number
  /** Path of the first image with the very same content, where there is one. */
  readonly duplicateOf?: string | undefined
  /** Identifies images of one class that look alike, if there are any. */
  readonly group?: string | undefined
}

/** Images of one folder. */
export interface FolderImages {
  readonly root: string
  readonly images: readonly CheckedImage[]
}

/** Where images are and how they become pixels. */
export interface LoadOptions {
  readonly root: string
  readonly preprocessing: Preprocessing
  readonly cache?: ImageCache | undefined
}

/**
 * Evaluation pixels of any image file, [height, width, 3] of the preprocessing: for prediction.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function loadFile(path: string, preprocessing: Preprocessing): Promise<RgbImage> {
  return renderWhole(path, await inspectImage(path), preprocessing)
}

/**
 * Evaluation pixels of a checked image, the same as `loadFile` gives.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function loadForEvaluation(image: CheckedImage, options: LoadOptions): Promise<RgbImage> {
  return loadWhole(image, options, false)
}

/**
 * Augmented pixels of a checked image; `random` alone decides how it is varied.
 *
 * @throws AppError `unsupported` with the reason why it cannot be read
 */
export async function loadForTraining(
  image: CheckedImage,
  augmentation: Augmentation,
  random: Random,
  options: LoadOptions,
): Promise<RgbImage> {
  const cropped = await loadCropped(image, augmentation, random, options)
  const varied = augmentation.trivial
    ? trivialAugment(cropped, meanColour(options.preprocessing), random)
    : cropped
  return augmentation.erase === 0 ? varied : randomErasing(varied, augmentation.erase, random)
}

async function loadCropped(
  image: CheckedImage,
  augmentation: Augmentation,
  random: Random,
  options: LoadOptions,
): Promise<RgbImage> {
  const { crop } = augmentation
  if (crop !== null && 'enlarged' in crop && options.preprocessing.resize !== 'squash')
    return loadFramedCrop(image, crop, augmentation, random, options)
  const smaller = smallerSize(image, options.preprocessing)
  const geometry = trainingGeometry(smaller ?? image, options.preprocessing, augmentation, random)
  if (geometry.crop === undefined) return loadWhole(image, options, geometry.mirror === true)
  const path = resolve(options.root, image.path)
  if (smaller === undefined) return renderImage(path, image, geometry)
  const toSmaller = { background: geometry.background, size: smaller }
  return throughCache(
    { path, image, key: keyOf('smaller', image, path, toSmaller) },
    { info: { format: 'jpeg', ...smaller }, geometry, cache: options.cache },
    async () => encodeSmaller(path, image, toSmaller),
  )
}

/** A gentle crop of a framed image: framed at a higher resolution, of which a part of the size itself is taken. */
async function loadFramedCrop(
  image: CheckedImage,
  { enlarged }: GentleCrop,
  { flip }: Augmentation,
  random: Random,
  options: LoadOptions,
): Promise<RgbImage> {
  const { height, width } = options.preprocessing.resolution
  const larger = { height: Math.round(height * enlarged), width: Math.round(width * enlarged) }
  const top = integer(random, larger.height - height + 1)
  const left = integer(random, larger.width - width + 1)
  const mirror = uniform(random) < flip
  const preprocessing = preparedAt(options.preprocessing, larger)
  return partOf(await loadWhole(image, { ...options, preprocessing }, mirror), { left, top, width, height })
}

/** A part of an image, which lies within it. */
function partOf(image: RgbImage, { left, top, width, height }: Rectangle): RgbImage {
  const data = Buffer.alloc(3 * width * height)
  for (let row = 0; row < height; row++) {
    const from = 3 * ((top + row) * image.width + left)
    image.data.copy(data, 3 * row * width, from, from + 3 * width)
  }
  return { width, height, data }
}

/**
 * The size of the smaller version that crops of an image are taken from; `undefined` where the original is used.
 * Images that are slow to decode, or block the JavaScript thread meanwhile, always have one.
 */
export function smallerSize(image: ImageInfo, { resolution }: Preprocessing): Size | undefined {
  const target = 2 * Math.max(resolution.height, resolution.width)
  const shorter = Math.min(image.width, image.height)
  if (shorter < 1.5 * target && !isSlow(image)) return undefined
  const scale = Math.min(1, target / shorter)
  return { width: Math.round(image.width * scale), height: Math.round(image.height * scale) }
}

function isSlow({ format, channels }: ImageInfo): boolean {
  return format === 'heic' || format === 'bmp' || format === 'pnm' || channels !== undefined
}

async function loadWhole(image: CheckedImage, options: LoadOptions, mirror: boolean): Promise<RgbImage> {
  const { preprocessing, root, cache } = options
  const { background, resolution, resize, kernel } = preprocessing
  const path = resolve(root, image.path)
  // Bars have the model's own mean colour; other pixels do not depend on it.
  const bars = resize === 'letterbox' ? meanColour(preprocessing) : undefined
  if (smallerSize(image, preprocessing) === undefined) return renderWhole(path, image, preprocessing, mirror)
  return throughCache(
    { path, image, key: keyOf('whole', image, path, { background, resolution, resize, kernel, bars }) },
    { info: { format: 'png', ...resolution }, geometry: { background, mirror }, cache },
    async () => encodeExact(await renderWhole(path, image, preprocessing)),
  )
}

async function renderWhole(
  path: string,
  image: ImageInfo,
  preprocessing: Preprocessing,
  mirror = false,
): Promise<RgbImage> {
  const { background, resolution, kernel } = preprocessing
  const { part, size, frame } = planFraming(image, resolution, preprocessing)
  const resized = await renderImage(path, image, { background, crop: part, size, kernel, mirror })
  return applyFrame(resized, frame, meanColour(preprocessing))
}

function keyOf(kind: string, image: CheckedImage, path: string, how: object): string {
  return cacheKey(kind, path, image.bytes, image.modifiedMs, JSON.stringify(how))
}

/** How a prepared file is read. */
interface Reading {
  readonly info: ImageInfo
  readonly geometry: Geometry
  readonly cache: ImageCache | undefined
}

/** An image file, and the name for what is made of it in the state in which it was checked. */
interface Named {
  readonly path: string
  readonly image: CheckedImage
  readonly key: string
}

async function throughCache(
  { path, image, key }: Named,
  { info, geometry, cache }: Reading,
  make: () => Promise<Buffer>,
): Promise<RgbImage> {
  const found = cache?.find(key)
  if (found !== undefined) {
    const kept = await renderImage(found, info, geometry).catch(() => undefined)
    if (kept !== undefined) return kept
    cache?.forget(key)
  }
  const bytes = await make()
  if (cache !== undefined && (await isUnchanged(path, image))) cache.store(key, bytes)
  return renderImage(bytes, info, geometry)
}
