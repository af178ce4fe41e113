/** @file Resizing against Pillow's BILINEAR: up, down and both at once, whole pictures and parts of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { renderImage } from '../../../core/data/decode.ts'
import type { Rectangle, RgbImage, Size } from '../../../core/data/image.ts'
import { enlarge } from '../../../core/data/enlarge.ts'

interface Case {
  readonly crop: Rectangle
  readonly size: Size
  readonly pixels: string
}

interface Golden {
  readonly width: number
  readonly height: number
  readonly pixels: string
  readonly cases: readonly Case[]
}

const path = join(import.meta.dirname, '../../golden/resize/golden.json')
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden
const { width, height } = golden
const picture: RgbImage = { width, height, data: Buffer.from(golden.pixels, 'base64') }
const grows = ({ crop, size }: Case): boolean => size.width >= crop.width && size.height >= crop.height
const info = { width, height, format: 'png' } as const
const background = [255, 255, 255] as const

async function pictureFile(): Promise<Buffer> {
  return sharp(picture.data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

async function differences({ crop, size, pixels }: Case): Promise<number[]> {
  const { data, ...found } = await renderImage(await pictureFile(), info, { background, crop, size })
  expect(found).toEqual(size)
  const wanted = Buffer.from(pixels, 'base64')
  expect(data).toHaveLength(wanted.length)
  return Array.from(wanted, (value, place) => Math.abs(value - (data[place] ?? -256)))
}

describe("a picture that Pillow's BILINEAR enlarges", () => {
  it.each(golden.cases.filter(grows))('from $crop to $size is the same in every byte', async (one) => {
    expect(Math.max(...(await differences(one)))).toBe(0)
  })

  it('is mirrored afterwards', async () => {
    const [one] = golden.cases.filter(grows) as [Case]
    const { data } = await renderImage(await pictureFile(), info, {
      background,
      crop: one.crop,
      size: one.size,
      mirror: true,
    })
    const wanted = sharp(Buffer.from(one.pixels, 'base64'), { raw: { ...one.size, channels: 3 } }).flop()
    expect(data.equals(await wanted.raw().toBuffer())).toBe(true)
  })

  it('is itself where nothing grows', () => {
    expect(enlarge(picture, picture)).toEqual(picture)
  })
})

describe('a picture of which a side shrinks', () => {
  it.each(golden.cases.filter((one) => !grows(one)))(
    'from $crop to $size is the same to a level on average',
    async (one) => {
      const found = await differences(one)
      const mean = found.reduce((sum, value) => sum + value, 0) / found.length
      // Measured: at most 0.5 on average. Single pixels of noise are the hardest: 16 levels.
      expect(mean).toBeLessThan(1)
      expect(Math.max(...found)).toBeLessThan(20)
    },
  )
})
