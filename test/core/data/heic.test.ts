/** @file HEIC photos against pillow-heif's pixels: turned, tiled, deep, transparent, several in a file; and broken ones. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { inspectImage } from '../../../core/data/inspect.ts'
import { readGoldenHeic, understatedHeic } from '../../support/golden-heic.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { decodeFile, reasonOf } from './decode-file.ts'

const golden = readGoldenHeic()
const bytesOf = (name: string): Buffer => golden.find((one) => one.name === name)?.bytes ?? Buffer.alloc(0)

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(temporaryFolder(), name)
  await writeFile(path, bytes)
  return path
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  expect(one).toHaveLength(other.length)
  return one.reduce((sum, value, place) => sum + Math.abs(value - (other[place] ?? 0)), 0) / one.length
}

describe('HEIC photos', () => {
  it.each(golden)('$name has the pixels and the size that pillow-heif sees', async (one) => {
    const path = await write(one.name, one.bytes)
    const { width, height } = await inspectImage(path)
    const decoded = await decodeFile(path)
    expect([width, height]).toEqual([one.width, one.height])
    expect([decoded.width, decoded.height]).toEqual([one.width, one.height])
    // Of 10 bits and of colours at half resolution, the two round otherwise.
    expect(meanDifference(decoded.data, one.pixels)).toBeLessThan(1)
  })

  it('tell of more pictures than one, of which the primary is used', async () => {
    expect((await inspectImage(await write('two.heic', bytesOf('two.heic')))).pages).toBe(2)
  })

  it('are known by their content, whatever their name', async () => {
    expect((await inspectImage(await write('photo.jpg', bytesOf('plain.heic')))).format).toBe('heic')
  })

  it('are decoded several at once, each into its own pixels', async () => {
    const paths = await Promise.all(golden.map(async ({ name, bytes }) => write(name, bytes)))
    const all = await Promise.all([...paths, ...paths].map(async (path) => decodeFile(path)))
    const differences = all.map(({ data }, index) => {
      return meanDifference(data, golden[index % golden.length]?.pixels ?? Buffer.alloc(0))
    })
    expect(Math.max(...differences)).toBeLessThan(1)
  })
})

describe('HEIC photos that are broken', () => {
  it.each([0.3, 0.6, 0.9])('cut off after %f of the file are refused with a sentence', async (share) => {
    const whole = bytesOf('tiled.heic')
    const told = await reasonOf(await write('cut.heic', whole.subarray(0, Math.floor(whole.length * share))))
    expect(told).toMatch(/cut off|damaged/)
    expect(told).toMatch(/\.$/)
  })

  it('larger than they say are refused, and what comes after them is read', async () => {
    expect(await reasonOf(await write('understated.heic', understatedHeic()))).toMatch(
      /cannot be decoded|damaged|too large/,
    )
    expect((await decodeFile(await write('plain.heic', bytesOf('plain.heic')))).width).toBe(96)
  })

  it('of a size that nothing could hold are refused before anything is decoded', async () => {
    const bytes = Buffer.from(bytesOf('plain.heic'))
    const at = bytes.indexOf('ispe')
    bytes.writeUInt32BE(60_000, at + 8)
    bytes.writeUInt32BE(60_000, at + 12)
    expect(await reasonOf(await write('huge.heic', bytes))).toMatch(/too large|damaged/)
  })
})
