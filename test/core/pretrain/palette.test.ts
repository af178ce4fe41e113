/** @file Palettes: always readable, and colours that belong to a class stay recognisable. */
import { describe, expect, it } from 'vitest'

import { createTint, randomPalette, type Colour } from '../../../core/pretrain/palette.ts'
import { createRandom, forkRandom } from '../../../core/tensor/random.ts'

function contrast(one: Colour, other: Colour): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])
}

describe('randomPalette', () => {
  it('sets the subject off from the background in nearly every picture', () => {
    let faint = 0
    for (let seed = 0; seed < 500; seed++) {
      const { subject, backdrop } = randomPalette(createRandom(seed), undefined)
      const channels = [...subject, ...backdrop].flat()
      expect(channels.every((channel) => channel >= 0 && channel <= 255)).toBe(true)
      const [ground, other] = backdrop
      const middle: Colour = [
        (ground[0] + other[0]) / 2,
        (ground[1] + other[1]) / 2,
        (ground[2] + other[2]) / 2,
      ]
      if (subject.some((stop) => contrast(stop, middle) < 70)) faint++
    }
    expect(faint).toBeLessThan(10)
  })

  it('keeps the colours of a tint nearer to themselves than to those of another', () => {
    const tints = [0, 1, 2, 3, 4, 5].map((index) => createTint(forkRandom(3, index), index, 6))
    const first = tints.map((tint, index) => randomPalette(forkRandom(4, index), tint).subject[0])
    const second = tints.map((tint, index) => randomPalette(forkRandom(5, index), tint).subject[0])
    for (const [index, colour] of first.entries()) {
      const distances = second.map((other) => contrast(colour, other))
      expect(distances.indexOf(Math.min(...distances))).toBe(index)
    }
  })
})
