/** @file The sample set: balanced enough to learn from, from two designers, drawn once and all at once. */
import { access, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { samplePictures } from '../../../core/data/sample-pictures.ts'
import { writeSampleSet, type SampleSet } from '../../../core/data/sample-set.ts'

const classes = ['animals', 'faces', 'food', 'people', 'vehicles']

describe('samplePictures', () => {
  it('names no picture twice', () => {
    const names = Object.values(samplePictures).flat()
    expect(new Set(names).size).toBe(names.length)
    expect(Object.keys(samplePictures)).toEqual(classes)
  })
})

describe('writeSampleSet', () => {
  let folder = ''
  let set: SampleSet
  const progress: [number, number][] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sample-set-'))
    set = await writeSampleSet(join(folder, 'sample'), {
      onProgress: (done, total) => progress.push([done, total]),
    })
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('makes five class folders with at least 60 pictures in each half', async () => {
    for (const half of [set.train, set.test]) {
      expect((await readdir(half)).sort()).toEqual(classes)
      for (const name of classes) {
        expect((await readdir(join(half, name))).length).toBeGreaterThanOrEqual(60)
      }
    }
  })

  it('reports every picture', () => {
    const total = progress[0]![1]
    expect(progress.map(([done]) => done)).toEqual(Array.from({ length: total }, (_, index) => index + 1))
  })

  it('writes RGB pictures of 160 x 160 pixels on a light background, with something drawn in the middle', async () => {
    const grounds = new Set<string>()
    for (const half of [set.train, set.test]) {
      for (const name of classes) {
        const [file] = (await readdir(join(half, name))).sort()
        const { data, info } = await sharp(join(half, name, file!))
          .raw()
          .toBuffer({ resolveWithObject: true })
        expect([info.width, info.height, info.channels]).toEqual([160, 160, 3])
        expect(Math.min(data[0]!, data[1]!, data[2]!)).toBeGreaterThanOrEqual(165)
        grounds.add(`${data[0]},${data[1]},${data[2]}`)
        const drawn = data.filter((value, index) => Math.abs(value - data[index % 3]!) > 8)
        expect(drawn.length / data.length).toBeGreaterThan(0.1)
      }
    }
    expect(grounds.size).toBe(10)
  })

  it('draws the two halves from different packages', async () => {
    const [train, test] = await Promise.all(
      [set.train, set.test].map((half) =>
        sharp(join(half, 'animals', 'fox.png'))
          .raw()
          .toBuffer(),
      ),
    )
    const middle = (80 * 160 + 80) * 3
    expect(train!.subarray(middle - 3000, middle + 3000)).not.toEqual(
      test!.subarray(middle - 3000, middle + 3000),
    )
    const notice = await readFile(join(folder, 'sample', 'NOTICE.txt'), 'utf8')
    expect(notice).toContain('@iconify-json/noto')
    expect(notice).toContain('Apache License 2.0')
    expect(notice).toContain('@iconify-json/fluent-emoji-flat')
    expect(notice).toContain('MIT License')
  })

  it('leaves a complete set as it is and nothing beside it', async () => {
    const file = join(set.train, 'food', 'pizza.png')
    await utimes(file, 1000, 1000)
    expect(await writeSampleSet(join(folder, 'sample'))).toEqual(set)
    expect((await stat(file)).mtimeMs).toBe(1_000_000)
    expect(await readdir(folder)).toEqual(['sample'])
  })

  it('redraws a set when a half is gone, with the same bytes', async () => {
    const file = join(set.test, 'faces', 'nerd-face.png')
    const before = await readFile(file)
    await rm(set.test, { recursive: true })
    await writeSampleSet(join(folder, 'sample'))
    expect(await readFile(file)).toEqual(before)
  })

  it('refuses a folder that holds something else and leaves it alone', async () => {
    const other = join(folder, 'photos')
    await mkdir(other)
    await writeFile(join(other, 'mine.jpg'), 'mine')
    await expect(writeSampleSet(other)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await readFile(join(other, 'mine.jpg'), 'utf8')).toBe('mine')
    await rm(other, { recursive: true })
  })

  it('stops on request and leaves nothing behind', async () => {
    const controller = new AbortController()
    const stopped = writeSampleSet(join(folder, 'stopped'), {
      signal: controller.signal,
      onProgress: (done) => {
        if (done === 20) controller.abort()
      },
    })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    await expect(access(join(folder, 'stopped'))).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await readdir(folder)).toEqual(['sample'])
  })
})
