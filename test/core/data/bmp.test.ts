import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readBmp, readBmpSize } from '../../../core/data/bmp.ts'
import { AppError } from '../../../core/errors.ts'
import { buildBmp, type BmpDescription } from './bmp-files.ts'

const [black, red, green, white] = [
  [0, 0, 0],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 255],
] as const
const palette = [black, red, green, white]

function pixelsOf(description: BmpDescription): number[][] {
  const { channels, data, width, height } = readBmp(buildBmp(description))
  expect([width, height]).toEqual([description.width, Math.abs(description.height)])
  return Array.from({ length: width * height }, (_, index) => [
    ...data.subarray(index * channels, (index + 1) * channels),
  ])
}

describe('palettes', () => {
  it('1 bit, bottom row first, rows padded to 4 bytes', () => {
    const data = [0b10100000, 0, 0, 0, 0b01000000, 0, 0, 0]
    expect(pixelsOf({ width: 3, height: 2, bits: 1, palette: [black, red], data })).toEqual([
      black,
      red,
      black,
      red,
      black,
      red,
    ])
  })

  it('4 bits', () => {
    const data = [0x01, 0x20, 0, 0, 0x32, 0x10, 0, 0]
    expect(pixelsOf({ width: 3, height: 2, bits: 4, palette, data })).toEqual([
      white,
      green,
      red,
      black,
      red,
      green,
    ])
  })

  it('8 bits, top row first when the height is negative; indices beyond the table are black', () => {
    const data = [0, 1, 2, 0, 3, 200, 1, 0]
    expect(pixelsOf({ width: 3, height: -2, bits: 8, palette, data })).toEqual([
      black,
      red,
      green,
      white,
      black,
      red,
    ])
  })

  it('the old OS/2 header with three bytes per colour', () => {
    expect(pixelsOf({ width: 2, height: 1, bits: 8, headerSize: 12, palette, data: [1, 3, 0, 0] })).toEqual([
      red,
      white,
    ])
  })
})

describe('run lengths', () => {
  it('8 bits: runs, literals with padding, jumps, end of row and image', () => {
    const data = [
      [2, 1, 0, 3, 2, 3, 2, 0],
      [0, 0],
      [0, 2, 1, 0],
      [3, 2],
      [0, 1],
    ].flat()
    const rows = pixelsOf({ width: 5, height: 2, bits: 8, compression: 1, palette, data })
    expect(rows).toEqual([black, green, green, green, black, red, red, green, white, green])
  })

  it('4 bits: runs alternate two colours', () => {
    const data = [
      [3, 0x12],
      [0, 0],
      [0, 3, 0x32, 0x10],
      [0, 1],
    ].flat()
    const rows = pixelsOf({ width: 3, height: 2, bits: 4, compression: 2, palette, data })
    expect(rows).toEqual([white, green, red, red, green, red])
  })

  it('far too few for the size that is claimed are refused before memory is taken', () => {
    const claim = buildBmp({ width: 12_000, height: 12_000, bits: 8, compression: 1, data: [255, 1] })
    const before = process.memoryUsage().arrayBuffers
    expect(() => readBmp(claim)).toThrow(/far too short/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6)
  })

  it('that never end are refused', () => {
    expect(() => pixelsOf({ width: 5, height: 2, bits: 8, compression: 1, palette, data: [2, 1] })).toThrow(
      /cut off/,
    )
  })
})

describe('direct colours', () => {
  it('24 bits: blue, green, red', () => {
    expect(pixelsOf({ width: 1, height: 2, bits: 24, data: [1, 2, 3, 0, 4, 5, 6, 0] })).toEqual([
      [6, 5, 4],
      [3, 2, 1],
    ])
  })

  it('24 bits without the padding of the last row', () => {
    expect(pixelsOf({ width: 1, height: 1, bits: 24, data: [1, 2, 3] })).toEqual([[3, 2, 1]])
  })

  it('32 bits: the fourth byte means nothing', () => {
    expect(pixelsOf({ width: 1, height: 1, bits: 32, data: [1, 2, 3, 0] })).toEqual([[3, 2, 1]])
  })

  it('16 bits: five each, widened to the full range', () => {
    expect(pixelsOf({ width: 2, height: 1, bits: 16, data: [0x1f, 0x00, 0xff, 0x7f] })).toEqual([
      [0, 0, 255],
      white,
    ])
  })

  it('16 bits with masks 5-6-5', () => {
    const masks = [0xf800, 0x7e0, 0x1f]
    expect(
      pixelsOf({ width: 2, height: 1, bits: 16, compression: 3, masks, data: [0xe0, 0x07, 0x00, 0x04] }),
    ).toEqual([green, [0, 130, 0]])
  })

  it('32 bits with masks and alpha', () => {
    const masks = [0xff, 0xff00, 0xff0000, 0xff000000]
    const description = { width: 2, height: 1, bits: 32, compression: 3, headerSize: 124, masks }
    expect(pixelsOf({ ...description, data: [1, 2, 3, 128, 4, 5, 6, 255] })).toEqual([
      [1, 2, 3, 128],
      [4, 5, 6, 255],
    ])
    expect(pixelsOf({ ...description, data: [1, 2, 3, 0, 4, 5, 6, 0] })).toEqual([
      [1, 2, 3, 255],
      [4, 5, 6, 255],
    ])
  })
})

describe('refusals', () => {
  it('say what is wrong', () => {
    const small = { width: 2, height: 2, bits: 24 }
    expect(() => pixelsOf({ ...small, data: [0, 0, 0] })).toThrow(/cut off: only 57 of 68 bytes/)
    expect(() => pixelsOf({ ...small, compression: 5, data: [] })).toThrow(/24 bits, compression 5/)
    expect(() => pixelsOf({ ...small, width: 0, data: [] })).toThrow(/no pixels: its size is 0 × 2/)
    expect(() => readBmpSize(Buffer.from('BM'))).toThrow(/header is incomplete/)
  })

  it('any bytes at all give pixels or a sentence, never another failure', () => {
    const header = buildBmp({ width: 3, height: 2, bits: 8, compression: 1, palette, data: [2, 1, 0, 1] })
    const changes = fc.array(
      fc.tuple(fc.integer({ min: 10, max: header.length - 1 }), fc.integer({ min: 0, max: 255 })),
      {
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(changes, fc.integer({ min: 2, max: header.length }), (edits, length) => {
        const bytes = Buffer.from(header.subarray(0, length))
        // The upper bytes of the sizes stay as they are: huge images are refused before they come here.
        for (const [index, value] of edits)
          if (![19, 20, 21, 23, 24, 25].includes(index) && index < length) bytes[index] = value
        try {
          const { width, height, channels, data } = readBmp(bytes)
          expect(data).toHaveLength(width * height * channels)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
    )
  })
})
