import { readFileSync } from 'node:fs'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Augmentation, augmentations } from '../../../core/data/augmentation.ts'
import { loadFile } from '../../../core/data/load.ts'
import { Preprocessing, sampleCrop, frameAs, trainingGeometry } from '../../../core/data/preprocess.ts'
import { createRandom } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { readGoldenImages } from '../../support/golden.ts'
import { sharedFile, sharedFolder, withoutShared } from '../../support/shared.ts'

const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const
const sides = fc.integer({ min: 1, max: 3000 })

describe('descriptions', () => {
  it('are plain data that survive being written down', () => {
    const preprocessing = frameAs('squash', { height: 224, width: 160 }, imagenet)
    expect(Preprocessing.parse(JSON.parse(JSON.stringify(preprocessing)))).toEqual(preprocessing)
    for (const augmentation of Object.values(augmentations))
      expect(Augmentation.parse(JSON.parse(JSON.stringify(augmentation)))).toEqual(augmentation)
  })

  it('refuse what is not meant', () => {
    const preprocessing = frameAs('squash', { height: 224, width: 224 }, imagenet)
    expect(Preprocessing.safeParse({ ...preprocessing, kernel: 'nearest' }).success).toBe(false)
    expect(Preprocessing.safeParse({ ...preprocessing, crop: 0.9 }).success).toBe(false)
    expect(Augmentation.safeParse({ crop: null, flip: 2 }).success).toBe(false)
  })
})

/** Mean share of a square's area: for aspect a, heights uniform from √(0.05/a) to min(1, √(1/a), 1/a) of its side. */
function expectedArea(): number {
  const means = Array.from({ length: 1000 }, (_, index) => {
    const aspect = 0.75 + (0.58 * (index + 0.5)) / 1000
    const [low, high] = [Math.sqrt(0.05 / aspect), Math.min(1, 1 / aspect)]
    return (aspect * (low * low + low * high + high * high)) / 3
  })
  return means.reduce((sum, mean) => sum + mean, 0) / means.length
}

describe('sampleCrop', () => {
  const crop = augmentations.standard.crop

  it('is inside the image and, unless it is the whole, within area and aspect', () => {
    fc.assert(
      fc.property(sides, sides, fc.integer(), (width, height, seed) => {
        const found = sampleCrop({ width, height }, crop, createRandom(seed))
        expect(found.left >= 0 && found.left + found.width <= width).toBe(true)
        expect(found.top >= 0 && found.top + found.height <= height).toBe(true)
        if (found.width === width && found.height === height) return
        const area = (found.width * found.height) / (width * height)
        expect(area).toBeGreaterThan(0.0499)
        expect(area).toBeLessThan(1.0011)
        // Half a pixel of rounding on the width.
        expect(found.width).toBeGreaterThanOrEqual(Math.floor(0.75 * found.height))
        expect(found.width).toBeLessThanOrEqual(Math.ceil(1.33 * found.height))
      }),
    )
  })

  it('takes the whole image when it is too narrow for any aspect', () => {
    expect(sampleCrop({ width: 2000, height: 10 }, crop, createRandom(1))).toEqual({
      left: 0,
      top: 0,
      width: 2000,
      height: 10,
    })
  })

  it('covers the range: heights are uniform between the smallest and the largest', () => {
    const random = createRandom(3)
    const draws = Array.from({ length: 4000 }, () => sampleCrop({ width: 400, height: 400 }, crop, random))
    const areas = draws.map(({ width, height }) => (width * height) / 160_000)
    expect(Math.min(...areas)).toBeLessThan(0.06)
    expect(Math.max(...areas)).toBeGreaterThan(0.9)
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length
    expect([mean]).toBeAllclose([expectedArea()], { rtol: 0, atol: 0.015 })
    const reachesEdge = draws.some(({ left, width }) => left + width === 400)
    expect(reachesEdge && draws.some(({ left }) => left === 0)).toBe(true)
  })
})

describe('the gentle crop', () => {
  it('keeps 1/1.14 of each side, anywhere in the image', () => {
    const random = createRandom(4)
    const draws = Array.from({ length: 300 }, () =>
      sampleCrop({ width: 228, height: 114 }, augmentations.gentle.crop, random),
    )
    expect(draws.every(({ width, height }) => width === 200 && height === 100)).toBe(true)
    expect(new Set(draws.map(({ left }) => left)).size).toBe(29)
    expect(Math.max(...draws.map(({ top }) => top))).toBe(14)
  })

  it('is possible on the smallest image', () => {
    const whole = sampleCrop({ width: 1, height: 1 }, augmentations.gentle.crop, createRandom(1))
    expect(whole).toEqual({ left: 0, top: 0, width: 1, height: 1 })
  })
})

describe('trainingGeometry', () => {
  it('mirrors about half of the images with flip, none without, and crops only in standard', () => {
    const preprocessing = frameAs('squash', { height: 32, width: 32 }, imagenet)
    const size = { width: 100, height: 80 }
    const draw = (name: keyof typeof augmentations) =>
      Array.from({ length: 1000 }, (_, seed) =>
        trainingGeometry(size, preprocessing, augmentations[name], createRandom(seed)),
      )
    const mirrored = draw('flip').filter(({ mirror }) => mirror === true).length
    expect(mirrored).toBeGreaterThan(440)
    expect(mirrored).toBeLessThan(560)
    expect(draw('flip').every(({ crop }) => crop === undefined)).toBe(true)
    expect(draw('none').every(({ mirror }) => mirror === false)).toBe(true)
    expect(draw('standard').every(({ crop }) => crop !== undefined)).toBe(true)
  })
})

describe.skipIf(sharedFolder === null)(`against Pillow's bilinear resize${withoutShared}`, () => {
  it.each([
    [224, 16],
    [160, 8],
    [288, 8],
  ])('at %i px the pixels agree to 0.3 levels on average', async (resolution, count) => {
    const { files } = JSON.parse(readFileSync(sharedFile('golden/deit-tiny.json'), 'utf8')) as {
      files: string[]
    }
    const expected = readGoldenImages(resolution, count).pixels
    const preprocessing = frameAs('squash', { height: resolution, width: resolution }, imagenet)
    const loaded = files
      .slice(0, count)
      .map((file) => loadFile(sharedFile(`data/flowers5/test/${file}`), preprocessing))
    const pixels = Buffer.concat((await Promise.all(loaded)).map(({ data }) => data))
    expect(pixels).toHaveLength(expected.length)
    const differences = pixels.map((value, index) => Math.abs(value - at(expected, index)))
    // Measured: 0.17, 0.26 and 0.15 levels on average, 10, 9 and 5 at most.
    expect(differences.reduce((sum, difference) => sum + difference, 0) / pixels.length).toBeLessThan(0.3)
    expect(differences.reduce((a, b) => Math.max(a, b), 0)).toBeLessThan(16)
  })
})
