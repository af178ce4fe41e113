/** @file Images that look alike: found after scaling and resaving, without false pairs, and grouped within bounds. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import * as fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { checkData } from '../../../core/data/check.ts'
import {
  findNearCopies,
  groupNearCopies,
  thumbnailOf,
  thumbnailSource,
} from '../../../core/data/near-copies.ts'
import { splitImages } from '../../../core/data/split.ts'
import { createRandom, integer } from '../../../core/tensor/random.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { writeFiles } from './folders.ts'

const { width, height } = thumbnailSource
const thumbnails = fc
  .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
  .map(thumbnailOf)

describe('thumbnailOf', () => {
  it('is the mean colour of each cell of 2 × 2 pixels', () => {
    const pixels = new Uint8Array(3 * width * height)
    // The second cell of the first row: 10, 20, 30 and 40 in green.
    for (const [index, value] of [10, 20, 30, 40].entries()) {
      const [x, y] = [2 + (index % 2), Math.floor(index / 2)]
      pixels[3 * (y * width + x) + 1] = value
    }
    const thumbnail = thumbnailOf(pixels)
    expect(thumbnail).toHaveLength(9 * 8 * 3)
    expect([...thumbnail.subarray(0, 9)]).toEqual([0, 0, 0, 0, 25, 0, 0, 0, 0])
  })
})

describe('findNearCopies', () => {
  it('finds the same thumbnail whatever is between, and no exact copies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(thumbnails, { minLength: 2, maxLength: 20 }), async (all) => {
        const own = all.map((thumbnail, image) => ({ image, thumbnail, content: `${image}` }))
        const again = own.map((seen) => ({
          ...seen,
          image: seen.image + 100,
          content: `${seen.image} again`,
        }))
        const found = await findNearCopies(own, again)
        for (const { first, second } of found.across) {
          expect([...(all[first] ?? [])]).toEqual([...(all[second - 100] ?? [])])
        }
        expect(found.across).toHaveLength(all.length)
        const copies = own.map((seen) => ({ ...seen, image: seen.image + 100 }))
        const distinct = new Set(all.map(String)).size === all.length
        if (distinct) expect((await findNearCopies(own, copies)).across).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('finds no likeness among images of noise', async () => {
    const random = createRandom(7)
    const own = Array.from({ length: 400 }, (_, image) => ({
      image,
      thumbnail: Uint8Array.from({ length: 9 * 8 * 3 }, () => integer(random, 256)),
    }))
    expect((await findNearCopies(own, [])).within).toEqual([])
  })

  it('takes time in proportion to the images, also where all are alike', async () => {
    const random = createRandom(1)
    const alike = Uint8Array.from({ length: 9 * 8 * 3 }, () => integer(random, 200))
    const own = Array.from({ length: 10_000 }, (_, image) => ({
      image,
      thumbnail: alike.map((value) => value + integer(random, 3)),
    }))
    const { within } = await findNearCopies(own, [])
    expect(within).toHaveLength(9999)
  })

  it('stops on request', async () => {
    const own = [{ image: 0, thumbnail: new Uint8Array(9 * 8 * 3) }]
    await expect(findNearCopies(own, [], AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('groupNearCopies', () => {
  it('joins what hangs together, and never more than it may', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 12 }), (count, most) => {
        const chain = Array.from({ length: count - 1 }, (_, index) => ({ first: index, second: index + 1 }))
        const groups = groupNearCopies(chain, () => most)
        const sizes = new Map<number, number>()
        for (const name of groups.values()) sizes.set(name, (sizes.get(name) ?? 0) + 1)
        expect(Math.max(...sizes.values())).toBe(Math.min(count, most))
      }),
    )
  })
})

/** Distinct pictures, some of them repeated in another size. */
async function writePictures(root: string, again: Readonly<Record<string, string>>): Promise<void> {
  await writeFiles(
    root,
    ['a/', 'b/'].map((folder) => `${folder}x.txt`),
  )
  for (let index = 0; index < 24; index++) {
    const random = createRandom(index)
    const cells = Buffer.from(Array.from({ length: 3 * 48 }, () => integer(random, 256)))
    const picture = sharp(cells, { raw: { width: 8, height: 6, channels: 3 } })
    const name = `${index < 12 ? 'a' : 'b'}/${index}.png`
    await picture.resize(320, 240, { kernel: 'cubic' }).png().toFile(join(root, name))
  }
  for (const [to, from] of Object.entries(again)) {
    const bytes = await readFile(join(root, from))
    await sharp(bytes).resize(150, 112).jpeg({ quality: 60 }).toFile(join(root, to))
  }
}

describe('a check', () => {
  it('names images that were saved again, across classes too, and keeps those of a class together', async () => {
    const root = temporaryFolder()
    await writePictures(root, {
      'a/again.jpg': 'a/3.png',
      'a/once-more.jpg': 'a/7.png',
      'b/stray.jpg': 'a/5.png',
    })
    const { findings, images } = await checkData(root, { cacheDirectory: temporaryFolder() })
    const pairsOf = (kind: string): string[][] =>
      findings.flatMap((finding) =>
        finding.kind === kind && 'pairs' in finding
          ? finding.pairs.map(({ first, second }) => [first.path, second.path].sort())
          : [],
      )
    expect(pairsOf('nearCopies')).toEqual([
      ['a/3.png', 'a/again.jpg'],
      ['a/7.png', 'a/once-more.jpg'],
    ])
    expect(pairsOf('nearInTwoClasses')).toEqual([['a/5.png', 'b/stray.jpg']])
    for (let seed = 0; seed < 40; seed++) {
      const { validation } = splitImages(images, 0.3, seed)
      const held = new Set(validation.map(({ path }) => path))
      expect(held.has('a/again.jpg')).toBe(held.has('a/3.png'))
      expect(held.has('a/once-more.jpg')).toBe(held.has('a/7.png'))
    }
  })

  it('names held-back images that look like one that is trained on', async () => {
    const [root, other] = [temporaryFolder(), temporaryFolder()]
    await writePictures(root, {})
    await writeFiles(other, ['a/x.txt', 'b/x.txt'])
    await sharp(join(root, 'b/20.png')).resize(200).jpeg().toFile(join(other, 'b/held.jpg'))
    const { findings } = await checkData(root, {
      cacheDirectory: temporaryFolder(),
      validationDirectory: other,
    })
    expect(findings).toContainEqual({
      kind: 'leakedNearCopies',
      images: 1,
      pairs: [
        {
          first: { root, path: 'b/20.png', label: 'b' },
          second: { root: other, path: 'b/held.jpg', label: 'b' },
        },
      ],
    })
  })
})
