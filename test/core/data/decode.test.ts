import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getuid } from 'node:process'

import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'

import { renderImage } from '../../../core/data/decode.ts'
import { inspectImage } from '../../../core/data/inspect.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { buildBmp } from './bmp-files.ts'
import { decodeFile, reasonOf } from './decode-file.ts'

type Rgb = [number, number, number]

/** A picture whose four quarters differ: red, green / blue, yellow. */
function quarters(width = 32, height = 24): Buffer {
  const colours: readonly Rgb[] = [
    [200, 40, 40],
    [40, 200, 40],
    [40, 40, 200],
    [200, 200, 40],
  ]
  const pixels = Buffer.alloc(width * height * 3)
  for (let index = 0; index < width * height; index++) {
    const right = index % width >= width / 2 ? 1 : 0
    const low = Math.floor(index / width) >= height / 2 ? 2 : 0
    pixels.set(colours[right + low] as Rgb, index * 3)
  }
  return pixels
}

const picture = (): Sharp => sharp(quarters(), { raw: { width: 32, height: 24, channels: 3 } })

async function save(image: Sharp | Uint8Array, name: string): Promise<string> {
  const path = join(temporaryFolder(), name)
  await writeFile(path, image instanceof Uint8Array ? image : await image.toBuffer())
  return path
}

/** The colours in the middle of the four quarters. */
async function quarterColours(path: string): Promise<Rgb[]> {
  const { data, width, height } = await decodeFile(path)
  expect(data).toHaveLength(width * height * 3)
  return [1, 3].flatMap((y) =>
    [1, 3].map((x) => {
      const offset = (Math.floor((y * height) / 4) * width + Math.floor((x * width) / 4)) * 3
      return [...data.subarray(offset, offset + 3)] as Rgb
    }),
  )
}

const greenQuarter: Rgb = [40, 200, 40]
const yellowQuarter: Rgb = [200, 200, 40]
const upright: Rgb[] = [[200, 40, 40], greenQuarter, [40, 40, 200], yellowQuarter]

describe('formats', () => {
  it.each<[string, string, (image: Sharp) => Sharp, number]>([
    ['JPEG', 'a.jpg', (image) => image.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }), 3],
    ['progressive JPEG', 'a.jpg', (image) => image.jpeg({ progressive: true, quality: 95 }), 12],
    ['PNG', 'a.png', (image) => image.png(), 0],
    ['interlaced PNG', 'a.png', (image) => image.png({ progressive: true }), 0],
    ['palette PNG', 'a.png', (image) => image.png({ palette: true, dither: 0 }), 2],
    ['16-bit PNG', 'a.png', (image) => image.toColourspace('rgb16').png(), 0],
    ['16-bit TIFF', 'a.tif', (image) => image.toColourspace('rgb16').tiff({ compression: 'lzw' }), 0],
    ['WebP', 'a.webp', (image) => image.webp({ quality: 95 }), 8],
    ['lossless WebP', 'a.webp', (image) => image.webp({ lossless: true }), 0],
    ['AVIF', 'a.avif', (image) => image.avif({ quality: 90, effort: 0 }), 12],
    ['GIF', 'a.gif', (image) => image.gif({ dither: 0 }), 3],
    ['TIFF, LZW', 'a.tiff', (image) => image.tiff({ compression: 'lzw' }), 0],
    ['TIFF, JPEG inside', 'a.tiff', (image) => image.tiff({ compression: 'jpeg', quality: 95 }), 12],
    ['a PNG named .jpg', 'a.jpg', (image) => image.png(), 0],
  ])('%s', async (_name, file, encode, tolerance) => {
    const colours = await quarterColours(await save(encode(picture()), file))
    expect(colours.flat()).toBeAllclose(upright.flat(), { rtol: 0, atol: tolerance })
  })

  it('CMYK JPEG comes out as the same colours, roughly, since inks cannot show all', async () => {
    const path = await save(picture().toColourspace('cmyk').jpeg({ quality: 95 }), 'a.jpg')
    expect((await sharp(path).metadata()).space).toBe('cmyk')
    expect((await quarterColours(path)).flat()).toBeAllclose(upright.flat(), { rtol: 0, atol: 80 })
  })

  it('grey images have three equal channels', async () => {
    for (const image of [
      picture().greyscale().jpeg(),
      picture().greyscale().png(),
      picture().toColourspace('grey16').png(),
    ]) {
      const [first] = await quarterColours(await save(image, 'a.png'))
      expect(new Set(first).size).toBe(1)
    }
  })

  it('BMP', async () => {
    const path = await save(
      buildBmp({
        width: 2,
        height: -2,
        bits: 24,
        data: [40, 40, 200, 40, 200, 40, 0, 0, 200, 40, 40, 40, 200, 200, 0, 0],
      }),
      'a.bmp',
    )
    expect(await inspectImage(path)).toMatchObject({ format: 'bmp', width: 2, height: 2 })
    expect((await quarterColours(path)).flat()).toEqual(upright.flat())
  })

  it('of animated GIF and WebP, the first frame counts', async () => {
    const later = sharp({ create: { width: 32, height: 24, channels: 3, background: '#000' } })
    const frames = await Promise.all([picture(), later].map((frame) => frame.png().toBuffer()))
    for (const encode of [(s: Sharp) => s.gif({ dither: 0 }), (s: Sharp) => s.webp({ lossless: true })]) {
      const path = await save(encode(sharp(frames, { join: { animated: true } })), 'a.gif')
      expect((await sharp(path).metadata()).pages).toBe(2)
      expect(await inspectImage(path)).toMatchObject({ width: 32, height: 24 })
      expect((await quarterColours(path)).flat()).toBeAllclose(upright.flat(), { rtol: 0, atol: 3 })
    }
  })
})

function glass(): Sharp {
  return sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
}

describe('transparency', () => {
  it.each(['png', 'webp', 'tiff'] as const)(
    '%s is laid on white, or on the colour asked for',
    async (format) => {
      const pink = sharp({
        create: { width: 4, height: 4, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } },
      })
      const path = await save(pink.toFormat(format, { lossless: true, compression: 'lzw' }), `a.${format}`)
      expect([...(await decodeFile(path)).data.subarray(0, 3)]).toBeAllclose([255, 127, 127], {
        rtol: 0,
        atol: 2,
      })
      expect([...(await decodeFile(path, [0, 0, 255])).data.subarray(0, 3)]).toBeAllclose([128, 0, 127], {
        rtol: 0,
        atol: 2,
      })
    },
  )

  it('16-bit, grey and palette images too', async () => {
    for (const image of [
      glass().toColourspace('rgb16').png(),
      glass().toColourspace('b-w').png(),
      glass().gif(),
    ])
      expect([...(await decodeFile(await save(image, 'a.png'))).data.subarray(0, 3)]).toEqual([255, 255, 255])
  })
})

describe('EXIF orientation', () => {
  // How the picture must be stored for the tag to turn it upright: turned by degrees, then mirrored.
  it.each([
    [1, 0, false],
    [2, 0, true],
    [3, 180, false],
    [4, 180, true],
    [5, 90, true],
    [6, 270, false],
    [7, 270, true],
    [8, 90, false],
  ])('%i comes out upright', async (orientation, degrees, mirrored) => {
    const turned = await sharp(await picture().png().toBuffer())
      .rotate(degrees)
      .png()
      .toBuffer()
    const stored = sharp(turned).flop(mirrored).withMetadata({ orientation })
    const path = await save(stored.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }), 'a.jpg')
    expect((await sharp(path).metadata()).orientation).toBe(orientation)
    expect(await inspectImage(path)).toMatchObject({ format: 'jpeg', width: 32, height: 24 })
    expect((await quarterColours(path)).flat()).toBeAllclose(upright.flat(), { rtol: 0, atol: 4 })
  })

  it('a crop is taken from the upright image, then resized, then mirrored', async () => {
    const turned = await sharp(await picture().png().toBuffer())
      .rotate(270)
      .png()
      .toBuffer()
    const path = await save(sharp(turned).withMetadata({ orientation: 6 }).png(), 'a.png')
    const crop = { left: 16, top: 0, width: 16, height: 24 }
    const geometry = { background: [255, 255, 255] as const, crop, size: { width: 4, height: 6 } }
    const { data, width, height } = await renderImage(path, await inspectImage(path), geometry)
    expect([width, height]).toEqual([4, 6])
    expect([...data.subarray(0, 3), ...data.subarray(-3)]).toEqual([...greenQuarter, ...yellowQuarter])
    const whole = await renderImage(path, await inspectImage(path), {
      background: [255, 255, 255],
      mirror: true,
    })
    expect([...whole.data.subarray(0, 3)]).toEqual(greenQuarter)
  })
})

describe('refusals', () => {
  it('name the reason', async () => {
    const folder = temporaryFolder()
    await mkdir(join(folder, 'x.png'))
    expect(await reasonOf(join(folder, 'x.png'))).toBe('A folder, not a file.')
    expect(await reasonOf(join(folder, 'nowhere.png'))).toBe('The file is no longer there.')
    expect(await reasonOf(await save(Buffer.from(''), 'a.jpg'))).toBe('The file is empty (0 bytes).')
  })

  it('name the size of what is too large, also for bitmaps', async () => {
    const bmp = buildBmp({ width: 60_000, height: 5000, bits: 1, data: [] })
    expect(await reasonOf(await save(bmp, 'a.bmp'))).toMatch(/60000 × 5000 pixels, the limit is 256 million/)
  })

  it('carry path and reason for programs', async () => {
    const path = await save(Buffer.from('text'), 'a.jpg')
    await expect(decodeFile(path)).rejects.toMatchObject({
      code: 'unsupported',
      message: `${path}: A text file, not an image.`,
      details: { path, reason: 'A text file, not an image.' },
    })
  })

  it.skipIf(getuid?.() === 0)('a file that may not be read (not as root, who may)', async () => {
    const path = await save(picture().png(), 'a.png')
    await chmod(path, 0)
    expect(await reasonOf(path)).toBe('Permission to read it is denied.')
  })
})
