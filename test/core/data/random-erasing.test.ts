/** @file How much is hidden, how often, and that nothing else changes. */
import { describe, expect, it } from 'vitest'

import type { RgbImage } from '../../../core/data/image.ts'
import { randomErasing } from '../../../core/data/random-erasing.ts'
import { forkRandom } from '../../../core/tensor/random.ts'

const side = 32
const image: RgbImage = { width: side, height: side, data: Buffer.alloc(side * side * 3, 77) }

/** Pixels that differ from the picture, as the rectangle around them and their number. */
function hidden({ data }: RgbImage): { box: number; count: number } {
  const rows = new Set<number>()
  const columns = new Set<number>()
  let count = 0
  for (let pixel = 0; pixel < side * side; pixel++) {
    if (data.subarray(3 * pixel, 3 * pixel + 3).every((value) => value === 77)) continue
    rows.add(Math.floor(pixel / side))
    columns.add(pixel % side)
    count++
  }
  return { box: rows.size * columns.size, count }
}

describe('random erasing', () => {
  const drawn = Array.from({ length: 300 }, (_, k) => randomErasing(image, 0.25, forkRandom(5, k)))

  it('happens as often as asked for', () => {
    const share = drawn.filter((one) => one !== image).length / drawn.length
    expect(share).toBeGreaterThan(0.18)
    expect(share).toBeLessThan(0.32)
    expect(randomErasing(image, 0, forkRandom(5, 0))).toBe(image)
  })

  it('hides one rectangle of 2 to 33 % of the area', () => {
    for (const one of drawn.filter((erased) => erased !== image)) {
      const { box, count } = hidden(one)
      expect(count / box).toBeGreaterThan(0.99)
      expect(box / side ** 2).toBeGreaterThan(0.015)
      expect(box / side ** 2).toBeLessThan(0.36)
    }
  })

  it('leaves the given picture as it was', () => {
    expect(image.data.every((value) => value === 77)).toBe(true)
  })
})
