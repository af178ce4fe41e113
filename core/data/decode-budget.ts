/**
 * @file A bound on the memory of all decoding in progress in this process. A few bytes can claim any size, and a folder
 * of such files would be decoded all at once; many phone photos at once are large as well.
 */
import type { ImageInfo } from './image.ts'

/** Bytes that decoding may take at once. */
export const mostDecodeBytes = 750e6

/**
 * Bytes for each pixel that a decoder may need at once, by measurement where the library decodes the whole image; most
 * JPEG, PNG and TIFF files take far less, because their rows are read one after the other.
 */
const bytesPerPixel: Readonly<Record<ImageInfo['format'], number>> = {
  jpeg: 6,
  png: 8,
  webp: 8,
  avif: 15,
  heic: 12,
  gif: 5,
  tiff: 8,
  bmp: 8,
  pnm: 9,
}

/** What decoding this image may take, the whole budget at most. */
export function decodeBytes({ width, height, format }: ImageInfo): number {
  return Math.min(mostDecodeBytes, width * height * bytesPerPixel[format])
}

let used = 0
const waiting: { readonly bytes: number; readonly begin: () => void }[] = []

/**
 * Does `work` as soon as this many bytes fit into the budget: at once if there is room, otherwise in the order of
 * asking. Work that takes the whole budget runs alone.
 */
export async function withinDecodeBudget<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  if (waiting.length === 0 && used + bytes <= mostDecodeBytes) used += bytes
  else await new Promise<void>((begin) => waiting.push({ bytes, begin }))
  try {
    return await work()
  } finally {
    used -= bytes
    admit()
  }
}

/** Starts those that have waited longest, as far as there is room. */
function admit(): void {
  for (
    let [first] = waiting;
    first !== undefined && used + first.bytes <= mostDecodeBytes;
    [first] = waiting
  ) {
    waiting.shift()
    used += first.bytes
    first.begin()
  }
}
