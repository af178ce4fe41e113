/** @file Image files of many kinds against Pillow's pixels: channels, depths, flaws in headers, damage. */
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { inspectImage } from '../../../core/data/inspect.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { decodeFile, reasonOf } from './decode-file.ts'

interface File {
  readonly name: string
  readonly file: string
}

interface Decoded extends File {
  /** R, G, B of every pixel. */
  readonly pixels: string
}

interface Golden {
  readonly kinds: readonly Decoded[]
  readonly sound: readonly Decoded[]
  readonly damaged: readonly File[]
  readonly unread: readonly File[]
}

const path = join(import.meta.dirname, '../../golden/images/golden.json')
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden

async function write({ name, file }: File): Promise<string> {
  const written = join(temporaryFolder(), name)
  await writeFile(written, Buffer.from(file, 'base64'))
  return written
}

async function largestDifference(one: Decoded): Promise<number> {
  const { data } = await decodeFile(await write(one))
  const wanted = Buffer.from(one.pixels, 'base64')
  expect(data).toHaveLength(wanted.length)
  return wanted.reduce((most, value, place) => Math.max(most, Math.abs(value - (data[place] ?? -256))), 0)
}

describe('files of all kinds', () => {
  it.each(golden.kinds)('$name has the pixels that Pillow sees', async (one) => {
    // Composited over white, a level may be rounded the other way.
    expect(await largestDifference(one)).toBeLessThanOrEqual(1)
  })

  it('tell of more pages than one, and of 16 bits', async () => {
    const found = new Map<string, readonly [pages: number, isDeep: boolean]>()
    for (const one of golden.kinds) {
      const { pages, isDeep } = await inspectImage(await write(one))
      if (pages > 1 || isDeep) found.set(one.name, [pages, isDeep])
    }
    expect(Object.fromEntries(found)).toEqual({
      'two pages.tif': [2, false],
      'animated.png': [2, false],
      'animated.gif': [2, false],
      'deep rgb and something.tif': [1, true],
      'deep grey.tif': [1, true],
      'deep rgb, big-endian.tif': [1, true],
      'deep rgb.png': [1, true],
      'deep rgb and opacity.png': [1, true],
      'deep grey.png': [1, true],
    })
  })
})

describe('slips in a header that lose no pixel', () => {
  it.each(golden.sound)('$name is read as if it had none', async (one) => {
    expect(await largestDifference(one)).toBe(0)
  })
})

describe('damage', () => {
  it.each(golden.damaged)('$name is refused, whatever else is odd about it', async (one) => {
    expect(await reasonOf(await write(one))).toMatch(/cut off|damaged/)
  })
})

describe('valid files of kinds that cannot be read', () => {
  it.each([
    ['zstd.tif', /compression \(ZSTD\) cannot be read/],
    ['lzma.tif', /compression \(LZMA\) cannot be read/],
    ['lab.tif', /Lab space/],
    ['sequence.avif', /AVIF.*sequence/],
    ['packed twelve bits.tif', /12 bits each/],
    ['floating point.tif', /of type float/],
    ['signed.tif', /of type short/],
  ])('%s is refused with the true reason, and what helps', async (name, reason) => {
    const one = golden.unread.find((file) => file.name === name)
    const told = await reasonOf(await write(one as File))
    expect(told).toMatch(reason)
    expect(told).toMatch(/Save/)
    expect(told).not.toMatch(/damaged|cut off/)
  })
})

describe('many files that cannot be read at once', () => {
  it('each get their own reason, and not that of another', async () => {
    const files = [...golden.unread, ...golden.damaged]
    const paths = await Promise.all(files.map(write))
    const alone: string[] = []
    for (const one of paths) alone.push(await reasonOf(one))
    for (let round = 0; round < 5; round++) expect(await Promise.all(paths.map(reasonOf))).toEqual(alone)
  })
})
