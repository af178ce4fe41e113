/** @file How whole images meet a model's size, against the image processors of transformers and the transforms of timm. */
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { imageOverFrame, planFraming } from '../../../core/data/framing.ts'
import { loadFile } from '../../../core/data/load.ts'
import { frameAs, frameTo } from '../../../core/data/preprocess.ts'
import type { Framing } from '../../../core/vit/config.ts'
import { temporaryFolder } from '../../support/temporary.ts'

interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: string
}

interface Golden {
  readonly mean: readonly [number, number, number]
  readonly resolution: number
  readonly pictures: Readonly<Record<string, Picture>>
  readonly cases: readonly {
    readonly name: string
    readonly picture: string
    readonly framing: Framing
    readonly pixels: string
  }[]
}

const path = join(import.meta.dirname, '../../golden/framing/golden.json')
const { mean, resolution, pictures, cases } = JSON.parse(readFileSync(path, 'utf8')) as Golden
const side = { width: resolution, height: resolution }

async function pictureFile({ width, height, pixels }: Picture): Promise<string> {
  const file = join(temporaryFolder(), 'picture.png')
  const image = sharp(Buffer.from(pixels, 'base64'), { raw: { width, height, channels: 3 } })
  await writeFile(file, await image.png().toBuffer())
  return file
}

describe('pixels', () => {
  it.each(cases)('of $name for the $picture picture', async ({ picture, framing, pixels }) => {
    const preprocessing = frameTo(side, { mean, std: [1, 1, 1] }, framing)
    const { data, ...size } = await loadFile(await pictureFile(pictures[picture]!), preprocessing)
    expect(size).toEqual(side)
    const differences = Array.from(Buffer.from(pixels, 'base64'), (value, i) => Math.abs(value - data[i]!))
    const total = differences.reduce((sum, one) => sum + one, 0)
    // Enlarging is exact. Where an axis shrinks, the decoder rounds otherwise than Pillow does.
    const [mostMean, most] = picture === 'small' ? [0.05, 1] : [1, 8]
    expect(total / differences.length).toBeLessThanOrEqual(mostMean)
    expect(Math.max(...differences)).toBeLessThanOrEqual(most)
  })
})

interface PillowGolden extends Pick<Golden, 'mean' | 'resolution' | 'pictures'> {
  readonly cases: readonly {
    readonly name: 'crop' | 'letterbox'
    readonly picture: string
    readonly pixels: string
  }[]
}

const pillow = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../golden/framing/pillow.json'), 'utf8'),
) as PillowGolden

it.each(pillow.cases)(
  'a training’s $name of the $picture picture is Pillow’s',
  async ({ name, picture, pixels }) => {
    const size = { width: pillow.resolution, height: pillow.resolution }
    const preprocessing = frameAs(name, size, { mean: pillow.mean, std: [1, 1, 1] })
    const { data } = await loadFile(await pictureFile(pillow.pictures[picture]!), preprocessing)
    const differences = Array.from(Buffer.from(pixels, 'base64'), (value, i) => Math.abs(value - data[i]!))
    // Enlarging is exact. Where an axis shrinks, the decoder rounds otherwise than Pillow does.
    const [mostMean, most] = picture === 'small' ? [0.05, 1] : [1, 8]
    expect(differences.reduce((sum, one) => sum + one, 0) / differences.length).toBeLessThanOrEqual(mostMean)
    expect(Math.max(...differences)).toBeLessThanOrEqual(most)
  },
)

describe('planFraming', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 20_000 }),
    height: fc.integer({ min: 1, max: 20_000 }),
  })

  it('covers the size, whatever the shape, with a bounded number of pixels', () => {
    fc.assert(
      fc.property(sizes, (image) => {
        const { size } = planFraming(image, side, { resize: { cover: side } })
        expect(Math.min(size.width, size.height)).toBe(resolution)
        expect(size.width * size.height).toBeLessThanOrEqual(17 * resolution ** 2)
      }),
    )
  })

  it('keeps a letterboxed image whole and inside', () => {
    fc.assert(
      fc.property(sizes, (image) => {
        const { size } = planFraming(image, side, { resize: 'letterbox' })
        expect(Math.max(size.width, size.height)).toBe(resolution)
        expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})

it('says where an image lies over what is read of it', () => {
  const image = { width: 200, height: 100 }
  const over = (framing: Pick<Framing, 'resize'>) => imageOverFrame(image, planFraming(image, side, framing))
  expect(over({ resize: 'squash' })).toEqual({ left: 0, top: 0, width: 1, height: 1 })
  expect(over({ resize: 'letterbox' })).toEqual({ left: 0, top: 0.25, width: 1, height: 0.5 })
  expect(over({ resize: { cover: side } })).toEqual({ left: -0.5, top: 0, width: 2, height: 1 })
  const squash = { width: 36, height: 48 }
  expect(over({ resize: { squash } })).toEqual({ left: -0.25, top: -0.5, width: 1.5, height: 2 })
})
