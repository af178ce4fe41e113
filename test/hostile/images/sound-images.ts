/** @file Small sound images of every kind that is read: what hostile ones are made from. */
import sharp from 'sharp'

import { readGoldenHeic } from '../../support/golden-heic.ts'
import { buildBmp } from '../../core/data/bmp-files.ts'
import { createRandom, integer } from '../../../core/tensor/random.ts'

/** A file as it lies on a disk. */
export interface ImageFile {
  /** Ends as files of its kind do. */
  readonly name: string
  readonly bytes: Buffer
}

const [width, height] = [48, 36]

/** One of each kind, the same every time. */
export async function soundImages(): Promise<ImageFile[]> {
  const random = createRandom(11)
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, () => integer(random, 256)))
  const image = sharp(pixels, { raw: { width, height, channels: 3 } })
  const frames = await Promise.all(
    [image.clone(), image.clone().negate()].map(async (frame) => frame.png().toBuffer()),
  )
  const moving = sharp(frames, { join: { animated: true } })
  const encoded: Readonly<Record<string, Promise<Buffer>>> = {
    'plain.jpg': image.clone().jpeg().toBuffer(),
    'progressive.jpg': image.clone().jpeg({ progressive: true }).toBuffer(),
    'inks.jpg': image.clone().toColourspace('cmyk').jpeg().toBuffer(),
    'turned.jpg': image.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'plain.png': image.clone().png().toBuffer(),
    'interlaced.png': image.clone().png({ progressive: true }).toBuffer(),
    'palette.png': image.clone().png({ palette: true }).toBuffer(),
    'deep.png': image.clone().toColourspace('rgb16').png().toBuffer(),
    'moving.gif': moving.clone().gif().toBuffer(),
    'moving.webp': moving.clone().webp().toBuffer(),
    'lossless.webp': image.clone().webp({ lossless: true }).toBuffer(),
    'plain.avif': image.clone().avif({ effort: 0 }).toBuffer(),
    'lzw.tif': image.clone().tiff({ compression: 'lzw' }).toBuffer(),
    'tiles.tif': image.clone().tiff({ compression: 'deflate', tile: true }).toBuffer(),
    'jpeg.tif': image.clone().tiff({ compression: 'jpeg' }).toBuffer(),
    'fax.tif': image
      .clone()
      .greyscale()
      .threshold()
      .toColourspace('b-w')
      .tiff({ compression: 'ccittfax4', bitdepth: 1 })
      .toBuffer(),
  }
  const data = [...pixels]
  const runs = [0, 1, 2].flatMap((row) => [width, row, 0, 0])
  const own = {
    'plain.bmp': buildBmp({ width, height, bits: 24, data }),
    'runs.bmp': buildBmp({ width, height: 3, bits: 8, compression: 1, data: [...runs, 0, 1] }),
    'plain.ppm': Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels]),
    'numbers.pgm': Buffer.from(`P2\n4 3\n255\n${data.slice(0, 12).join(' ')}\n`),
  }
  const phone = readGoldenHeic().filter(({ name }) =>
    ['plain.heic', 'tiled.heic', 'deep.heic'].includes(name),
  )
  const made = Object.entries(encoded).map(async ([name, bytes]) => ({ name, bytes: await bytes }))
  return [
    ...(await Promise.all(made)),
    ...Object.entries(own).map(([name, bytes]) => ({ name, bytes })),
    ...phone,
  ]
}
