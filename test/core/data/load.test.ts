import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { openCache } from '../../../core/data/cache.ts'
import { inspectImage } from '../../../core/data/inspect.ts'
import { statFile } from '../../../core/data/regular-file.ts'
import type { ImageInfo } from '../../../core/data/image.ts'
import {
  loadFile,
  loadForEvaluation,
  loadForTraining,
  smallerSize,
  type CheckedImage,
  type LoadOptions,
} from '../../../core/data/load.ts'
import { augmentations } from '../../../core/data/augmentation.ts'
import { frameAs } from '../../../core/data/preprocess.ts'
import { createRandom, forkRandom, integer } from '../../../core/tensor/random.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { buildBmp } from './bmp-files.ts'

const preprocessing = frameAs(
  'squash',
  { height: 32, width: 48 },
  { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
)

/** A folder with a photo of this size that has detail everywhere. */
async function photo(width: number, height: number): Promise<LoadOptions & { image: CheckedImage }> {
  const root = temporaryFolder()
  const random = createRandom(5)
  const coarse = Uint8Array.from({ length: 60 * 40 * 3 }, () => integer(random, 256))
  const pixels = sharp(coarse, { raw: { width: 60, height: 40, channels: 3 } }).resize(width, height, {
    fit: 'fill',
  })
  await pixels.jpeg().toFile(join(root, 'photo.jpg'))
  return { root, preprocessing, image: await describeImage(root, 'photo.jpg') }
}

async function describeImage(root: string, path: string): Promise<CheckedImage> {
  const full = join(root, path)
  return { path, label: 0, ...(await inspectImage(full)), ...(await statFile(full)) }
}

async function storedFiles(directory: string): Promise<string[]> {
  const names = await readdir(join(directory, 'images'), { recursive: true })
  return names.filter((name) => name.includes('/')).map((name) => join(directory, 'images', name))
}

function info(width: number, height: number, format: 'jpeg' | 'bmp' = 'jpeg'): ImageInfo {
  return { width, height, format }
}

describe('smallerSize', () => {
  it('is twice the longer side of the input, for images half as large again and for all bitmaps', () => {
    expect(smallerSize(info(4000, 3000), preprocessing)).toEqual({ width: 128, height: 96 })
    expect(smallerSize(info(200, 144), preprocessing)).toEqual({ width: 133, height: 96 })
    expect(smallerSize(info(200, 143), preprocessing)).toBeUndefined()
    expect(smallerSize(info(20, 14, 'bmp'), preprocessing)).toEqual({ width: 20, height: 14 })
  })
})

describe('evaluation pixels', () => {
  it.each([
    [100, 80],
    [900, 600],
  ])('of %i × %i are those of the original file, with the cache or without', async (width, height) => {
    const { image, ...options } = await photo(width, height)
    const directory = temporaryFolder()
    const cache = await openCache(directory)
    const expected = (await loadFile(join(options.root, image.path), preprocessing)).data
    expect(expected).toHaveLength(32 * 48 * 3)
    const without = await loadForEvaluation(image, options)
    const first = await loadForEvaluation(image, { ...options, cache })
    const second = await loadForEvaluation(image, { ...options, cache })
    for (const { data } of [without, first, second]) expect(data.equals(expected)).toBe(true)
    expect(await storedFiles(directory)).toHaveLength(width > 144 ? 1 : 0)
  })

  it('are the pixels of training without augmentation, and mirrored with flip', async () => {
    const { image, ...options } = await photo(900, 600)
    const plain = (await loadForEvaluation(image, options)).data
    const none = await loadForTraining(image, augmentations.none, createRandom(1), options)
    expect(none.data.equals(plain)).toBe(true)
    const flipped = await loadForTraining(image, { ...augmentations.none, flip: 1 }, createRandom(1), options)
    const expected = Array.from(plain, (_, index) => {
      const [row, column, channel] = [Math.floor(index / 144), Math.floor(index / 3) % 48, index % 3]
      return plain[(row * 48 + 47 - column) * 3 + channel]
    })
    expect([...flipped.data]).toEqual(expected)
  })
})

describe('training pixels', () => {
  it.each([
    [100, 80, 'standard'],
    [900, 600, 'standard'],
    [900, 600, 'stronger'],
  ] as const)(
    'of %i × %i, %s, depend on the random state alone, not on the cache',
    async (width, height, name) => {
      const { image, ...options } = await photo(width, height)
      const cache = await openCache(temporaryFolder())
      for (const seed of [1, 2, 3]) {
        const load = async (more: Partial<LoadOptions>): Promise<Buffer> =>
          (await loadForTraining(image, augmentations[name], forkRandom(seed), { ...options, ...more })).data
        const expected = await load({})
        expect(expected).toHaveLength(32 * 48 * 3)
        expect((await load({ cache })).equals(expected)).toBe(true)
        expect((await load({ cache })).equals(expected)).toBe(true)
      }
      const other = await loadForTraining(image, augmentations.standard, forkRandom(9), options)
      const one = await loadForTraining(image, augmentations.standard, forkRandom(1), options)
      expect(other.data.equals(one.data)).toBe(false)
    },
  )

  it('of a big photo come from one small stored file, without opening the photo again', async () => {
    const { image, ...options } = await photo(900, 600)
    const directory = temporaryFolder()
    const cache = await openCache(directory)
    await loadForTraining(image, augmentations.standard, createRandom(1), { ...options, cache })
    const [stored] = await storedFiles(directory)
    expect(await inspectImage(stored ?? '')).toMatchObject({ format: 'jpeg', width: 144, height: 96 })
    await rm(join(options.root, image.path))
    const { data } = await loadForTraining(image, augmentations.standard, createRandom(2), {
      ...options,
      cache,
    })
    expect(data).toHaveLength(32 * 48 * 3)
  })

  it('of a replaced photo are never kept as those of the one that was checked', async () => {
    const { image, ...options } = await photo(900, 600)
    const path = join(options.root, image.path)
    const [original, { atime, mtime }] = [await readFile(path), await stat(path)]
    const load = async (more: Partial<LoadOptions>): Promise<Buffer[]> => {
      const seen = { ...options, ...more }
      const cropped = await loadForTraining(image, augmentations.standard, createRandom(1), seen)
      return [cropped.data, (await loadForEvaluation(image, seen)).data]
    }
    const expected = await load({})
    const cache = await openCache(temporaryFolder())
    await writeFile(path, await sharp(original).negate().jpeg().toBuffer())
    expect(await load({ cache })).not.toEqual(expected)
    await writeFile(path, original)
    await utimes(path, atime, mtime)
    expect(await load({ cache })).toEqual(expected)
    expect(await load({ cache })).toEqual(expected)
  })

  it('survive a damaged or vanished cache', async () => {
    const { image, ...options } = await photo(900, 600)
    const directory = temporaryFolder()
    const cache = await openCache(directory)
    const load = async (): Promise<Buffer> =>
      (await loadForTraining(image, augmentations.standard, createRandom(1), { ...options, cache })).data
    const expected = await load()
    const [stored] = (await storedFiles(directory)) as [string]
    const { length } = await readFile(stored)
    await truncate(stored, Math.floor(length / 2))
    expect((await load()).equals(expected)).toBe(true)
    expect(await readFile(stored)).toHaveLength(length)
    await rm(directory, { recursive: true })
    expect((await load()).equals(expected)).toBe(true)
  })
})

describe('bitmaps', () => {
  it('give the same pixels whether stored or not, in evaluation and in training', async () => {
    const root = temporaryFolder()
    const data = Array.from({ length: 40 * 30 * 3 }, (_, index) => (index * 37) % 256)
    await writeFile(join(root, 'a.bmp'), buildBmp({ width: 40, height: 30, bits: 24, data }))
    const image = await describeImage(root, 'a.bmp')
    const cache = await openCache(temporaryFolder())
    const plain = (await loadFile(join(root, 'a.bmp'), preprocessing)).data
    const crop = (
      await loadForTraining(image, augmentations.standard, createRandom(1), { root, preprocessing })
    ).data
    for (let round = 0; round < 2; round++) {
      const options = { root, preprocessing, cache }
      expect((await loadForEvaluation(image, options)).data.equals(plain)).toBe(true)
      const again = await loadForTraining(image, augmentations.standard, createRandom(1), options)
      expect(again.data.equals(crop)).toBe(true)
    }
  })
})

describe('whole images in another framing', () => {
  const framed = (framing: 'crop' | 'letterbox', mean: number): LoadOptions['preprocessing'] =>
    frameAs(framing, { height: 32, width: 32 }, { mean: [mean, mean, mean], std: [1, 1, 1] })

  it.each(['crop', 'letterbox'] as const)(
    '%s: training without a crop sees what evaluation sees',
    async (framing) => {
      const { image, ...rest } = await photo(90, 30)
      const options = { ...rest, preprocessing: framed(framing, 0.5) }
      const { data } = await loadForEvaluation(image, options)
      const plain = await loadForTraining(image, augmentations.none, createRandom(1), options)
      expect(plain.data.equals(data)).toBe(true)
    },
  )

  it.each(['crop', 'letterbox'] as const)(
    '%s: a gentle crop is a part of the framed image',
    async (framing) => {
      const { image, ...rest } = await photo(90, 30)
      const options = { ...rest, preprocessing: framed(framing, 0.5) }
      const larger = frameAs(framing, { height: 36, width: 36 }, { mean: [0.5, 0.5, 0.5], std: [1, 1, 1] })
      const whole = await loadForEvaluation(image, { ...options, preprocessing: larger })
      const gentle = { ...augmentations.gentle, flip: 0 }
      const places = new Set<number>()
      for (let seed = 0; seed < 12; seed++) {
        const { data } = await loadForTraining(image, gentle, createRandom(seed), options)
        const place = Array.from({ length: 25 }, (_, i) => i).find((i) => {
          const [top, left] = [Math.floor(i / 5), i % 5]
          return Array.from({ length: 32 }, (__, row) => row).every((row) => {
            const from = 3 * ((top + row) * 36 + left)
            return data.subarray(96 * row, 96 * (row + 1)).equals(whole.data.subarray(from, from + 96))
          })
        })
        expect(place).toBeDefined()
        places.add(place!)
      }
      expect(places.size).toBeGreaterThan(5)
    },
  )

  it('have bars of their model’s own colour, also from a cache that another model has filled', async () => {
    const { image, ...rest } = await photo(900, 300)
    const cache = await openCache(temporaryFolder())
    const cornerOf = async (mean: number): Promise<number | undefined> =>
      (await loadForEvaluation(image, { ...rest, cache, preprocessing: framed('letterbox', mean) })).data[0]
    expect([await cornerOf(0.2), await cornerOf(0.8), await cornerOf(0.2)]).toEqual([51, 204, 51])
  })
})
