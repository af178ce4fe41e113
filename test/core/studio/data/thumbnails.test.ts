/** @file A dropped image as a picture that every browser shows. */
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { createThumbnails } from '../../../../core/studio/data/thumbnails.ts'
import { readGoldenHeic } from '../../../support/golden-heic.ts'

const never = new AbortController().signal
const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('vit-studio-images-'))

describe('the preview of a dropped file', () => {
  it.each(readGoldenHeic().map((one) => [one.name, one] as const))(
    'is a JPEG of what a HEIC shows: %s',
    async (_, { bytes, width, height, pixels }) => {
      const jpeg = await createThumbnails().preview({ bytes, size: Math.max(width, height, 16) }, never)
      const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true })
      expect(info).toMatchObject({ width, height, channels: 3 })
      const off = data.reduce((sum, value, index) => sum + Math.abs(value - (pixels[index] ?? 0)), 0)
      expect(off / data.length).toBeLessThan(8)
    },
  )

  it('is no larger than asked for, and leaves no file behind', async () => {
    const before = left()
    const bytes = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#b8332b' } })
      .tiff()
      .toBuffer()
    const jpeg = await createThumbnails().preview({ bytes, size: 30 }, never)
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 30, height: 20 })
    const torn = createThumbnails().preview({ bytes: Buffer.from('half a picture'), size: 30 }, never)
    await expect(torn).rejects.toMatchObject({ code: 'unsupported' })
    expect(left().filter((name) => !before.includes(name))).toEqual([])
  })
})
